import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';
import type { Input, Output } from '#shared/contract/engine-contract.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { useLive } from '../../../data/use-live.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { EMPTY_DRAFT } from '../../../ui/record-form/form-draft.ts';
import { RecordForm } from '../../../ui/record-form/record-form.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { STATE_WORDS } from '../activity-words.ts';
import names from '../player.module.css';

type Step = Input<'playbooks.tryOut'>['steps'][number];
type Tried = Output<'playbooks.tryOut'>;
type Line = Tried['activities'][number];

const OPEN = new Set<Line['state']>(['ready', 'inProgress', 'blocked']);

/** Why an activity cannot be completed yet. */
function heldBy({ state, holding, open, waitsFor }: Line, labelOf: (key: string) => string): string | undefined {
  if (state === 'pending' && waitsFor.length > 0) return `after ${waitsFor.map((key) => `“${labelOf(key)}”`).join(' and ')}`;
  if (holding !== undefined) return `opens once ${holding}`;
  return open.length > 0 ? `${open.map(({ label }) => `“${label}”`).join(', ')} ${open.length === 1 ? 'is' : 'are'} open` : undefined;
}

function Actions({ line, onStep }: { readonly line: Line; readonly onStep: (step: Step) => void }) {
  const { activity, state, mayReopen } = line;
  const { key, label } = activity;
  if (mayReopen)
    return (
      <Button size="compact-xs" variant="subtle" aria-label={`Reopen ${label}`} onClick={() => onStep({ do: 'reopen', activity: key })}>
        Reopen
      </Button>
    );
  if (!OPEN.has(state)) return null;
  if (activity.kind === 'decision')
    return (
      <NativeSelect
        size="xs"
        aria-label={activity.question}
        value=""
        data={[{ value: '', label: 'Answer…' }, ...activity.options.map((option) => ({ value: option.key, label: option.label }))]}
        onChange={(event) => onStep({ do: 'complete', activity: key, option: event.currentTarget.value })}
      />
    );
  return (
    <>
      {state !== 'blocked' && (
        <Button size="compact-xs" aria-label={`Complete ${label}`} onClick={() => onStep({ do: 'complete', activity: key })}>
          Complete
        </Button>
      )}
      {(activity.optional || activity.skippable) && (
        <Button size="compact-xs" aria-label={`Skip ${label}`} onClick={() => onStep({ do: 'skip', activity: key })}>
          Skip
        </Button>
      )}
    </>
  );
}

/** The fields of the scratch record that conditions look at. */
function Scratch({
  tried,
  table,
  onStep,
}: {
  readonly tried: Tried;
  readonly table: PlaybookDefinition['table'];
  readonly onStep: (step: Step) => void;
}) {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const set = (patch: Readonly<Record<string, unknown>>) => {
    setDraft(EMPTY_DRAFT);
    onStep({ do: 'set', patch: { ...patch } });
  };
  return (
    <RecordForm
      table={table}
      row={tried.row}
      fields={tried.fields}
      draft={draft}
      onDraft={setDraft}
      onSave={set}
      saving={false}
      columns={1}
      verb="Set"
      wholeForm
    />
  );
}

/** Walks the steps on a scratch record, with all that a run does to records and nothing of it kept (PLY-10). */
export function TryOut({ definition }: { readonly definition: PlaybookDefinition }) {
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const { data, error } = useLive('playbooks.tryOut', { definition, steps: [...steps] });
  if (data === undefined) return error ? <Failure failure={error} /> : <SkeletonLines label="Beginning the try-out" lines={4} />;
  const { activities, isOver, refused, fields, made } = data;
  // what was refused was not taken
  const add = (step: Step) => setSteps([...(refused === undefined ? steps : steps.slice(0, -1)), step]);
  const labelOf = (key: string) => activities.find(({ activity }) => activity.key === key)?.activity.label ?? key;
  const gates = new Set(activities.map(({ activity }) => activity.kind));
  return (
    <>
      <p className={names.quiet}>
        {isOver ? 'Everything is done.' : 'On a scratch record, with made-up texts. Nothing of this is kept.'}{' '}
        {steps.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => setSteps([])}>
            Begin anew
          </Button>
        )}
      </p>
      {error && <Failure failure={error} />}
      {refused !== undefined && <p role="alert">{refused}</p>}
      <ol className={names.entries} aria-label="Try-out">
        {activities.map((line) => (
          <li key={line.activity.key}>
            <Icon name={STATE_WORDS[line.state].icon} size={12} />
            <span>{line.activity.label}</span>
            <span className={names.quiet}>{[STATE_WORDS[line.state].label, heldBy(line, labelOf)].filter(Boolean).join(', ')}</span>
            <Actions line={line} onStep={add} />
          </li>
        ))}
      </ol>
      {!isOver && (gates.has('taskGate') || gates.has('meetingGate')) && (
        <div className={names.adding}>
          {gates.has('taskGate') && (
            <Button size="compact-xs" onClick={() => add({ do: 'addTask' })}>
              Add an open task
            </Button>
          )}
          {gates.has('meetingGate') && (
            <Button size="compact-xs" onClick={() => add({ do: 'addMeeting' })}>
              Add an open meeting
            </Button>
          )}
          <Button size="compact-xs" variant="subtle" onClick={() => add({ do: 'endOpen' })}>
            End what is open
          </Button>
        </div>
      )}
      {fields.length > 0 && <Scratch tried={data} table={definition.table} onStep={add} />}
      {made.length > 0 && (
        <>
          <p className={names.quiet}>What it has made so far:</p>
          <ul className={names.entries} aria-label="Made in the try-out">
            {made.map(({ record, state }) => (
              <li key={record.id}>
                <span>{record.label}</span>
                <span className={names.quiet}>{[tableOf(record.table).label, state].filter(Boolean).join(', ')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
