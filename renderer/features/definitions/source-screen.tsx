import { Button, Textarea, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { Row } from '#shared/model/dictionary.ts';
import { dataSource, FREQUENCIES, ROLL_UPS } from '#shared/model/tables/data-source.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatDate } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import { Contexts } from './contexts.tsx';
import { DefinitionPage } from './definition-page.tsx';
import names from './definitions.module.css';
import { IndicatorEditor } from './indicator-editor.tsx';
import { EMPTY_SOURCE, indicatorOf } from './indicator-draft.ts';
import { textOf, useDraftRecord } from './use-draft-record.ts';
import { useRows } from './use-rows.ts';

const route = getRouteApi('/definitions/source/$id');
const { kind: kindField, breakdown: breakdownField } = dataSource.fields;

const dated = (date: string | undefined) => (date === undefined ? 'Never' : formatDate(date));

function Editor({ row }: { row: Row<'dataSource'> | undefined }) {
  const draft = useDraftRecord('dataSource', row, EMPTY_SOURCE, '/definitions/source', (values) => textOf(values, 'name'));
  const { values, set } = draft;
  const state = row?.state ?? 'draft';
  const locked = state !== 'draft';
  const isCounted = textOf(values, 'kind') !== 'external';
  return (
    <DefinitionPage
      table="dataSource"
      id={row?.id}
      state={state}
      title={textOf(values, 'name') === '' ? 'New data source' : textOf(values, 'name')}
      back={{ address: '#/definitions?tab=source', label: 'Data sources' }}
      unsaved={draft.unsaved}
      busy={draft.busy}
      failure={draft.error}
      onSave={draft.save}
      onDiscard={draft.discard}
      onCopy={draft.copy}
      side={
        row && (
          <>
            <Section title="Collection">
              <Facts
                layout="column"
                facts={[
                  { label: 'Last run', value: dated(row.lastRun) },
                  { label: 'Next run', value: row.nextRun === undefined ? 'After publishing' : formatDate(row.nextRun) },
                ]}
              />
            </Section>
            <Contexts source={row} locked={locked} />
          </>
        )
      }
    >
      <Section title="Data source">
        <div className={names.fields}>
          <TextInput
            label="Name"
            required
            disabled={locked}
            value={textOf(values, 'name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <ChoiceSelect
            label="Source"
            choices={kindField.choices ?? {}}
            disabled={locked}
            value={textOf(values, 'kind')}
            onChange={(kind) => set({ kind })}
          />
          <ChoiceSelect
            label="Frequency"
            choices={FREQUENCIES}
            disabled={locked}
            value={textOf(values, 'frequency')}
            onChange={(frequency) => set({ frequency })}
          />
          <ChoiceSelect
            label="Several values in a period"
            choices={ROLL_UPS}
            disabled={locked}
            value={textOf(values, 'rollUp')}
            onChange={(rollUp) => set({ rollUp })}
          />
          <ChoiceSelect
            label="One value for each"
            choices={breakdownField.choices ?? {}}
            disabled={locked}
            value={textOf(values, 'breakdown')}
            onChange={(breakdown) => set({ breakdown })}
          />
          <TextInput
            label="Unit"
            disabled={locked}
            value={textOf(values, 'unit')}
            onChange={(event) => set({ unit: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
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
      {isCounted ? (
        <Section title="What is counted">
          <IndicatorEditor indicator={indicatorOf(values['indicator'])} locked={locked} onChange={(indicator) => set({ indicator })} />
        </Section>
      ) : (
        <p className={names.quiet}>Its values come in with an import: choose “Values over time” for the sheet.</p>
      )}
    </DefinitionPage>
  );
}

/** DCE-01: where figures come from. */
export function SourceScreen() {
  const { id } = route.useParams();
  const sources = useRows('dataSource');
  if (id === 'new') return <Editor key="new" row={undefined} />;
  const row = sources?.find((each) => each.id === id);
  if (!sources) return <SkeletonLines label="Loading the data source" lines={8} />;
  if (!row) {
    return (
      <EmptyState
        icon="definitions"
        title="This data source is not here"
        actions={
          <Button component="a" href="#/definitions?tab=source">
            All data sources
          </Button>
        }
      >
        It was deleted. Undo (Ctrl+Z) brings a deletion back.
      </EmptyState>
    );
  }
  return <Editor key={id} row={row} />;
}
