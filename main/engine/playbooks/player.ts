import { conditionInWords } from '#shared/domain/condition/condition-in-words.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { PlaybookActivity } from '#shared/domain/playbooks/definition.ts';
import type { PlayEvent } from '#shared/domain/playbooks/events.ts';
import { planOf } from '#shared/domain/playbooks/plan.ts';
import type { ActivityProgress } from '#shared/domain/playbooks/progress.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { parseRef, refsIn, refTo } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type Row } from '#shared/model/dictionary.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { EngineContext } from '../context.ts';
import { refOf } from '../records/refs.ts';
import { recipientsOf } from './mails.ts';
import { definitionOf, stateOf, type Look, type RunState } from './run-state.ts';
import { currentVersion, fitting } from './start-run.ts';
import { filled } from './words.ts';

type Player = Output<'playbooks.player'>;
type Current = NonNullable<Player['current']>;
type Ref = ReturnType<typeof refOf>;

/** Open runs first, newest first within. */
const openFirst = (a: Row<'playbookRun'>, b: Row<'playbookRun'>) =>
  Number(a.state !== 'inProgress') - Number(b.state !== 'inProgress') ||
  (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? 1 : -1);

function refAt({ view }: EngineContext, value: unknown): Ref | undefined {
  const ref = parseRef(value);
  const row: AnyRow | undefined = ref && view.get(ref.table, ref.id);
  return ref === undefined || row === undefined ? undefined : refOf(ref.table, row, view);
}

/** The record that an activity is about: made for it, or named by the field that it shows. */
function recordOf(context: EngineContext, { table, record }: RunState, { activity, record: made }: ActivityProgress): Ref | undefined {
  if (activity.kind !== 'view' && activity.kind !== 'choose') return refAt(context, made);
  const field = tableOf(table).fields[activity.field];
  const [ref] = field === undefined ? [] : refsIn(field, record[activity.field]);
  return ref === undefined ? undefined : refAt(context, refTo(ref.table, ref.id));
}

function activityOf(context: EngineContext, state: RunState, progress: ActivityProgress): Current['activities'][number] {
  const { activity, holding, by, at, reason, assignee, dueOn } = progress;
  const record = recordOf(context, state, progress);
  return {
    activity,
    stage: progress.stage,
    state: progress.state,
    waitsFor: [...progress.waitsFor],
    open: progress.open.flatMap((ref) => refAt(context, ref) ?? []),
    ...(holding && activity.when !== undefined ? { holding: conditionInWords(activity.when, state.table, context.view) } : {}),
    input: { ...progress.input },
    ...(by === undefined ? {} : { by }),
    ...(at === undefined ? {} : { at }),
    ...(reason === undefined ? {} : { reason }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(record === undefined ? {} : { record }),
    mayReopen: progress.mayReopen,
    ...(activity.kind === 'mail' ? { mail: mailOf(context, state, activity) } : {}),
  };
}

/** A mail as it would go out. */
function mailOf({ view }: EngineContext, { table, record }: RunState, { mail }: Extract<PlaybookActivity, { readonly kind: 'mail' }>) {
  const { contacts, users } = recipientsOf(mail.to, table, record, view);
  const refs = (of: 'contact' | 'user', ids: readonly string[]) =>
    ids.flatMap((id) => {
      const row: AnyRow | undefined = view.get(of, id);
      return row === undefined ? [] : [refOf(of, row, view)];
    });
  const words = (text: string) => filled(text, table, record, view);
  return { subject: words(mail.subject), body: words(mail.body), to: [...refs('contact', contacts), ...refs('user', users)] };
}

/** What an event says beside what happened: what was written, why it was skipped, who it went to. */
function textOf(context: EngineContext, { detail }: PlayEvent): string | undefined {
  if (detail === undefined) return undefined;
  if (detail.reason !== undefined) return detail.reason;
  if (detail.to !== undefined) return context.view.get('user', detail.to)?.name;
  if (detail.record !== undefined) return refAt(context, detail.record)?.label;
  const { text, closeNotes } = detail.input ?? {};
  const said = typeof text === 'string' && text !== '' ? text : typeof closeNotes === 'string' ? closeNotes : undefined;
  return said ?? detail.done;
}

/** What an activity is called: in the run's version, else in another one of the playbook. */
function labelOfActivity({ view }: EngineContext, { plan, run }: RunState, key: string): string | undefined {
  const own = plan.byKey.get(key);
  if (own !== undefined) return own.activity.label;
  for (const version of view.by('playbookVersion', 'playbook', run.playbook)) {
    const other = planOf(definitionOf(version)).byKey.get(key);
    if (other !== undefined) return other.activity.label;
  }
  return undefined;
}

/** The other run where a playbook is under way twice on a record: nobody's work is thrown away, a person decides (PLY-01). */
function twinOf({ view }: EngineContext, { run }: RunState, look: Look): Current['twin'] {
  if (run.state !== 'inProgress') return undefined;
  const other = view
    .by('playbookRun', 'about', run.about)
    .find(({ id, playbook, state }) => id !== run.id && playbook === run.playbook && state === 'inProgress');
  if (other === undefined) return undefined;
  const settled = stateOf(other, look)?.progress.activities.filter(({ state }) => state === 'done' || state === 'skipped').length ?? 0;
  return { id: other.id, by: other.createdBy, startedAt: other.createdAt, settled };
}

function currentOf(context: EngineContext, state: RunState, look: Look): Current {
  const { run, playbook, version, progress } = state;
  const newest = currentVersion(context.view, run.playbook);
  const twin = twinOf(context, state, look);
  const newer = run.state === 'inProgress' && newest !== undefined && newest.version > version.version ? newest : undefined;
  return {
    id: run.id,
    name: playbook?.name ?? 'Playbook',
    version: version.version,
    state: run.state ?? 'inProgress',
    ...(run.closeNotes === undefined ? {} : { closeNotes: run.closeNotes }),
    stages: progress.stages.map((stage) => ({ ...stage })),
    activities: progress.activities.map((one) => activityOf(context, state, one)),
    log: progress.log.ordered.map((event) => {
      const text = textOf(context, event);
      const label = event.activity === undefined ? undefined : labelOfActivity(context, state, event.activity);
      const isGone = event.activity !== undefined && !state.plan.byKey.has(event.activity);
      return {
        id: event.id,
        kind: event.kind,
        at: event.at,
        by: event.by,
        ...(event.activity === undefined ? {} : { activity: event.activity }),
        ...(label === undefined ? {} : { label }),
        ...(text === undefined ? {} : { text }),
        ...(isGone ? { moot: 'gone' as const } : progress.log.moot.has(event.id) ? { moot: 'late' as const } : {}),
      };
    }),
    ...(twin === undefined ? {} : { twin }),
    ...(newer === undefined ? {} : { newer: { id: newer.id, version: newer.version } }),
  };
}

/** The people named in a run, by ID. */
function peopleIn({ view }: EngineContext, current: Current | undefined): Record<string, Ref> {
  const ids = new Set((current?.activities ?? []).flatMap(({ by, assignee }) => [by ?? [], assignee ?? []].flat()));
  for (const { by } of current?.log ?? []) ids.add(by);
  if (current?.twin) ids.add(current.twin.by);
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const user = view.get('user', id);
      return user === undefined ? [] : [[id, refOf('user', user, view)]];
    }),
  );
}

/** The playbooks of a record, one of them in full (PLY-08). */
export function player(context: EngineContext, { table, id, run: asked }: Parsed<'playbooks.player'>): Player {
  const { view, settings, derivedFields } = context;
  const row: AnyRow | undefined = view.get(table, id);
  if (row === undefined)
    throw new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
  const look = { view, asOf: settings().asOf, more: derivedFields.all() };
  const runs = view.by('playbookRun', 'about', refTo(table, id)).toSorted(openFirst);
  const shown = runs.find((run) => run.id === asked) ?? runs[0];
  const state = shown && stateOf(shown, look);
  const current = state && currentOf(context, state, look);
  const { lifecycle } = tableOf(table);
  const hasEnded = lifecycle !== undefined && (row[lifecycle.field] === lifecycle.closed || row[lifecycle.field] === lifecycle.cancelled);
  const underWay = new Set(runs.flatMap((run) => (run.state === 'inProgress' ? [run.playbook] : [])));
  return {
    runs: runs.map((run) => ({
      id: run.id,
      name: view.get('playbook', run.playbook)?.name ?? labelOf('playbookRun', run, view),
      ...(run.number === undefined ? {} : { number: run.number }),
      state: run.state ?? 'inProgress',
      startedAt: run.createdAt,
    })),
    offers: hasEnded
      ? []
      : fitting(table, row, look).flatMap(({ id: playbook, name }) => (underWay.has(playbook) ? [] : [{ id: playbook, name }])),
    ...(current === undefined ? {} : { current }),
    refs: peopleIn(context, current),
  };
}
