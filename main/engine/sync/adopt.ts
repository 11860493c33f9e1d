import { accessOf } from '#shared/domain/permission/rights.ts';
import { parseRef, refTo, tablesOfField } from '#shared/model/any-reference.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { linksTo, linkValue, referringFields } from '#shared/model/links.ts';
import { entriesOf } from '#shared/sync-core/journal-change.ts';
import { LOCAL_USER } from '../people/callers.ts';
import { withValues } from '../records/draft-core.ts';
import type { Brought } from '../records/writer.ts';
import type { RecordName } from '../store/purge-history.ts';
import type { SyncRow } from '../store/sync-rows.ts';
import type { Applying } from './apply-page.ts';
import { changeBetween } from './replay.ts';
import { ADOPTED, kept, nameOf, STANDING, standingOf, type Adopted, type Standing } from './sync-keys.ts';
import { parentsFirst, rankOf } from './table-order.ts';
import { staysHere } from './wire.ts';

/** So many records are sent as one intent; where one of them is refused, halves of it are. */
const RECORDS_AT_ONCE = 500;
const POINTS_AT_ONCE = 20_000;
/** What a workspace has once for everyone: the same thing made on two devices is one. */
const SHARED_ACCESS: ReadonlySet<string> = new Set(['people', 'catalogue', 'configuration', 'content']);

const low = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');

/** By what the same thing on two devices is told; undefined where it is not. */
function likeness(table: TableName, row: AnyRow): string | undefined {
  if (!SHARED_ACCESS.has(accessOf(table))) return undefined;
  if (table === 'user' && low(row['email']) !== '') return low(row['email']);
  const { unique, title } = tableOf(table);
  const words = (unique?.[0] ?? title).map((field) => low(row[field]));
  return words.every((word) => word === '') ? undefined : words.join('\n');
}

type Local = { readonly table: TableName; readonly row: AnyRow };

/**
 * Queues what was here before the first sign-in, once everything of the server's is here: people and definitions that both have become one,
 * what the device's person did is under their name, and the rest goes up as it is now.
 */
export async function adopt({ store, writer, queue, newId }: Applying, now: string): Promise<void> {
  await writer.bring(async (inTurns): Promise<Brought | undefined> => {
    const standing = standingOf(store.sync);
    if (standing === undefined || standing.adopted) return undefined;
    const done: Standing = { ...standing, adopted: true };
    const nothing = { label: 'Signed in', rows: [], puts: new Map(), removes: new Map() };
    await inTurns(queue.index());
    const isQueued = (table: TableName, id: string): boolean =>
      queue.changesOf(table, id, () => false).some(({ action }) => action === 'create');
    const locals = await inTurns(
      localRows(store.rows.view.all, (table, id) => queue.known.version(table, id) !== undefined || isQueued(table, id)),
    );
    if (locals.length === 0) return { ...nothing, sync: { put: [kept(STANDING, done)] } };

    const twins = await inTurns(
      twinsOf(locals, standing, (table, id) => queue.known.version(table, id) !== undefined, store.rows.view.all),
    );
    const gone = await inTurns(withOwned(twins, (table, field, value) => store.rows.table(table).by(field, value)));
    const rows: Brought['rows'][number][] = [];
    const puts: Brought['puts'] = new Map();
    const removes: Brought['removes'] = new Map();
    const left = new Map<TableName, AnyRow[]>();
    const rename = renamer(twins, standing.user);
    await inTurns(
      (function* () {
        for (const { table, row } of locals) {
          yield;
          if (gone.has(nameOf(table, row.id))) {
            rows.push({ table, id: row.id, action: 'delete', rev: row.rev, before: row });
            removes.set(table, [...(removes.get(table) ?? []), row.id]);
            continue;
          }
          const renamed = rename(table, row);
          left.set(table, [...(left.get(table) ?? []), renamed]);
          const change = changeBetween(table, row.id, row, withValues(renamed, { rev: row.rev + 1 }));
          if (change === undefined) continue;
          rows.push(change);
          puts.set(table, [...(puts.get(table) ?? []), withValues(renamed, { rev: row.rev + 1 })]);
        }
      })(),
    );
    const records: RecordName[] = [];
    for (const table of [...left.keys()].toSorted((a, b) => rankOf(a) - rankOf(b)))
      for (const { id } of await inTurns(parentsFirst(table, left.get(table) ?? []))) records.push({ table, id });
    const put: SyncRow[] = [kept(STANDING, done)];
    for (let from = 0; from < records.length; from += RECORDS_AT_ONCE) {
      const adopted: Adopted = { id: newId(), at: now, records: records.slice(from, from + RECORDS_AT_ONCE) };
      put.push(kept(`${ADOPTED}${String(from / RECORDS_AT_ONCE).padStart(6, '0')}.`, adopted));
    }
    const run = put.length;
    const series = (left.get('dataPointSeries') ?? []).flatMap(({ id }) => {
      const days = [...(store.series.points(id)?.end ?? [])];
      return days.length === 0 ? [] : [{ series: id, days }];
    });
    // after all records, so that no series is waited for
    for (const [at, points] of runsOfPoints(series).entries())
      put.push(kept(`${ADOPTED}${String(run + at).padStart(6, '0')}.`, { id: newId(), at: now, records: [], points } satisfies Adopted));
    return { ...nothing, rows, puts, removes, sync: { put }, shown: queue.readAdopted };
  });
}

type AdoptedPoints = NonNullable<Adopted['points']>;

/** Series as they are sent together: so many, and so many points of them. */
function runsOfPoints(series: AdoptedPoints): readonly AdoptedPoints[] {
  const runs: AdoptedPoints[number][][] = [];
  let points = Infinity;
  for (const one of series) {
    const run = runs.at(-1);
    points += one.days.length;
    if (run !== undefined && run.length < RECORDS_AT_ONCE && points <= POINTS_AT_ONCE) run.push(one);
    else {
      runs.push([one]);
      points = one.days.length;
    }
  }
  return runs;
}

function* localRows(
  all: (table: TableName) => Iterable<AnyRow>,
  isKnown: (table: TableName, id: string) => boolean,
): Generator<void, readonly Local[], void> {
  const found: Local[] = [];
  for (const table of tableNames) {
    if (table === 'syncConflict') continue;
    for (const row of all(table)) {
      yield;
      if (!staysHere(table, row) && !isKnown(table, row.id)) found.push({ table, row });
    }
  }
  return found;
}

/** Local records that the workspace has already: `table/id` → its ID there. */
function* twinsOf(
  locals: readonly Local[],
  { user, former }: Standing,
  isKnown: (table: TableName, id: string) => boolean,
  all: (table: TableName) => Iterable<AnyRow>,
): Generator<void, ReadonlyMap<string, string>, void> {
  const twins = new Map<string, string>();
  const there = new Map<string, string>();
  for (const table of new Set(locals.map((one) => one.table)))
    for (const row of all(table)) {
      yield;
      const like = isKnown(table, row.id) ? likeness(table, row) : undefined;
      if (like !== undefined) there.set(`${table}\n${like}`, row.id);
    }
  for (const { table, row } of locals) {
    yield;
    const like = likeness(table, row);
    const twin = like === undefined ? undefined : there.get(`${table}\n${like}`);
    if (twin !== undefined) twins.set(nameOf(table, row.id), twin);
    else if (table === 'user' && row.id === former) twins.set(nameOf(table, row.id), user);
  }
  return twins;
}

/** The twins with what belongs to their definition: the workspace has its own. Values that were brought in are the person's and stay. */
function* withOwned(
  twins: ReadonlyMap<string, string>,
  by: (table: TableName, field: string, value: string) => readonly AnyRow[],
): Generator<void, ReadonlySet<string>, void> {
  const gone = new Set(twins.keys());
  for (const name of gone) {
    yield;
    const ref = parseRef(name);
    if (ref === undefined) continue;
    for (const link of linksTo(ref.table))
      if (link.owned && SHARED_ACCESS.has(accessOf(link.table)))
        for (const row of by(link.table, link.field, linkValue(link, ref.id))) gone.add(nameOf(link.table, row.id));
  }
  return gone;
}

/** A row that names the workspace's people and records instead of their local twins. */
function renamer(twins: ReadonlyMap<string, string>, user: string): (table: TableName, row: AnyRow) => AnyRow {
  const person = (id: unknown): unknown => (typeof id !== 'string' ? id : id === LOCAL_USER ? user : (twins.get(nameOf('user', id)) ?? id));
  const renamed = (table: TableName | undefined, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one: unknown) => renamed(table, one));
    if (typeof value !== 'string') return value;
    const ref = table === undefined ? parseRef(value) : undefined;
    if (ref !== undefined) return refTo(ref.table, twins.get(value) ?? ref.id);
    return table === undefined ? value : (twins.get(nameOf(table, value)) ?? value);
  };
  return (table, row) => {
    const values: Record<string, unknown> = { createdBy: person(row.createdBy), updatedBy: person(row.updatedBy) };
    for (const [name, field] of referringFields(table)) {
      const to = tablesOfField(field);
      values[name] = renamed(field.kind === 'anyReference' ? undefined : to[0], row[name]);
    }
    for (const [name, { kind }] of Object.entries(tableOf(table).fields))
      if (kind === 'journal' && row[name] !== undefined)
        values[name] = entriesOf(row[name]).map((entry) => ({ ...entry, by: person(entry.by) }));
    return withValues(row, values);
  };
}
