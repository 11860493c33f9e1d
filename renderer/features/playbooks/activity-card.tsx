import { Button, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { ActivityKind } from '#shared/domain/playbooks/definition.ts';
import type { PlayedTable } from '#shared/domain/playbooks/task-links.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { hasValues } from '../../ui/record-form/form-draft.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { readDraft } from '../../ui/record-form/raw-values.ts';
import { ReferencePicker } from '../../ui/reference-picker.tsx';
import { actorName, isNamed } from '../panel/actor-name.ts';
import { STATE_WORDS, verbOf } from './activity-words.ts';
import { ChooseBody } from './choose-body.tsx';
import { fieldInput, FormBody } from './form-body.tsx';
import { ColleaguesBody, CustomerTeamBody, ResponsibilitiesBody } from './people-body.tsx';
import names from './player.module.css';
import { useActivity, type ActivityWork, type Current, type Played } from './use-activity.ts';
import {
  ChecklistBody,
  CloseBody,
  DecisionBody,
  MailBody,
  MeetingGateBody,
  SummaryBody,
  TaskBody,
  TaskGateBody,
  TasksBody,
  TextBody,
  ViewBody,
  type BodyProps,
} from './work-bodies.tsx';

type Props = {
  readonly current: Current;
  readonly played: Played;
  readonly table: PlayedTable;
  readonly row: AnyRow;
  readonly label: string;
  readonly refs: Readonly<Record<string, { readonly table: 'user'; readonly id: string; readonly label: string }>>;
  readonly mayWork: boolean;
  /** Someone has just moved on to it: its first field takes the focus. */
  readonly autoFocus: boolean;
  readonly onMoved: (key: string) => void;
};

const BODIES: Readonly<Record<ActivityKind, (props: BodyProps) => React.ReactNode>> = {
  form: FormBody,
  choose: ChooseBody,
  comment: TextBody,
  note: TextBody,
  customerTeam: CustomerTeamBody,
  responsibilities: ResponsibilitiesBody,
  accountTeam: ColleaguesBody,
  squad: ColleaguesBody,
  tasks: TasksBody,
  taskGate: TaskGateBody,
  meetingGate: MeetingGateBody,
  mail: MailBody,
  view: ViewBody,
  checklist: ChecklistBody,
  decision: DecisionBody,
  task: TaskBody,
  dataImport: TaskBody,
  summary: SummaryBody,
  close: CloseBody,
};

/** Whether an activity begins with a task of its own. */
function beginsWithTask(activity: Played['activity']): boolean {
  return (activity.kind === 'task' || activity.kind === 'dataImport' || activity.kind === 'mail') && activity.task !== undefined;
}

/** Why an activity cannot be worked on now, in words. */
function whyNot({ state, waitsFor, holding }: Played, current: Current, nameOf: (id: string) => string): string | undefined {
  if (state === 'pending') {
    const others = waitsFor.map((key) => {
      const other = current.activities.find(({ activity }) => activity.key === key);
      const who = other?.assignee === undefined || !isNamed(other.assignee) ? '' : ` (${nameOf(other.assignee)})`;
      return `“${other?.activity.label ?? key}”${who}`;
    });
    return others.length === 0 ? 'It waits for a decision.' : `It waits for ${others.join(' and ')}.`;
  }
  if (holding !== undefined) return `It opens once ${holding}.`;
  if (state === 'leftOut') return 'It is left out for this record.';
  return state === 'cancelled' ? 'It was cancelled with its record.' : undefined;
}

function Reassign({ onPick, onDone }: { readonly onPick: ActivityWork['reassign']; readonly onDone: () => void }) {
  const { lookup } = useFormWorld();
  return (
    <div className={names.adding}>
      <ReferencePicker
        table="user"
        lookup={lookup}
        label="Give it to"
        value={undefined}
        autoFocus
        onChange={(user) => {
          if (!user) return;
          onPick(user);
          onDone();
        }}
      />
      <Button onClick={onDone}>Leave it</Button>
    </div>
  );
}

function SkipReason({ onSkip, onDone }: { readonly onSkip: (reason: string) => void; readonly onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <form
      className={names.adding}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') return;
        onSkip(reason.trim());
        onDone();
      }}
    >
      <TextInput label="Why it is skipped" value={reason} autoFocus onChange={(event) => setReason(event.currentTarget.value)} />
      <Button type="submit" disabled={reason.trim() === ''}>
        Skip it
      </Button>
      <Button onClick={onDone}>Leave it</Button>
    </form>
  );
}

/** What has come of an activity that is over with. */
function Settled({ played, nameOf }: { readonly played: Played; readonly nameOf: (id: string) => string }) {
  const { reading } = useFormWorld();
  const { by, at, reason, input } = played;
  const { text } = input;
  return (
    <div className={names.settled}>
      {by !== undefined && at !== undefined && (
        <p className={names.quiet}>
          {STATE_WORDS[played.state].label} by {nameOf(by)}, {formatInstant(at, reading.timeZone)}
        </p>
      )}
      {reason !== undefined && <p>{reason}</p>}
      {typeof text === 'string' && <p className={names.said}>{text}</p>}
    </div>
  );
}

/** One activity in focus: what it asks for, and what can be done with it. Ctrl+Enter completes it and moves on. */
export function ActivityCard({ current, played, table, row, label, refs, mayWork, autoFocus, onMoved }: Props) {
  const { activity, state, assignee, dueOn } = played;
  const work = useActivity(current.id, played, onMoved);
  const world = useFormWorld();
  const [asking, setAsking] = useState<'skip' | 'reassign'>();
  const [problem, setProblem] = useState<string>();
  const card = useRef<HTMLElement>(null);
  const heading = useId();
  useEffect(() => {
    if (!autoFocus) return;
    const first = card.current?.querySelector<HTMLElement>('[data-body] :is(input, textarea, select)');
    (first ?? card.current)?.focus();
  }, [autoFocus]);
  const nameOf = (id: string) => actorName(id, refs);
  const isRunning = current.state === 'inProgress';
  const isOpen = state === 'ready' || state === 'inProgress' || state === 'blocked';
  const canWork = mayWork && isRunning && isOpen;
  const isForm = activity.kind === 'form' || activity.kind === 'choose';
  const canComplete = canWork && state !== 'blocked';
  const complete = (more: Readonly<Record<string, unknown>> = {}) => {
    if (!canComplete || work.busy) return;
    if (!isForm) {
      work.complete({ ...work.input(), ...more });
      return;
    }
    const { patch, problems } = readDraft(table, work.draft.values, row, world.reading);
    const [first] = Object.values(problems);
    setProblem(first);
    if (first === undefined) work.complete(fieldInput(activity, patch));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    // a form of its own within the activity
    if (event.target instanceof Element && event.target.closest('[data-own]') !== null) return;
    event.preventDefault();
    event.stopPropagation();
    complete();
  };
  // what it begins with is made where someone begins with it, if nothing before it has made it
  const isBare = canComplete && played.record === undefined && beginsWithTask(activity);
  const { run: begin } = useCommand('playbooks.open');
  const { id: run } = current;
  const { key } = activity;
  useEffect(() => {
    if (isBare) begin({ run, activity: key });
  }, [isBare, begin, run, key]);
  const Body = BODIES[activity.kind];
  const why = whyNot(played, current, nameOf);
  const words = STATE_WORDS[state];
  const done = () => setAsking(undefined);
  return (
    <section
      ref={card}
      className={names.card}
      tabIndex={-1}
      data-play
      aria-labelledby={heading}
      onKeyDownCapture={onKeyDown}
      onBlur={(event) => {
        if (canWork && !event.currentTarget.contains(event.relatedTarget)) work.keep();
      }}
    >
      <header className={names.cardHead}>
        <h3 id={heading} className={names.cardTitle}>
          {activity.label}
          {activity.optional && <span className={names.quiet}> (optional)</span>}
        </h3>
        <span className={names.state} data-state={state}>
          <Icon name={words.icon} size={12} /> {words.label}
        </span>
      </header>
      <p className={names.quiet}>
        {[
          assignee === undefined ? undefined : isNamed(assignee) ? `For ${nameOf(assignee)}` : 'For you',
          dueOn === undefined ? undefined : `due ${formatDate(dueOn)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {activity.help !== undefined && <p className={names.help}>{activity.help}</p>}
      {why !== undefined && <p role="status">{why}</p>}
      {problem !== undefined && <p role="alert">{problem}</p>}
      {work.failure && <Failure failure={work.failure} />}
      {canWork && (
        <div data-body className={names.body}>
          <Body run={current.id} work={work} played={played} table={table} row={row} label={label} />
        </div>
      )}
      {!isOpen && <Settled played={played} nameOf={nameOf} />}
      {asking === 'skip' && <SkipReason onSkip={work.skip} onDone={done} />}
      {asking === 'reassign' && <Reassign onPick={work.reassign} onDone={done} />}
      <footer className={names.cardFoot}>
        {canWork && (
          <Button variant="filled" disabled={state === 'blocked'} loading={work.busy} title="Ctrl+Enter" onClick={() => complete()}>
            {verbOf(activity.kind)}
          </Button>
        )}
        {canComplete && activity.kind === 'mail' && <Button onClick={() => complete({ send: false })}>Skip the mail</Button>}
        {canWork && (activity.optional || activity.skippable) && (
          <Button onClick={() => (activity.optional ? work.skip('') : setAsking('skip'))}>Skip</Button>
        )}
        {mayWork && isRunning && (isOpen || state === 'pending') && (
          <Button variant="subtle" onClick={() => setAsking('reassign')}>
            Reassign
          </Button>
        )}
        {mayWork && isRunning && played.mayReopen && (
          <Button variant="subtle" disabled={work.busy} onClick={work.reopen}>
            Reopen
          </Button>
        )}
        {hasValues(work.draft) && <span className={names.quiet}>What you typed is kept.</span>}
      </footer>
    </section>
  );
}
