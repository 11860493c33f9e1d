import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState, type KeyboardEvent } from 'react';
import type { ActivityState } from '#shared/domain/playbooks/progress.ts';
import type { PlayedTable } from '#shared/domain/playbooks/task-links.ts';
import { RUN_STATES } from '#shared/model/tables/playbook.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useMay } from '../../data/use-me.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatDate } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/section.tsx';
import { ActivityCard } from './activity-card.tsx';
import { STAGE_WORDS, STATE_WORDS } from './activity-words.ts';
import names from './player.module.css';
import { CancelRun, Twin } from './cancel-run.tsx';
import { MoveVersion } from './move-version.tsx';
import type { Current, Played } from './use-activity.ts';

type Props = {
  readonly table: PlayedTable;
  readonly row: AnyRow;
  readonly label: string;
  /** The activity that someone came for. */
  readonly start: { readonly run?: string; readonly activity?: string };
};

const WORKABLE: ReadonlySet<ActivityState> = new Set(['ready', 'inProgress', 'blocked']);

/** The next activity to work on: behind the one that was done last, else the first that is open; of a run that was cancelled, where it stood. */
function nextOf({ activities }: Current, after: string | undefined): Played | undefined {
  const from = activities.findIndex(({ activity }) => activity.key === after) + 1;
  const open = ({ state }: Played) => WORKABLE.has(state);
  return (
    activities.slice(from).find(open) ?? activities.find(open) ?? activities.find(({ state }) => state === 'cancelled') ?? activities.at(-1)
  );
}

/** Arrow keys move the focus among the buttons of a row or column. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.findIndex((one) => one === document.activeElement);
  all[at + by]?.focus();
}

function StagePicker({
  current,
  stage,
  onPick,
}: {
  readonly current: Current;
  readonly stage: string;
  readonly onPick: (key: string) => void;
}) {
  return (
    <ol className={names.stages} aria-label="Stages" onKeyDown={moveFocus}>
      {current.stages.map(({ key, label, state, settled, of }) => (
        <li key={key}>
          <button
            type="button"
            className={names.stage}
            data-state={state}
            aria-current={key === stage ? 'step' : undefined}
            onClick={() => onPick(key)}
          >
            <Icon name={STAGE_WORDS[state].icon} size={13} />
            <span>{label}</span>
            <span className={names.count} aria-label={`${STAGE_WORDS[state].label}, ${settled} of ${of} done`}>
              {settled}/{of}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

type ListProps = { readonly activities: readonly Played[]; readonly focus: string; readonly onPick: (key: string) => void };

function ActivityList({ activities, focus, onPick }: ListProps) {
  return (
    <ol className={names.list} aria-label="Activities" onKeyDown={moveFocus}>
      {activities.map(({ activity, state, dueOn }) => (
        <li key={activity.key}>
          <button
            type="button"
            className={names.line}
            data-state={state}
            aria-current={activity.key === focus ? 'true' : undefined}
            onClick={() => onPick(activity.key)}
          >
            <Icon name={STATE_WORDS[state].icon} size={13} />
            <span className={names.lineLabel}>{activity.label}</span>
            <span className={names.lineState}>
              {STATE_WORDS[state].label}
              {dueOn !== undefined && WORKABLE.has(state) && ` · ${formatDate(dueOn)}`}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

type RunProps = Props & {
  readonly current: Current;
  readonly refs: Parameters<typeof ActivityCard>[0]['refs'];
  readonly mayWork: boolean;
  /** The person has just started it: its first activity takes the focus. */
  readonly begun: boolean;
};

function Run({ current, refs, mayWork, start, begun, ...record }: RunProps) {
  const cameFor = start.run === current.id ? start.activity : undefined;
  const [picked, setPicked] = useState(cameFor);
  const [after, setAfter] = useState<string>();
  const played = current.activities.find(({ activity }) => activity.key === picked) ?? nextOf(current, after);
  const moved = (key: string) => {
    setPicked(undefined);
    setAfter(key);
  };
  const { activities } = current;
  const at = activities.findIndex((one) => one === played);
  const actions = useMemo<readonly Action[]>(() => {
    const go = (by: number) => () => setPicked((activities[at + by] ?? activities[at])?.activity.key);
    const focus = () => document.querySelector<HTMLElement>('[data-play]')?.focus();
    return [
      { id: 'play-focus', label: 'Go to the playbook', group: 'This screen', icon: 'check', keys: 'p', run: focus },
      { id: 'play-next', label: 'Next activity of the playbook', group: 'This screen', keys: '.', run: go(1) },
      { id: 'play-before', label: 'Activity before of the playbook', group: 'This screen', keys: ',', run: go(-1) },
    ];
  }, [activities, at]);
  useActions(actions);
  if (played === undefined) return null;
  const { stage } = played;
  return (
    <div className={names.run}>
      <StagePicker
        current={current}
        stage={stage}
        onPick={(key) => {
          const inside = activities.filter((one) => one.stage === key);
          setPicked((inside.find(({ state }) => WORKABLE.has(state)) ?? inside[0])?.activity.key);
        }}
      />
      <div className={names.columns}>
        <ActivityList activities={activities.filter((one) => one.stage === stage)} focus={played.activity.key} onPick={setPicked} />
        <ActivityCard
          key={`${current.id} ${played.activity.key}`}
          {...record}
          current={current}
          played={played}
          refs={refs}
          mayWork={mayWork}
          autoFocus={picked === undefined ? begun || after !== undefined : picked === cameFor}
          onMoved={moved}
        />
      </div>
    </div>
  );
}

/** The playbooks of a record at work (PLY-08): stages, activities, one of them in focus. */
export function Player({ table, row, label, start }: Props) {
  const [chosen, setChosen] = useState(start.run);
  const [begun, setBegun] = useState<string>();
  const { data, error } = useLive('playbooks.player', { table, id: row.id, ...(chosen === undefined ? {} : { run: chosen }) });
  const starting = useCommand('playbooks.start');
  const { toastSaved } = useUndo();
  const mayWork = useMay()('playbookEvent', 'create');
  if (error && !data) return <Failure failure={error} />;
  if (data === undefined || (data.current === undefined && data.offers.length === 0)) return null;
  const { current, runs, offers, refs } = data;
  const twin = current?.twin;
  const offered = mayWork && (current === undefined || current.state !== 'inProgress') ? offers : [];
  return (
    <Section
      title={current?.name ?? 'Playbook'}
      note={current && current.state !== 'inProgress' ? RUN_STATES[current.state] : undefined}
      actions={
        <>
          {runs.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label="Which run of a playbook"
              value={current?.id ?? ''}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={runs.map(({ id, name, state, startedAt }) => ({
                value: id,
                label: `${name}, ${RUN_STATES[state].toLowerCase()}, ${formatDate(startedAt.slice(0, 10))}`,
              }))}
            />
          )}
          {mayWork && current?.newer && <MoveVersion run={current.id} newer={current.newer} />}
          {mayWork && current?.state === 'inProgress' && <CancelRun key={current.id} current={current} />}
          {offered.map(({ id, name }) => (
            <Button
              key={id}
              loading={starting.busy}
              onClick={() =>
                starting.run({ playbook: id, table, id: row.id }, ({ changeSetId, run }) => {
                  setChosen(run);
                  setBegun(run);
                  toastSaved(`“${name}” is under way`, changeSetId);
                })
              }
            >
              Start “{name}”
            </Button>
          ))}
        </>
      }
    >
      {starting.error && <Failure failure={starting.error} />}
      {twin && <Twin twin={twin} refs={refs} onShow={() => setChosen(twin.id)} />}
      {current ? (
        // people alone are named in a run
        <Run
          key={current.id}
          current={current}
          refs={refs as RunProps['refs']}
          mayWork={mayWork}
          start={start}
          begun={current.id === begun}
          table={table}
          row={row}
          label={label}
        />
      ) : (
        <p className={names.quiet}>A playbook leads through this record step by step.</p>
      )}
    </Section>
  );
}
