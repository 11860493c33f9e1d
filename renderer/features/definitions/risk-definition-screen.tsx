import { Button, Textarea, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { choicesIn } from '#shared/domain/choices.ts';
import { isCondition } from '#shared/domain/condition/condition-shape.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { PRIORITIES } from '#shared/model/mixins.ts';
import { PROBABILITIES, RISK_SCOPES, riskDefinition, THRESHOLD_CONDITIONS } from '#shared/model/tables/risk.ts';
import { useChoices } from '../../data/use-choices.ts';
import { ConditionBuilder } from '../../ui/condition-builder/condition-builder.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import { DefinitionPage } from './definition-page.tsx';
import names from './definitions.module.css';
import { NumberField } from './number-field.tsx';
import { Overrides } from './overrides.tsx';
import { asSourceTable, EMPTY_RISK, previewOf, templateOf, withTemplate } from './risk-draft.ts';
import { RiskPreview } from './risk-preview.tsx';
import { numberOf, textOf, useDraftRecord } from './use-draft-record.ts';
import { useRows } from './use-rows.ts';

const route = getRouteApi('/definitions/risk/$id');
const { category: categoryField, type: typeField, sourceTable: sourceTableField } = riskDefinition.fields;

function Editor({ row }: { row: Row<'riskDefinition'> | undefined }) {
  const sources = useRows('dataSource') ?? [];
  const draft = useDraftRecord('riskDefinition', row, EMPTY_RISK, '/definitions/risk', (values) => textOf(values, 'name'));
  const { values, set } = draft;
  const state = row?.state ?? 'draft';
  const locked = state !== 'draft';
  const choices = useChoices();
  const categories = Object.fromEntries(
    choicesIn(choices, categoryField)
      .filter(({ value, active }) => active || value === values['category'])
      .map(({ value, label }) => [value, label]),
  );
  const template = templateOf(values['template']);
  const isMetric = textOf(values, 'type') !== 'table';
  const sourceTable = asSourceTable(textOf(values, 'sourceTable'));
  const setTemplate = (part: Partial<typeof template>) => set({ template: withTemplate({ ...template, ...part }) });
  const preview = useDeferredValue(previewOf(values));
  const title = textOf(values, 'name') === '' ? 'New risk definition' : textOf(values, 'name');
  return (
    <DefinitionPage
      table="riskDefinition"
      id={row?.id}
      state={state}
      title={title}
      back={{ address: '#/definitions?tab=risk', label: 'Risk definitions' }}
      unsaved={draft.unsaved}
      busy={draft.busy}
      failure={draft.error}
      onSave={draft.save}
      onDiscard={draft.discard}
      onCopy={draft.copy}
      side={
        <>
          <RiskPreview input={preview} />
          {row && isMetric && <Overrides definition={row} />}
        </>
      }
    >
      <Section title="Definition">
        <div className={names.fields}>
          <TextInput
            label="Name"
            required
            disabled={locked}
            value={textOf(values, 'name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <ChoiceSelect
            label="Category"
            choices={categories}
            disabled={locked}
            value={textOf(values, 'category')}
            onChange={(category) => set({ category })}
          />
          <ChoiceSelect
            label="Raised when"
            choices={typeField.choices ?? {}}
            disabled={locked}
            value={textOf(values, 'type')}
            onChange={(type) => set({ type })}
          />
          <Textarea
            className={names.wide}
            minRows={2}
            label="Description"
            disabled={locked}
            value={textOf(values, 'description')}
            onChange={(event) => set({ description: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
          />
        </div>
      </Section>
      {isMetric ? (
        <Section title="Figure and threshold">
          <div className={names.fields}>
            <ChoiceSelect
              label="Data source"
              choices={Object.fromEntries(sources.map((source) => [source.id, source.name]))}
              disabled={locked}
              value={textOf(values, 'source')}
              onChange={(source) => set({ source })}
            />
            <ChoiceSelect
              label="Condition"
              choices={THRESHOLD_CONDITIONS}
              disabled={locked}
              value={textOf(values, 'condition')}
              onChange={(condition) => set({ condition })}
            />
            <NumberField
              label="Threshold"
              disabled={locked}
              value={numberOf(values, 'threshold')}
              unit={sources.find((source) => source.id === values['source'])?.unit}
              onChange={(threshold) => set({ threshold })}
            />
            {(values['condition'] === 'fellBy' || values['condition'] === 'roseBy') && (
              <NumberField
                label="Compared with (days earlier)"
                disabled={locked}
                value={numberOf(values, 'lookBackDays')}
                onChange={(lookBackDays) => set({ lookBackDays })}
              />
            )}
            <fieldset className={names.wide} disabled={locked}>
              <legend className={names.groupLabel}>Only for engagements where (empty: all active ones)</legend>
              <ConditionBuilder
                label="Engagements it applies to"
                table="engagement"
                value={isCondition(values['applicable']) ? values['applicable'] : undefined}
                onChange={(applicable) => set({ applicable })}
              />
            </fieldset>
          </div>
        </Section>
      ) : (
        <Section title="Records that mean a risk">
          <div className={names.fields}>
            <ChoiceSelect
              label="Record type"
              choices={sourceTableField.choices ?? {}}
              disabled={locked}
              value={textOf(values, 'sourceTable')}
              onChange={(table) => set({ sourceTable: table, sourceCondition: undefined })}
            />
            {sourceTable && (
              <fieldset className={names.wide} disabled={locked}>
                <legend className={names.groupLabel}>Where</legend>
                <ConditionBuilder
                  key={sourceTable}
                  label="Records that match"
                  table={sourceTable}
                  value={isCondition(values['sourceCondition']) ? values['sourceCondition'] : undefined}
                  onChange={(sourceCondition) => set({ sourceCondition })}
                />
              </fieldset>
            )}
          </div>
        </Section>
      )}
      <Section title="The signal that is raised" note="{value}, {threshold}, {source} and {engagement} are filled in">
        <div className={names.fields}>
          <TextInput
            className={names.wide}
            label="Short description"
            required
            disabled={locked}
            value={template.shortDescription}
            onChange={(event) => setTemplate({ shortDescription: event.currentTarget.value })}
          />
          <Textarea
            className={names.wide}
            minRows={2}
            label="Description"
            required
            disabled={locked}
            value={template.description}
            onChange={(event) => setTemplate({ description: event.currentTarget.value })}
          />
          <ChoiceSelect
            label="Priority"
            choices={PRIORITIES}
            none="Medium"
            disabled={locked}
            value={template.priority ?? ''}
            onChange={(priority) => setTemplate({ priority })}
          />
          <ChoiceSelect
            label="Probability"
            choices={PROBABILITIES}
            none="Moderate"
            disabled={locked}
            value={template.probability ?? ''}
            onChange={(probability) => setTemplate({ probability })}
          />
          <ChoiceSelect
            label="Scope"
            choices={RISK_SCOPES}
            none="None"
            disabled={locked}
            value={template.scope ?? ''}
            onChange={(scope) => setTemplate({ scope })}
          />
          <NumberField
            label="Due after (days)"
            disabled={locked}
            value={template.dueInDays}
            onChange={(dueInDays) => setTemplate({ dueInDays })}
          />
        </div>
      </Section>
    </DefinitionPage>
  );
}

/** RSK-01, RSK-02: builds a risk definition with whom it would flag now in sight. */
export function RiskDefinitionScreen() {
  const { id } = route.useParams();
  const definitions = useRows('riskDefinition');
  if (id === 'new') return <Editor key="new" row={undefined} />;
  const row = definitions?.find((each) => each.id === id);
  if (!definitions) return <SkeletonLines label="Loading the definition" lines={8} />;
  if (!row) {
    return (
      <EmptyState
        icon="definitions"
        title="This definition is not here"
        actions={
          <Button component="a" href="#/definitions?tab=risk">
            All risk definitions
          </Button>
        }
      >
        It was deleted. Undo (Ctrl+Z) brings a deletion back.
      </EmptyState>
    );
  }
  return <Editor key={id} row={row} />;
}
