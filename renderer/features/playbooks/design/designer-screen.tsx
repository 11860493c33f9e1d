import { Button, NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { readDefinition, type PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';
import { problemsOf } from '#shared/domain/playbooks/problems.ts';
import { PUBLICATION } from '#shared/model/mixins.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { saveBlob } from '../../../data/save-bytes.ts';
import { useCommand } from '../../../data/use-command.ts';
import { useLive } from '../../../data/use-live.ts';
import { useMay } from '../../../data/use-me.ts';
import { useUndo } from '../../../data/use-undo.ts';
import { setDraft, useDraft } from '../../../state/drafts.ts';
import { useScreen } from '../../../state/screen.ts';
import { Failure } from '../../../ui/failure.tsx';
import { plural } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Page } from '../../../ui/page.tsx';
import { EMPTY_DRAFT } from '../../../ui/record-form/form-draft.ts';
import { FormWorldContext } from '../../../ui/record-form/form-world.ts';
import { Section } from '../../../ui/section.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { useWorld } from '../../common/use-form-world.ts';
import names from '../player.module.css';
import { ActivityEditor } from './activity-editor.tsx';
import { addStage, moveActivity, putActivity, removeActivity } from './edit-steps.ts';
import { StepsList } from './steps-list.tsx';
import { TryOut } from './try-out.tsx';

const route = getRouteApi('/playbooks/$id');
type Design = Output<'playbooks.design'>;
type Shown = NonNullable<Design['shown']>;

/** The steps that are being changed: kept on the device at every keystroke until they are saved. */
function useSteps({ id, definition }: Shown) {
  const place = `steps ${id}`;
  const { draft } = useDraft(place);
  const { steps } = draft.values;
  const typed = typeof steps === 'string' ? readDefinition(JSON.parse(steps) as unknown) : undefined;
  const isTyped = typed !== undefined && 'definition' in typed;
  return {
    definition: isTyped ? typed.definition : definition,
    isTyped,
    put: (next: PlaybookDefinition) => setDraft(place, { ...EMPTY_DRAFT, values: { steps: JSON.stringify(next) } }),
    clear: () => setDraft(place, EMPTY_DRAFT),
  };
}

function Problems({
  definition,
  responsibilities,
}: {
  readonly definition: PlaybookDefinition;
  readonly responsibilities: readonly string[];
}) {
  const problems = problemsOf(definition, new Set(responsibilities));
  if (problems.length === 0) return <p className={names.quiet}>Nothing keeps it from being published.</p>;
  return (
    <ul aria-label="Problems" className={names.entries}>
      {problems.map(({ message }) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
}

function Steps({ design, shown, mayChange }: { readonly design: Design; readonly shown: Shown; readonly mayChange: boolean }) {
  const { definition, isTyped, put, clear } = useSteps(shown);
  const [chosen, setChosen] = useState<string>();
  const [isTrying, setIsTrying] = useState(false);
  const saving = useCommand('playbooks.saveDraft');
  const publishing = useCommand('playbooks.publish');
  const { toastSaved } = useUndo();
  const locked = shown.state !== 'draft' || !mayChange;
  const activity = definition.stages.flatMap(({ activities }) => activities).find(({ key }) => key === chosen);
  const save = async (): Promise<string> => {
    const { changeSetId } = await saving.send({ version: shown.id, definition, baseRev: shown.rev });
    clear();
    return changeSetId;
  };
  const publish = async () => {
    if (isTyped) await save();
    const { changeSetId } = await publishing.send({ version: shown.id });
    toastSaved(`${design.name} is published; what runs keeps its version`, changeSetId);
  };
  const failure = saving.error ?? publishing.error;
  return (
    <>
      {failure && <Failure failure={failure} />}
      <div className={names.cardFoot}>
        {!locked && (
          <>
            <Button
              disabled={!isTyped}
              loading={saving.busy}
              onClick={() =>
                void save().then(
                  (id) => toastSaved('Draft saved', id),
                  () => undefined,
                )
              }
            >
              Save draft
            </Button>
            <Button variant="filled" loading={publishing.busy} onClick={() => void publish().catch(() => undefined)}>
              Publish
            </Button>
            <Button onClick={() => put(addStage(definition, `Stage ${definition.stages.length + 1}`))}>Add a stage</Button>
          </>
        )}
        <Button aria-pressed={isTrying} onClick={() => setIsTrying(!isTrying)}>
          Try out
        </Button>
        <Button
          onClick={() =>
            saveBlob(`${design.name}.playbook.json`, new Blob([JSON.stringify(definition, undefined, 2)], { type: 'application/json' }))
          }
        >
          Export
        </Button>
        {isTyped && <span className={names.quiet}>Not saved yet; kept on this device.</span>}
      </div>
      <div className={names.columns} data-wide>
        <Section title="Steps">
          <StepsList definition={definition} chosen={chosen} locked={locked} onChoose={setChosen} onChange={put} />
        </Section>
        <div className={names.run}>
          {isTrying && (
            <Section title="Try-out">
              <TryOut definition={definition} />
            </Section>
          )}
          {activity && !locked && (
            <Section
              title={activity.label}
              actions={
                <>
                  <IconButton
                    icon="arrowUp"
                    size={24}
                    label={`Move ${activity.label} up (Alt+Up)`}
                    onClick={() => put(moveActivity(definition, activity.key, -1))}
                  />
                  <IconButton
                    icon="arrowDown"
                    size={24}
                    label={`Move ${activity.label} down (Alt+Down)`}
                    onClick={() => put(moveActivity(definition, activity.key, 1))}
                  />
                  <IconButton
                    icon="trash"
                    size={24}
                    label={`Remove ${activity.label} (Delete)`}
                    onClick={() => put(removeActivity(definition, activity.key))}
                  />
                </>
              }
            >
              <ActivityEditor
                key={activity.key}
                definition={definition}
                activity={activity}
                responsibilities={design.responsibilities}
                onChange={(next) => put(putActivity(definition, activity.key, next))}
              />
            </Section>
          )}
          {!locked && (
            <Section title="Before it is published">
              <Problems definition={definition} responsibilities={design.responsibilities} />
            </Section>
          )}
        </div>
      </div>
    </>
  );
}

/** One playbook, changed without code (PLY-10): its versions and their steps. */
export function DesignerScreen() {
  const { id } = route.useParams();
  const [version, setVersion] = useState<string>();
  const { data, error } = useLive('playbooks.design', { playbook: id, ...(version === undefined ? {} : { version }) });
  const heading = useScreen(data?.name ?? 'Playbook');
  const drafting = useCommand('playbooks.draft');
  const mayChange = useMay()('playbookVersion', 'update');
  const world = useWorld(undefined);
  const hasDraft = data?.versions.some(({ state }) => state === 'draft') === true;
  return (
    <FormWorldContext value={world}>
      <Page
        title={data?.name ?? 'Playbook'}
        headingRef={heading}
        context={<a href="#/playbooks">Playbooks</a>}
        note={data && tableOf(data.forTable).label}
        actions={
          data && (
            <>
              <NativeSelect
                size="xs"
                aria-label="Version"
                value={data.shown?.id ?? ''}
                onChange={(event) => setVersion(event.currentTarget.value)}
                data={data.versions.map((one) => ({
                  value: one.id,
                  label: `Version ${one.version}, ${PUBLICATION[one.state].toLowerCase()}${one.runs === 0 ? '' : `, ${plural(one.runs, 'run')} under way`}`,
                }))}
              />
              {mayChange && !hasDraft && (
                <Button
                  variant="filled"
                  loading={drafting.busy}
                  onClick={() => drafting.run({ playbook: id }, (made) => setVersion(made.version))}
                >
                  New version
                </Button>
              )}
            </>
          )
        }
      >
        {error && <Failure failure={error} />}
        {drafting.error && <Failure failure={drafting.error} />}
        {!data && !error && <SkeletonLines label="Loading the playbook" lines={8} />}
        {data?.shown && <Steps key={data.shown.id} design={data} shown={data.shown} mayChange={mayChange} />}
      </Page>
    </FormWorldContext>
  );
}
