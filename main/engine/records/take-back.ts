import type { Progress } from '#shared/contract/define.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { ChangeSet, RowChange, SeriesChange } from '../store/change-set.ts';
import { mergePoints, removePoints } from '../store/points.ts';
import type { Store } from '../store/store.ts';
import { fieldOf, linksTo, linkValue } from './derived-schema.ts';
import type { DraftCore } from './draft-core.ts';
import type { Obstacle } from './obstacles.ts';
import { withoutMine } from './shared-fields.ts';
import { isSystem, touchesAfter, type Touches } from './touches.ts';
import type { InTurns } from './writer.ts';

export type TakeBack = {
  readonly inTurns: InTurns;
  readonly progress?: ((progress: Progress) => void) | undefined;
};
export type TakenBack = {
  /** Consequences (fields that rules had set) were left alone and must be worked out anew. */
  readonly consequencesLeft: boolean;
  /** What was left as it is because of what others have done since. */
  readonly obstacles: readonly Obstacle[];
};

/** Obstacles that are told; more of them are left alone as well. */
const MOST_TOLD = 200;
const TOLD_EVERY = 500;

/**
 * Puts what a change set changed back as it was, and leaves alone what anyone has changed since: the same field, record or point. The
 * caller refuses, or goes on with what could be taken back. Journals and lists of people lose what this change added to them, whatever others added.
 */
export async function takeBack(core: DraftCore, store: Store, set: ChangeSet, { inTurns, progress }: TakeBack): Promise<TakenBack> {
  const touches = await touchesAfter(store, set, inTurns);
  const obstacles: Obstacle[] = [];
  const inTheWay = (obstacle: Obstacle): void => void (obstacles.length < MOST_TOLD && obstacles.push(obstacle));
  const consequencesLeft = await inTurns(told(putAllBack({ core, set, touches, inTheWay }), set, progress));
  return { consequencesLeft, obstacles };
}

/** The same steps, with progress. */
function* told<R>(steps: Generator<void, R, void>, { rows, series }: ChangeSet, progress: TakeBack['progress']): Generator<void, R, void> {
  const total = rows.length + series.length;
  for (let done = 0; ; done += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (done % TOLD_EVERY === 0 && total > TOLD_EVERY) progress?.({ step: 'Taking back', done: Math.min(done, total), total });
    yield;
  }
}

type Work = {
  readonly core: DraftCore;
  readonly set: ChangeSet;
  readonly touches: Touches;
  readonly inTheWay: (obstacle: Obstacle) => void;
};

/** One record a step. */
function* putAllBack(work: Work): Generator<void, boolean, void> {
  let consequencesLeft = false;
  for (const change of work.set.rows) {
    yield;
    if (change.action === 'delete') restore(work, change);
    else if (change.action !== 'create' && putBack(work, change)) consequencesLeft = true;
  }
  yield* removeCreated(work);
  for (const change of work.set.series) {
    yield;
    putPointsBack(work, change);
  }
  return consequencesLeft;
}

function restore({ core, inTheWay }: Work, { table, id, before }: RowChange): void {
  // the before-image of a deletion is the whole row
  const row = before as AnyRow;
  if (core.row(table, id) !== undefined) return inTheWay({ what: 'exists', table, id, row });
  core.insert(table, { ...row, rev: row.rev + 1 });
}

/** Puts a record's fields back; true where a consequence was left as it is because something later has set it. */
function putBack({ core, set, touches, inTheWay }: Work, change: RowChange): boolean {
  const { table, id, before = {}, after = {} } = change;
  const row = core.row(table, id);
  if (row === undefined) {
    inTheWay({ what: 'deleted', table, id, row: undefined, later: touches.deleted(table, id) });
    return false;
  }
  const values: Record<string, unknown> = {};
  let left = false;
  for (const name of Object.keys(after)) {
    const later = row.stamps?.[name] === set.stamp ? undefined : touches.field(table, id, name);
    const field = fieldOf(table, name);
    const merged = field && withoutMine(field, { before: before[name], after: after[name], now: row[name] }, later !== undefined);
    if (later === undefined && field?.kind !== 'journal') values[name] = before[name];
    else if (merged !== undefined) values[name] = merged.value;
    else if (change.consequences?.includes(name) === true || field?.readOnly === true) left = true;
    else inTheWay({ what: 'field', table, id, row, field: name, later });
  }
  if (Object.keys(values).length > 0) core.set(table, id, values, inverse(change));
  return left;
}

/** Which action taking a change back amounts to, for the rules. */
function inverse({ table, action, before = {} }: RowChange): Change['action'] {
  if (action === 'close' || action === 'cancel') return 'reopen';
  const lifecycle = tableOf(table).lifecycle;
  if (action !== 'reopen' || lifecycle === undefined) return 'update';
  return before[lifecycle.field] === lifecycle.cancelled ? 'cancel' : 'close';
}

/** Records that point to one: those that belong to it or that jobs made for it go with it, those of people keep it. */
function dependents(core: DraftCore, table: TableName, id: string): readonly { table: TableName; row: AnyRow; goes: boolean }[] {
  return linksTo(table).flatMap((link) =>
    // Row seen generically
    (core.view.by(link.table, link.field, linkValue(link, id)) as readonly AnyRow[]).map((row) => ({
      table: link.table,
      row,
      goes: link.owned || isSystem(row.createdBy),
    })),
  );
}

/** Removes what the change set made, but for what has been changed since or what others have come to depend on. */
function* removeCreated({ core, set, touches, inTheWay }: Work): Generator<void, void, void> {
  const leaving = new Map<string, RowChange>();
  for (const change of set.rows) {
    if (change.action !== 'create') continue;
    yield;
    const { table, id } = change;
    const row = core.row(table, id);
    const later = row?.stamps === undefined ? undefined : touches.record(table, id);
    if (row === undefined) inTheWay({ what: 'deleted', table, id, row, later: touches.deleted(table, id) });
    else if (later !== undefined) inTheWay({ what: 'record', table, id, row, later });
    else leaving.set(id, change);
  }
  // what stays keeps what it hangs on, which keeps what that hangs on
  for (let before = -1; before !== leaving.size;) {
    before = leaving.size;
    for (const { table, id } of leaving.values()) {
      yield;
      const kept = dependents(core, table, id).find((one) => !one.goes && !leaving.has(one.row.id));
      if (kept === undefined) continue;
      leaving.delete(id);
      inTheWay({ what: 'depends', table: kept.table, id: kept.row.id, row: kept.row });
    }
  }
  for (const { table, id } of leaving.values()) {
    yield;
    removeWithOwned(core, table, id);
  }
}

function removeWithOwned(core: DraftCore, table: TableName, id: string): void {
  const owned = dependents(core, table, id).filter((one) => one.goes);
  if (core.row(table, id) !== undefined) core.remove(table, id);
  for (const one of owned) if (core.row(one.table, one.row.id) !== undefined) removeWithOwned(core, one.table, one.row.id);
}

function putPointsBack({ core, touches, inTheWay }: Work, change: SeriesChange): void {
  const { series, added, before } = change;
  const row = core.row('dataPointSeries', series);
  if (row === undefined) return core.setPoints(series, removePoints(core.points(series), core.points(series).end));
  const later = touches.ends(series);
  for (const day of [...added, ...before.end]) {
    const header = later.get(day);
    if (header === undefined || isSystem(header.actor)) continue;
    inTheWay({ what: 'values', table: 'dataPointSeries', id: series, row, later: header });
    break;
  }
  const mine = added.filter((day) => !later.has(day));
  const kept = before.end.some((day) => later.has(day)) ? removePoints(before, Int32Array.from(later.keys())) : before;
  core.setPoints(series, mergePoints(removePoints(core.points(series), mine), kept));
}
