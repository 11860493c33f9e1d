import type { Target } from '#shared/contract/areas/lists.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { fieldAt, type FieldPath } from '#shared/domain/derived/field-path.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { writeSheets } from '../importing/file-desk.ts';
import { writeCsv } from '../importing/write/csv.ts';
import { closedIn, groupRows, linesOf, type Closed, type Group } from './group-rows.ts';
import { cellColumns, cellText } from './list-cells.ts';
import { fieldOf } from './derived-schema.ts';
import { refOf, refsOf } from './refs.ts';
import { filterRows, selectRows, sortWorld, type Selection } from './select-rows.ts';
import type { SortField, SortWorld } from './sort-keys.ts';
import { sumColumn, type Sum } from './sum-rows.ts';

type Names = 'records.lines' | 'records.ids' | 'records.groupIds' | 'records.cells' | 'records.export';

/** IDs that one answer holds, and rows that go to the clipboard. */
const MOST_IDS = 100_000;
const MOST_COPIED = 20_000;

type Arrangement = Selection & { readonly group?: string | undefined; readonly closed?: Closed | undefined };

/** Sums and groups of rows that were found once; the rows are a new list whenever anything has changed. */
const kept = new WeakMap<readonly AnyRow[], Map<string, unknown>>();

function once<V>(rows: readonly AnyRow[], key: string, make: () => V): V {
  const known = kept.get(rows) ?? new Map<string, unknown>();
  kept.set(rows, known);
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as V; // one kind of value under each key
}

/** Grouping puts the group's field first; a direction that the list has for it counts. */
function sortOf(sort: readonly SortField[], group: string | undefined): readonly SortField[] {
  if (group === undefined) return sort;
  const own = sort.find(({ field }) => field === group);
  return [own ?? { field: group, direction: 'up' }, ...sort.filter(({ field }) => field !== group)];
}

function arranged(context: EngineContext, { sort = [], group, ...filter }: Arrangement) {
  const found = filterRows(context, filter);
  const rows = selectRows(context, { ...filter, sort: sortOf(sort, group) });
  const groups =
    group === undefined ? undefined : once(rows, `group ${group}`, () => groupRows(filter.table, group, rows, sortWorld(context)));
  return { found, rows, groups };
}

function sumsOf(paths: readonly FieldPath[], rows: readonly AnyRow[], world: SortWorld): Sum[] {
  return paths.map((path) => once(rows, `sum ${path.path}`, () => sumColumn(path, rows, world)));
}

/** Values of columns that no field of the row holds itself. */
function beyond(paths: readonly FieldPath[], row: AnyRow, { view, asOf }: SortWorld): Record<string, unknown> {
  return Object.fromEntries(
    paths.flatMap((path) => {
      const value = path.read(row, view, asOf);
      return value === undefined ? [] : [[path.path, value]];
    }),
  );
}

/** Names of what derived columns and those of other records refer to. */
function refsBeyond(paths: readonly FieldPath[], rows: readonly AnyRow[], { view, asOf }: SortWorld) {
  const refs: Record<string, ReturnType<typeof refOf>> = {};
  for (const path of paths.filter(({ kind }) => kind === 'reference' || kind === 'references' || kind === 'anyReference'))
    for (const row of rows)
      for (const ref of refsIn(path, path.read(row, view, asOf))) {
        const target: AnyRow | undefined = view.get(ref.table, ref.id);
        if (target !== undefined) refs[target.id] ??= refOf(ref.table, target, view);
      }
  return refs;
}

/** A window of a list with what its columns come to. Throws AppError `validation` where a field or the condition does not fit the record type. */
export function listLines(
  context: EngineContext,
  { columns, sums, window, closed, ...arrangement }: Parsed<'records.lines'>,
): Output<'records.lines'> {
  const { table } = arrangement;
  const world = sortWorld(context);
  const { view, more } = world;
  const { found, rows, groups } = arranged(context, arrangement);
  const others = columns.filter((path) => fieldOf(table, path) === undefined).map((path) => fieldAt(table, path, more));
  const summed = sums.map((path) => fieldAt(table, path, more));
  const listed = (row: AnyRow) => ({ kind: 'row' as const, row, label: labelOf(table, row, view), derived: beyond(others, row, world) });
  const headed = ({ key, label, rows: own }: Group, isClosed: boolean) => ({
    kind: 'group' as const,
    key,
    ...(label === undefined ? {} : { label }),
    count: own.length,
    closed: isClosed,
    sums: sumsOf(summed, own, world),
  });
  const shown =
    groups === undefined
      ? { total: rows.length, lines: rows.slice(window.offset, window.offset + window.limit).map((row) => ({ row })) }
      : linesOf(groups, closedIn(closed), window);
  const inSight = shown.lines.flatMap(({ row }) => (row === undefined ? [] : [row]));
  return {
    total: shown.total,
    count: rows.length,
    groups: groups?.length ?? 0,
    rows: shown.lines.map((line) => (line.row === undefined ? headed(line.group, line.isClosed) : listed(line.row))),
    // another order of the same rows comes to the same
    sums: sumsOf(summed, found, world),
    refs: { ...refsOf(table, inSight, view), ...refsBeyond(others, inSight, world) },
  };
}

function limited(ids: string[]): { ids: string[] } {
  if (ids.length <= MOST_IDS) return { ids };
  throw new AppError('limit', `At most ${MOST_IDS.toLocaleString('en')} records can be chosen one by one.`, {
    wayOut: 'Filter the list and choose all that match (Ctrl+A).',
  });
}

/** The rows that something is done to, in the list's order. A record that is gone is passed over. */
export function targetRows(context: EngineContext, table: TableName, target: Target, sort?: readonly SortField[]): readonly AnyRow[] {
  if ('ids' in target) {
    const wanted = new Set(target.ids);
    const rows = target.ids.flatMap((id) => (context.view.get(table, id) as AnyRow | undefined) ?? []); // Row seen generically
    if (sort === undefined || sort.length === 0) return rows.length === wanted.size ? rows : [...new Set(rows)];
    return selectRows(context, { table, sort }).filter(({ id }) => wanted.has(id));
  }
  const { condition, search, except = [] } = target;
  const left = new Set(except);
  const rows = selectRows(context, { table, condition, search, sort });
  return left.size === 0 ? rows : rows.filter(({ id }) => !left.has(id));
}

/** What list screens ask. */
export const listHandlers: Handlers<Names> = {
  'records.lines': listLines,
  'records.ids': (context, { from, to, closed, ...arrangement }) => {
    const { rows, groups } = arranged(context, arrangement);
    const window = { offset: from, limit: Math.max(0, to - from + 1) };
    const found =
      groups === undefined
        ? rows.slice(from, to + 1)
        : linesOf(groups, closedIn(closed), window).lines.flatMap(({ row }) => (row === undefined ? [] : [row]));
    return limited(found.map(({ id }) => id));
  },
  'records.groupIds': (context, { key, ...arrangement }) =>
    limited(
      arranged(context, arrangement)
        .groups?.find((group) => group.key === key)
        ?.rows.map(({ id }) => id) ?? [],
    ),
  'records.cells': (context, { table, target, sort, columns }) => {
    const rows = targetRows(context, table, target, sort);
    const shown = cellColumns(table, columns, sortWorld(context));
    return {
      headings: shown.map(({ heading }) => heading),
      numeric: shown.map(({ numeric }) => numeric),
      rows: rows.slice(0, MOST_COPIED).map((row) => shown.map(({ cell }) => cellText(cell(row)))),
      total: rows.length,
    };
  },
  'records.export': async (context, { table, target, sort, columns, format }, { progress, signal }) => {
    const rows = targetRows(context, table, target, sort);
    const shown = cellColumns(table, columns, sortWorld(context));
    const headings = shown.map(({ heading }) => heading);
    let done = 0;
    const turn = async () => {
      progress({ step: 'Writing rows', done, total: rows.length });
      await context.host.yieldTurn();
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled. No file was written.');
    };
    const cells = function* () {
      for (const row of rows) {
        done += 1;
        yield shown.map(({ cell }) => cell(row));
      }
    };
    await turn();
    const bytes =
      format === 'csv'
        ? await writeCsv(headings, cells(), { turn })
        : await writeSheets(context.host, [{ name: tableOf(table).plural, headings, rows: cells() }], turn, signal);
    return { fileName: `${tableOf(table).plural.toLowerCase().replaceAll(' ', '-')}.${format}`, bytes };
  },
};
