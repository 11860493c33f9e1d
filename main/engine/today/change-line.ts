import { AppError } from '#shared/errors/app-error.ts';
import { refTo } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import { dueFieldOf } from '#shared/domain/derived/due-fields.ts';
import { CONTACT_PLANS } from '#shared/domain/cadence/contact-plans.ts';
import type { CadenceKind } from '#shared/domain/cadence/rhythm.ts';
import type { TodayKind } from '#shared/domain/today/formula.ts';
import type { Draft } from '../context.ts';

export type LineName = { readonly kind: TodayKind; readonly table: TableName; readonly id: string };

/** Pieces of work that are simply done; what has an outcome of its own is ended on its page. */
const SIMPLY_DONE: ReadonlySet<TableName> = new Set(['successTask', 'internalPlayTask', 'onboardingTask', 'dataImportTask']);
const NOTE = 'Done from Today.';

function rowOf(draft: Draft, { table, id }: LineName): AnyRow {
  const row: AnyRow | undefined = draft.view.get(table, id);
  if (row) return row;
  throw new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
}

function onItsPage({ table, id }: LineName, what: string): AppError {
  const label = tableOf(table).label.toLowerCase();
  return new AppError('rule', `This ${label} needs more than a key: open it and ${what}.`, { rule: 'DSH-13', table, recordId: id });
}

/** Ends what a line is about: a meeting is completed, a touchpoint held, a task closed, a new risk accepted. */
export function finishLine(draft: Draft, line: LineName, asOf: string): void {
  const row = rowOf(draft, line);
  switch (line.kind) {
    case 'meeting':
      return draft.update('meeting', line.id, { state: 'completed' });
    case 'touchpoint':
      return holdTouchpoint(draft, line.id, asOf);
    case 'risk':
      if (row['state'] !== 'new') throw onItsPage(line, 'say how it ended');
      return draft.update('riskSignal', line.id, { state: 'active' });
    case 'task': {
      const code = Object.keys(tableOf(line.table).lifecycle?.closureCodes ?? {})[0];
      if (!SIMPLY_DONE.has(line.table) || code === undefined) throw onItsPage(line, 'say how it ended');
      return draft.close(line.table, line.id, code, NOTE);
    }
    case 'renewal':
    case 'cadence':
      throw onItsPage(line, 'log the conversation (Ctrl+L), which is what ends this line');
    default:
      return line.kind satisfies never;
  }
}

/** A touchpoint that was held: its day is today at the latest; it is closed unless tasks of it are open. */
function holdTouchpoint(draft: Draft, id: string, asOf: string): void {
  const touchpoint = draft.view.get('touchpoint', id);
  if (touchpoint?.heldOn === undefined || touchpoint.heldOn > asOf) draft.update('touchpoint', id, { heldOn: asOf });
  const tasks = draft.view.by('successTask', 'parent', refTo('touchpoint', id));
  const isOpen = tasks.some(({ state }) => state !== 'closed' && state !== 'cancelled');
  if (isOpen) draft.update('touchpoint', id, { state: 'inProgress', progress: 'onTrack', dueDate: null });
  else draft.close('touchpoint', id, 'addressed', NOTE);
}

/** Puts a line off until a day, for one person; an earlier putting off is replaced. */
export function snoozeLine(draft: Draft, line: LineName, until: string, actor: string): void {
  rowOf(draft, line);
  const about = refTo(line.table, line.id);
  const owner = draft.view.get('user', actor)?.id;
  const known = draft.view
    .by('todaySnooze', 'about', about)
    .find((snooze) => snooze.kind === line.kind && (snooze.owner ?? snooze.createdBy) === actor);
  if (known) draft.update('todaySnooze', known.id, { until });
  else draft.create('todaySnooze', { about, kind: line.kind, until, ...(owner === undefined ? {} : { owner }) });
}

type Planning = { readonly actor: string; readonly asOf: string; readonly contact?: CadenceKind | undefined };

/** Puts a line on a day; answers the touchpoint where one was planned for it. `contact`: which kind of contact that is; any by default. */
export function planLine(draft: Draft, line: LineName, date: string, { actor, asOf, contact = 'touch' }: Planning): string | undefined {
  const row = rowOf(draft, line);
  if (date < asOf)
    throw new AppError('rule', 'This day is over. Log what was held (Ctrl+L), or choose today or a later day.', { rule: 'DSH-13' });
  switch (line.kind) {
    case 'meeting':
      throw onItsPage(line, 'choose its new time');
    case 'touchpoint':
      draft.update('touchpoint', line.id, { heldOn: date, ...(row['dueDate'] === undefined ? {} : { dueDate: date }) });
      return undefined;
    case 'risk':
      draft.update('riskSignal', line.id, { dueDate: date });
      return undefined;
    case 'task': {
      const due = dueFieldOf(line.table);
      if (due === undefined) throw onItsPage(line, 'choose its day');
      draft.update(line.table, line.id, { [due]: date });
      return undefined;
    }
    case 'renewal':
    case 'cadence':
      return planContact(draft, line.id, line.kind === 'renewal' ? 'renewal' : contact, date, actor);
    default:
      return line.kind satisfies never;
  }
}

/** Plans a touchpoint of a kind of contact, which covers what the cadence asks for (ENG-09); answers its ID. */
export function planContact(draft: Draft, id: string, contact: CadenceKind, date: string, actor: string): string {
  const engagement: Row<'engagement'> | undefined = draft.view.get('engagement', id);
  if (!engagement) throw new AppError('not-found', 'This engagement does not exist any more.', { table: 'engagement', recordId: id });
  const account = draft.view.get('account', engagement.account)?.name;
  const assignedTo = draft.view.get('user', actor)?.id ?? engagement.csm;
  const { words, category } = CONTACT_PLANS[contact];
  return draft.create('touchpoint', {
    subject: `${words} with ${account ?? engagement.title}`,
    engagement: id,
    category,
    heldOn: date,
    ...(engagement.keyContact === undefined ? {} : { contact: engagement.keyContact }),
    ...(assignedTo === undefined ? {} : { assignedTo }),
  });
}
