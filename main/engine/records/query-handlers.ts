import { labelOf } from '#shared/domain/labels/record-label.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { consequencesOf } from './consequences.ts';
import { findRecords, firstByLabel } from '../search/record-search.ts';
import { linksTo, linkValue } from './derived-schema.ts';
import { derivedOf, refOf, refsOf } from './refs.ts';
import { selectRows } from './select-rows.ts';

type QueryNames =
  | 'records.get'
  | 'records.list'
  | 'records.counts'
  | 'records.related'
  | 'records.consequences'
  | 'records.undoable'
  | 'records.lookup'
  | 'records.find';

const FIRST_RELATED = 5;

function need({ view }: EngineContext, table: TableName, id: string): AnyRow {
  const row: AnyRow | undefined = view.get(table, id);
  if (row !== undefined) return row;
  throw new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
}

function derived(context: EngineContext, table: TableName, row: AnyRow): Record<string, unknown> {
  return derivedOf(table, row, context.view, context.settings().asOf, context.derivedFields.all());
}

/** Lists of records that point to one, newest first within each. */
function related(context: EngineContext, table: TableName, id: string) {
  const { view } = context;
  return linksTo(table).flatMap((link) => {
    const rows = view.by(link.table, link.field, linkValue(link, id)) as readonly AnyRow[]; // Row seen generically
    if (rows.length === 0) return [];
    const { plural, fields } = tableOf(link.table);
    const several = linksTo(table).filter((one) => one.table === link.table).length > 1;
    const label = several ? `${plural} (${fields[link.field]?.label ?? link.field})` : plural;
    const first = rows
      .slice(-FIRST_RELATED)
      .toReversed()
      .map((row) => refOf(link.table, row, view));
    return [{ table: link.table, field: link.field, label, count: rows.length, first }];
  });
}

/** What screens ask of records. */
export const recordQueries: Handlers<QueryNames> = {
  'records.get': (context, { table, id }) => {
    const row = need(context, table, id);
    const { view } = context;
    return { row, label: labelOf(table, row, view), refs: refsOf(table, [row], view), derived: derived(context, table, row) };
  },
  'records.list': (context, { window, ...selection }) => {
    const all = selectRows(context, selection);
    const rows = all.slice(window.offset, window.offset + window.limit);
    const { view } = context;
    const { table } = selection;
    return {
      total: all.length,
      rows: rows.map((row) => ({ row, label: labelOf(table, row, view), derived: derived(context, table, row) })),
      refs: refsOf(table, rows, view),
    };
  },
  'records.counts': ({ view }) => ({ counts: Object.fromEntries(tableNames.map((table) => [table, view.count(table)])) }),
  'records.related': (context, { table, id }) => {
    need(context, table, id);
    return { lists: related(context, table, id) };
  },
  'records.consequences': consequencesOf,
  'records.undoable': async (context, _input, call) => {
    const { undo, redo } = await context.undo.next(call.actor);
    return { ...(undo === undefined ? {} : { undo }), ...(redo === undefined ? {} : { redo }) };
  },
  'records.lookup': async (context, { table, text, limit }) => {
    const found =
      text.trim() === '' ? firstByLabel(context, table, limit) : (await findRecords(context, text, { limit, only: [table] })).found;
    return { found: found.map((one) => refOf(one.table, one.row, context.view)) };
  },
  'records.find': async (context, { text, limit }) => {
    const { found } = await findRecords(context, text, { limit });
    return { found: found.map((one) => refOf(one.table, one.row, context.view)) };
  },
};
