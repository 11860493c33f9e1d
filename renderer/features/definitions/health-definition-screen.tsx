import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useScreen } from '../../state/screen.ts';
import { ConditionBuilder } from '../../ui/condition-builder/condition-builder.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useWorld } from '../common/use-form-world.ts';
import { DefinitionActions } from './definition-actions.tsx';
import names from './definitions.module.css';
import { draftOf, EMPTY_HEALTH, metricChanges, previewInput, weightTotal, type HealthDraft } from './health-draft.ts';
import { HealthPreview } from './health-preview.tsx';
import { MetricsEditor } from './metrics-editor.tsx';
import { NumberField } from './number-field.tsx';
import { StateChip } from './state-chip.tsx';
import { useOwned, useRows } from './use-rows.ts';

const route = getRouteApi('/definitions/health/$id');

/** Saves a definition and its metrics; each step is checked by the engine and can be undone. */
function useSaveHealth(id: string | undefined, stored: HealthDraft, onCreated: (id: string) => void) {
  const create = useCommand('records.create');
  const update = useCommand('records.update');
  const remove = useCommand('records.delete');
  const save = async (draft: HealthDraft): Promise<boolean> => {
    const values = {
      name: draft.name,
      description: draft.description === '' ? null : draft.description,
      rank: draft.rank ?? null,
      global: draft.global,
      filter: draft.global ? null : (draft.filter ?? null),
    };
    try {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
      const definition = id === undefined ? (await create.send({ table: 'healthDefinition', values: filled })).id : id;
      if (id !== undefined) await update.send({ table: 'healthDefinition', id, patch: values });
      for (const change of metricChanges(stored.metrics, draft.metrics)) {
        if (change.kind === 'delete') await remove.send({ table: 'healthMetric', id: change.id });
        else if (change.kind === 'update') await update.send({ table: 'healthMetric', id: change.id, patch: change.patch });
        else await create.send({ table: 'healthMetric', values: { ...change.values, definition } });
      }
      toastDone(`Saved ${draft.name}`);
      if (id === undefined) onCreated(definition);
      return true;
    } catch {
      // the refusal is in the command's error
      return false;
    }
  };
  return { save, busy: create.busy || update.busy || remove.busy, error: create.error ?? update.error ?? remove.error };
}

function Editor({ id, state, stored }: { id: string | undefined; state: 'draft' | 'published' | 'retired'; stored: HealthDraft }) {
  const navigate = useNavigate();
  const sources = useRows('dataSource') ?? [];
  const [edited, setEdited] = useState<HealthDraft>();
  const draft = edited ?? stored;
  const heading = useScreen(draft.name === '' ? 'New health definition' : draft.name);
  const world = useWorld(undefined);
  const locked = state !== 'draft';
  const { save, busy, error } = useSaveHealth(
    id,
    stored,
    (made) => void navigate({ to: '/definitions/health/$id', params: { id: made }, replace: true }),
  );
  const set = (part: Partial<HealthDraft>) => setEdited({ ...draft, ...part });
  const preview = useDeferredValue(useMemo(() => previewInput(draft, id), [draft, id]));
  const copy = useSaveHealth(undefined, EMPTY_HEALTH, (made) => void navigate({ to: '/definitions/health/$id', params: { id: made } }));
  const unsaved = edited !== undefined && JSON.stringify(edited) !== JSON.stringify(stored);
  const submit = async () => {
    if (await save(draft)) setEdited(undefined);
  };
  return (
    <FormWorldContext value={world}>
      <Page
        title={draft.name === '' ? 'New health definition' : draft.name}
        headingRef={heading}
        context={<a href="#/definitions">Definitions</a>}
        note={id !== undefined && <StateChip state={state} />}
        actions={
          id !== undefined && (
            <>
              {locked && (
                <Button
                  loading={copy.busy}
                  onClick={() =>
                    void copy.save({
                      ...stored,
                      name: `${stored.name} (copy)`,
                      global: false,
                      metrics: stored.metrics.map(({ id: _id, ...metric }) => metric),
                    })
                  }
                >
                  Copy as a draft
                </Button>
              )}
              <DefinitionActions table="healthDefinition" id={id} state={state} name={draft.name} unsaved={unsaved} />
            </>
          )
        }
      >
        {(error ?? copy.error) && <Failure failure={error ?? copy.error ?? { message: '' }} />}
        {locked && (
          <p className={names.quiet}>
            {state === 'published'
              ? 'A published definition is not changed under the scores that use it: retire it, or copy it as a draft.'
              : 'It is retired and kept for the record.'}
          </p>
        )}
        <form
          className={names.editor}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div className={names.stack}>
            <Section title="Definition">
              <div className={names.fields}>
                <TextInput
                  label="Name"
                  required
                  disabled={locked}
                  value={draft.name}
                  onChange={(event) => set({ name: event.currentTarget.value })}
                />
                <NumberField label="Rank" disabled={locked} value={draft.rank} onChange={(rank) => set({ rank })} />
                <Checkbox
                  mt="lg"
                  label="For all engagements that no other definition matches"
                  disabled={locked}
                  checked={draft.global}
                  onChange={(event) => set({ global: event.currentTarget.checked })}
                />
                <Textarea
                  className={names.wide}
                  minRows={2}
                  label="Description"
                  disabled={locked}
                  value={draft.description}
                  onChange={(event) => set({ description: event.currentTarget.value })}
                />
                {!draft.global && (
                  <fieldset className={names.wide} disabled={locked}>
                    <legend className={names.groupLabel}>Applies to engagements where</legend>
                    <ConditionBuilder
                      label="Engagements it applies to"
                      computed={false}
                      table="engagement"
                      value={draft.filter}
                      onChange={(filter) => set({ filter })}
                    />
                  </fieldset>
                )}
              </div>
            </Section>
            <Section title="Metrics" flush>
              <MetricsEditor metrics={draft.metrics} sources={sources} locked={locked} onChange={(metrics) => set({ metrics })} />
            </Section>
            {!locked && (unsaved || id === undefined) && (
              <div className={names.save}>
                <span role="status">
                  {weightTotal(draft) === 100 ? 'Not saved yet' : 'Not saved yet; it can be saved as a draft with any weights'}
                </span>
                <Button onClick={() => setEdited(undefined)}>Discard</Button>
                <Button type="submit" variant="filled" loading={busy}>
                  Save
                </Button>
              </div>
            )}
          </div>
          <HealthPreview input={preview} />
        </form>
      </Page>
    </FormWorldContext>
  );
}

/** HLT-01, HLT-02: builds a health definition with its effect in sight. */
export function HealthDefinitionScreen() {
  const { id } = route.useParams();
  const definitions = useRows('healthDefinition');
  const metrics = useOwned('healthMetric', 'definition', id);
  if (id === 'new') return <Editor key="new" id={undefined} state="draft" stored={EMPTY_HEALTH} />;
  const definition = definitions?.find((each) => each.id === id);
  if (!definitions || !metrics) return <SkeletonLines label="Loading the definition" lines={8} />;
  if (!definition) {
    return (
      <EmptyState
        icon="definitions"
        title="This definition is not here"
        actions={
          <Button component="a" href="#/definitions">
            All definitions
          </Button>
        }
      >
        It was deleted. Undo (Ctrl+Z) brings a deletion back.
      </EmptyState>
    );
  }
  return <Editor key={id} id={id} state={definition.state ?? 'draft'} stored={draftOf(definition, metrics)} />;
}
