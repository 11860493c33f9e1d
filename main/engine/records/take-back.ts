import { AppError } from '#shared/errors/app-error.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { ChangeHeader, ChangeSet, RowChange, SeriesChange } from '../store/change-set.ts';
import { mergePoints, removePoints } from '../store/points.ts';
import type { Store } from '../store/store.ts';
import { fieldOf, linksTo, linkValue } from './derived-schema.ts';
import type { DraftCore } from './draft-core.ts';
import { standingAfter } from './undo-stacks.ts';
import type { InTurns } from './writer.ts';

/** Later changes of the same fields and points, by people and jobs. */
type Touches = {
  readonly field: (table: TableName, id: string, field: string) => ChangeHeader | undefined;
  readonly record: (table: TableName, id: string) => ChangeHeader | undefined;
  readonly ends: (series: string) => ReadonlyMap<number, ChangeHeader>;
};

const isSystem = (actor: string) => actor.startsWith('system:');

/**
 * Puts everything that a change set changed back as it was. Refuses (`conflict`) where a person has since changed the same
 * field, record or point. Answers whether consequences (fields that rules had set) were left alone and must be worked out anew.
 */
export async function takeBack(
  core: DraftCore,
  store: Store,
  set: ChangeSet,
  inTurns: InTurns,
): Promise<{ readonly consequencesLeft: boolean }> {
  const touches = await touchesAfter(store, set);
  return { consequencesLeft: await inTurns(putAllBack(core, set, touches)) };
}

/** One record a step. */
function* putAllBack(core: DraftCore, set: ChangeSet, touches: Touches): Generator<void, boolean, void> {
  let consequencesLeft = false;
  const removed: { readonly table: TableName; readonly id: string }[] = [];
  for (const change of set.rows) {
    yield;
    if (change.action === 'delete') restore(core, change);
    else if (change.action === 'create') {
      refuseTouchedRecord(core, change, touches);
      core.remove(change.table, change.id);
      removed.push(change);
    } else if (putBack(core, change, set.stamp, touches)) consequencesLeft = true;
  }
  for (const one of removed) {
    yield;
    removeDependents(core, one.table, one.id);
  }
  for (const change of set.series) {
    yield;
    putPointsBack(core, change, touches);
  }
  return consequencesLeft;
}

function restore(core: DraftCore, { table, id, before }: RowChange): void {
  if (core.row(table, id) !== undefined) throw changedSince(table, id, undefined, 'exists again');
  // the before-image of a deletion is the whole row
  const row = before as AnyRow;
  core.insert(table, { ...row, rev: row.rev + 1 });
}

/** Puts a record's fields back; true where a consequence was left as it is because something later has set it. */
function putBack(core: DraftCore, change: RowChange, stamp: string, touches: Touches): boolean {
  const { table, id, before = {}, after = {} } = change;
  const row = core.row(table, id);
  if (row === undefined) throw changedSince(table, id, undefined, 'was deleted since');
  const values: Record<string, unknown> = {};
  let left = false;
  for (const field of Object.keys(after)) {
    const later = row.stamps?.[field] === stamp ? undefined : touches.field(table, id, field);
    if (later === undefined) values[field] = before[field];
    else if (change.consequences?.includes(field) === true || fieldOf(table, field)?.readOnly === true) left = true;
    else throw changedSince(table, id, later, `had ${tableOf(table).fields[field]?.label ?? field} changed since`);
  }
  core.set(table, id, values, inverse(change));
  return left;
}

/** Which action taking a change back amounts to, for the rules. */
function inverse({ table, action, before = {} }: RowChange): Change['action'] {
  if (action === 'close' || action === 'cancel') return 'reopen';
  const lifecycle = tableOf(table).lifecycle;
  if (action !== 'reopen' || lifecycle === undefined) return 'update';
  return before[lifecycle.field] === lifecycle.cancelled ? 'cancel' : 'close';
}

function refuseTouchedRecord(core: DraftCore, { table, id }: RowChange, touches: Touches): void {
  const row = core.row(table, id);
  if (row === undefined) throw changedSince(table, id, undefined, 'was deleted since');
  const later = row.stamps === undefined ? undefined : touches.record(table, id);
  if (later !== undefined) throw changedSince(table, id, later, 'was changed since');
}

/** What jobs made for a record that goes, goes with it; what a person made keeps it. */
function removeDependents(core: DraftCore, table: TableName, id: string): void {
  for (const link of linksTo(table))
    for (const row of core.view.by(link.table, link.field, linkValue(link, id)) as readonly AnyRow[]) {
      // Row seen generically
      if (core.row(link.table, row.id) === undefined) continue;
      if (!link.owned && !isSystem(row.createdBy)) {
        const { label } = tableOf(link.table);
        throw new AppError(
          'conflict',
          `${label} ${row.number ?? ''} has come to depend on it since. Delete that first.`.replace('  ', ' '),
          {
            table: link.table,
            recordId: row.id,
            blocking: [{ table: link.table, id: row.id, label: row.number ?? label }],
          },
        );
      }
      core.remove(link.table, row.id);
      removeDependents(core, link.table, row.id);
    }
}

function putPointsBack(core: DraftCore, change: SeriesChange, touches: Touches): void {
  const { series, added, before } = change;
  if (core.row('dataPointSeries', series) === undefined)
    return core.setPoints(series, removePoints(core.points(series), core.points(series).end));
  const later = touches.ends(series);
  for (const day of [...added, ...before.end]) {
    const header = later.get(day);
    if (header !== undefined && !isSystem(header.actor)) throw changedSince('dataPointSeries', series, header, 'got other values since');
  }
  const mine = added.filter((day) => !later.has(day));
  const kept = before.end.some((day) => later.has(day)) ? removePoints(before, Int32Array.from(later.keys())) : before;
  core.setPoints(series, mergePoints(removePoints(core.points(series), mine), kept));
}

function changedSince(table: TableName, recordId: string, later: ChangeHeader | undefined, what: string): AppError {
  const by = later === undefined ? '' : ` (“${later.label}”)`;
  return new AppError('conflict', `This cannot be undone: a ${tableOf(table).label.toLowerCase()} ${what}${by}.`, { table, recordId });
}

/** Looks through what was committed after a change set. */
async function touchesAfter(store: Store, set: ChangeSet): Promise<Touches> {
  const fields = new Map<string, ChangeHeader>();
  const records = new Map<string, ChangeHeader>();
  const ends = new Map<string, Map<number, ChangeHeader>>();
  for (const header of standingAfter(await store.history.headers(), set.seq)) {
    const later = await store.history.read(header.seq);
    for (const { table, id, after } of later?.rows ?? []) {
      for (const field of Object.keys(after ?? {})) fields.set(`${table}:${id}:${field}`, header);
      if (!isSystem(header.actor)) records.set(`${table}:${id}`, header);
    }
    for (const { series, added, before } of later?.series ?? []) {
      const days = ends.get(series) ?? new Map<number, ChangeHeader>();
      for (const day of [...added, ...before.end]) days.set(day, header);
      ends.set(series, days);
    }
  }
  const none: ReadonlyMap<number, ChangeHeader> = new Map();
  return {
    field: (table, id, field) => fields.get(`${table}:${id}:${field}`),
    record: (table, id) => records.get(`${table}:${id}`),
    ends: (series) => ends.get(series) ?? none,
  };
}
