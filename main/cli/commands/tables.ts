import { extname } from 'node:path';
import type { Output } from '#shared/contract/engine-contract.ts';
import { viewOfLists, type ChoiceView } from '#shared/domain/choices.ts';
import { parseWhere } from '#shared/domain/condition/parse-where.ts';
import { isTableName, tableNames, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { UsageError, type Command, type Opened } from '../command-line.ts';
import { report, textTable } from '../report.ts';

function tableFrom(word: string | undefined): TableName {
  const known = tableNames.find((name) => name === word || tableOf(name).plural.toLowerCase() === word?.toLowerCase());
  if (known !== undefined) return known;
  throw new UsageError(`"${word ?? ''}" is not a record type. Record types: ${tableNames.filter((name) => isTableName(name)).join(', ')}.`);
}

function formatFrom(path: string | undefined): 'csv' | 'xlsx' {
  const ending = path === undefined ? '.csv' : extname(path).toLowerCase();
  if (ending === '.csv') return 'csv';
  if (ending === '.xlsx') return 'xlsx';
  throw new UsageError('--to takes a file name that ends in .csv or .xlsx.');
}

async function deliver(invocation: Opened, made: { readonly fileName: string; readonly bytes: Uint8Array }) {
  const to = invocation.text('to');
  if (to === undefined)
    return report({ file: made.fileName, text: new TextDecoder().decode(made.bytes) }, [
      new TextDecoder()
        .decode(made.bytes)
        .replace(/^\uFEFF/, '')
        .trimEnd(),
    ]);
  await invocation.write(to, made.bytes);
  return report({ file: to, bytes: made.bytes.length }, [`${to} written.`]);
}

/** `satchel template`: an empty import file of a record type (ONB-04). */
export const template: Command = {
  name: 'template',
  usage: 'template TABLE [--to x.csv|x.xlsx]',
  summary: 'An empty import file for a record type, with its headings and allowed choices.',
  words: [1, 1],
  options: { to: { type: 'string' } },
  run: async (invocation) => {
    const made = await invocation.client.call('export.template', {
      table: tableFrom(invocation.words[0]),
      format: formatFrom(invocation.text('to')),
    });
    return deliver(invocation, made);
  },
};

/** `satchel export`: a record type as CSV or XLSX (DSH-11). */
export const exportTable: Command = {
  name: 'export',
  usage: 'export TABLE [--where CONDITION] [--to x.csv|x.xlsx]',
  summary: 'The records of a type as CSV or XLSX.',
  words: [1, 1],
  options: { to: { type: 'string' }, where: { type: 'string' } },
  run: async (invocation) => {
    const table = tableFrom(invocation.words[0]);
    const where = invocation.text('where');
    const ids = where === undefined ? undefined : (await matching(invocation, table, where)).map((each) => each.row.id);
    return deliver(
      invocation,
      await invocation.client.job('export.table', { table, format: formatFrom(invocation.text('to')), ...(ids && { ids }) }),
    );
  },
};

/** The choices that were added to lists or renamed, so that a condition may call them by their labels. */
async function choicesOf({ client }: Opened): Promise<ChoiceView> {
  return viewOfLists((await client.call('choices.changed', {})).lists);
}

async function matching(invocation: Opened, table: TableName, where: string | undefined, most = Number.POSITIVE_INFINITY) {
  const condition = where === undefined ? undefined : parseWhere(where, table, undefined, await choicesOf(invocation));
  const rows: Output<'records.list'>['rows'] = [];
  for (let offset = 0; rows.length < most; offset += 1000) {
    const page: Output<'records.list'> = await invocation.client.call('records.list', {
      table,
      window: { offset, limit: Math.min(1000, most - rows.length) },
      ...(condition && { condition }),
    });
    rows.push(...page.rows);
    if (rows.length >= page.total || page.rows.length === 0) break;
  }
  return rows;
}

/** `satchel query`: records that match a condition. */
export const query: Command = {
  name: 'query',
  usage: 'query TABLE [--where CONDITION] [--limit N] [--json]',
  summary: 'Records of a type that match a condition, for example --where "stage is adoption and renewalDate before 2025-01-01".',
  words: [1, 1],
  options: { where: { type: 'string' }, limit: { type: 'string' } },
  run: async (invocation) => {
    const table = tableFrom(invocation.words[0]);
    const limit = Number(invocation.text('limit') ?? '100');
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number above 0.');
    const rows = await matching(invocation, table, invocation.text('where'), limit);
    const fields = Object.entries(tableOf(table).fields)
      .filter(([, field]) => field.column !== undefined)
      .toSorted(([, a], [, b]) => (a.column ?? 0) - (b.column ?? 0))
      .slice(0, 8);
    const columns = [
      { heading: 'Record', cell: (each: (typeof rows)[number]) => each.row.number ?? each.row.id },
      ...fields.map(([name, field]) => ({ heading: field.label, cell: (each: (typeof rows)[number]) => cellText(each.row[name]) })),
    ];
    return report(
      rows.map((each) => ({ ...each.row, ...each.derived })),
      [...textTable(rows, columns), `${rows.length} shown.`],
    );
  },
};

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
