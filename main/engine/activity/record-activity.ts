import type { ActivityKind } from '#shared/domain/activity/activity-kinds.ts';
import { audienceOf } from '#shared/domain/activity/journal-audience.ts';
import { mentionFinder, type Mention } from '#shared/domain/mentions/find-mentions.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { JournalEntry } from '#shared/model/field.ts';
import { entriesOf, readJournalChange } from '#shared/sync-core/journal-change.ts';
import type { EngineContext } from '../context.ts';
import { refsOf, refOf } from '../records/refs.ts';
import type { RecordChange } from '../store/history.ts';

type Answer = Output<'records.activity'>;
type Entry = Answer['entries'][number];
type Note = Entry['notes'][number];
type FindMentions = (text: string) => readonly Mention[];

/** A filter that fits little must not read a whole history in one go. */
const MOST_READ = 1000;

/** One page of what happened to a record, newest first. Throws AppError `not-found` where the record never existed. */
export async function recordActivity(
  context: EngineContext,
  { table, id, limit, before, only }: Parsed<'records.activity'>,
): Promise<Answer> {
  const { view, history } = context;
  const row: AnyRow | undefined = view.get(table, id);
  const mentions = mentionFinder([...view.all('user')]);
  const entries: Entry[] = [];
  const values: AnyRow[] = [];
  let from = before;
  let read = 0;
  let more = true;
  while (more && entries.length < limit && read < MOST_READ) {
    const page = await history.ofRecord(table, id, { limit, ...(from === undefined ? {} : { before: from }) });
    if (page.changes.length === 0 && page.next === undefined && from === undefined && row === undefined) throw notThere(table, id);
    read += limit;
    more = page.next !== undefined;
    from = page.next;
    for (const [at, one] of page.changes.entries()) {
      const whole = entryOf(table, one, row, mentions);
      const shown = only === undefined || only.length === 0 ? whole : narrowed(whole, table, only);
      if (shown === undefined || isEcho(one, shown)) continue;
      entries.push(shown);
      values.push(valuesIn(shown, 'before'), valuesIn(shown, 'after'));
      if (entries.length < limit || at === page.changes.length - 1) continue;
      more = true;
      from = one.header.seq;
      break;
    }
  }
  return {
    entries,
    refs: { ...refsOf(table, values, view), ...peopleIn(context, entries) },
    ...(more && from !== undefined ? { next: from } : {}),
  };
}

function notThere(table: TableName, id: string): AppError {
  return new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
}

function entryOf(table: TableName, { header, change }: RecordChange, row: AnyRow | undefined, mentions: FindMentions): Entry {
  const { fields } = tableOf(table);
  const after = change.action === 'delete' ? {} : (change.after ?? {});
  const notes: Note[] = [];
  const changes: Entry['changes'] = [];
  const note = (field: string, entry: JournalEntry, removed: boolean) =>
    notes.push({ field, audience: audienceOf(field), ...entry, mentions: [...mentions(entry.text)], removed });
  for (const [field, value] of Object.entries(after)) {
    if (fields[field]?.kind !== 'journal') {
      const byRule = change.consequences?.includes(field) === true;
      changes.push({ field, before: change.before?.[field] ?? null, after: value, byRule });
      continue;
    }
    const { add = [], remove = [] } = readJournalChange(change.before?.[field], value);
    for (const entry of add) note(field, entry, false);
    for (const entry of remove) note(field, entry, true);
  }
  // the change set of a creation holds no values: what was noted then is known by its moment
  if (change.action === 'create' && row !== undefined)
    for (const [field, { kind }] of Object.entries(fields))
      if (kind === 'journal') for (const entry of entriesOf(row[field])) if (entry.at === header.at) note(field, entry, false);
  return {
    changeSetId: header.id,
    seq: header.seq,
    at: change.at ?? header.at,
    by: change.by ?? header.actor,
    label: header.label,
    // what others did comes in by a change set of sync
    step: header.kind === 'sync' ? 'do' : header.kind,
    action: change.action,
    undoable: header.undoable,
    changes,
    notes,
  };
}

/** One's own change that came back from the central store as it was. */
function isEcho({ header, change }: RecordChange, { changes, notes }: Entry): boolean {
  return header.kind === 'sync' && change.action === 'update' && changes.length === 0 && notes.length === 0;
}

/** The parts of an entry that are of one of the kinds; undefined where none is. */
function narrowed(entry: Entry, table: TableName, only: readonly ActivityKind[]): Entry | undefined {
  const wants = (kind: ActivityKind) => only.includes(kind);
  if (entry.step !== 'do' && wants('undos')) return entry;
  const state = tableOf(table).lifecycle?.field;
  const isState = entry.action !== 'update' || entry.changes.some(({ field }) => field === state);
  const notes = entry.notes.filter(({ audience }) => wants(audience === 'customer' ? 'comments' : 'notes'));
  const changes = wants('fields') ? entry.changes : wants('states') && isState ? entry.changes.filter(({ field }) => field === state) : [];
  if (notes.length === 0 && changes.length === 0 && !(wants('states') && isState)) return undefined;
  return { ...entry, notes, changes };
}

/** The values before or after as a row of their own, so that the records they refer to are named. */
function valuesIn({ changes }: Entry, side: 'before' | 'after'): AnyRow {
  const values = Object.fromEntries(changes.flatMap((change) => (change[side] === null ? [] : [[change.field, change[side]]])));
  return { id: '', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', rev: 0, ...values };
}

function peopleIn({ view }: EngineContext, entries: readonly Entry[]): Answer['refs'] {
  const ids = new Set(
    entries.flatMap(({ by, notes }) => [by, ...notes.flatMap((note) => [note.by, ...note.mentions.map(({ userId }) => userId)])]),
  );
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const user = view.get('user', id);
      return user === undefined ? [] : [[id, refOf('user', user, view)]];
    }),
  );
}
