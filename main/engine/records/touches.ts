import type { TableName } from '#shared/model/dictionary.ts';
import type { ChangeHeader, ChangeSet } from '../store/change-set.ts';
import type { Store } from '../store/store.ts';
import { eachStep } from '../host/in-turns.ts';
import { standingAfter } from './undo-stacks.ts';
import type { InTurns } from './writer.ts';

/** Later changes of the fields, records and points of a change set, by people and jobs, as far as they still stand. */
export type Touches = {
  readonly field: (table: TableName, id: string, field: string) => ChangeHeader | undefined;
  /** The last change by a person. */
  readonly record: (table: TableName, id: string) => ChangeHeader | undefined;
  readonly deleted: (table: TableName, id: string) => ChangeHeader | undefined;
  readonly ends: (series: string) => ReadonlyMap<number, ChangeHeader>;
};

const NONE: ReadonlyMap<number, ChangeHeader> = new Map();

/** Whether a change was made by Satchel itself. */
export const isSystem = (actor: string): boolean => actor.startsWith('system:');

/** Looks through what was committed after a change set, for its own records alone. */
export async function touchesAfter(store: Store, set: ChangeSet, inTurns: InTurns): Promise<Touches> {
  const keyOf = (table: string, id: string) => `${table}:${id}`;
  const own = new Set<string>();
  const ownSeries = new Set(set.series.map(({ series }) => series));
  const fields = new Map<string, ChangeHeader>();
  const records = new Map<string, ChangeHeader>();
  const deleted = new Map<string, ChangeHeader>();
  const ends = new Map<string, Map<number, ChangeHeader>>();

  const collect = function* (told: ChangeHeader, later: ChangeSet): Generator<void, void, void> {
    for (const { table, id, action, after, by, at } of later.rows) {
      yield;
      // one's own change that comes back from the central store as it was touches nothing
      if (action === 'update' && Object.keys(after ?? {}).length === 0) continue;
      const header = by === undefined ? told : { ...told, actor: by, at: at ?? told.at };
      const key = keyOf(table, id);
      if (!own.has(key)) continue;
      for (const field of Object.keys(after ?? {})) fields.set(`${key}:${field}`, header);
      if (!isSystem(header.actor)) records.set(key, header);
      if (action === 'delete') deleted.set(key, header);
    }
    for (const { series, added, before } of later.series) {
      yield;
      if (!ownSeries.has(series)) continue;
      const days = ends.get(series) ?? new Map<number, ChangeHeader>();
      for (const day of [...added, ...before.end]) days.set(day, told);
      ends.set(series, days);
    }
  };
  const after = standingAfter(await store.history.headers(), set.seq);
  if (after.length > 0) await inTurns(eachStep(set.rows, ({ table, id }) => void own.add(keyOf(table, id))));
  for (const header of after) {
    const later = await store.history.read(header.seq);
    if (later !== undefined) await inTurns(collect(header, later));
  }
  return {
    field: (table, id, field) => fields.get(`${keyOf(table, id)}:${field}`),
    record: (table, id) => records.get(keyOf(table, id)),
    deleted: (table, id) => deleted.get(keyOf(table, id)),
    ends: (series) => ends.get(series) ?? NONE,
  };
}
