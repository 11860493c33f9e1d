import { tablesOfField } from '../../../model/any-reference.ts';
import { isTableName, tableOf, type TableName } from '../../../model/dictionary.ts';
import type { DateOrder } from '../dates.ts';
import { chooseDateForm } from '../dates.ts';
import { importFields, importTables } from '../import-fields.ts';
import { allRecords, checkPlan } from './check-plan.ts';
import { completeTable, placeTouchpoints, planAlso } from './derive.ts';
import { planTable, skippedRows, type PlanState, type RecordSheet } from './fill-records.ts';
import { countOffers, offerEngagements } from './offer-engagements.ts';
import { openPlannedTable, type PlannedTable } from './planned-tables.ts';
import { planSeries, type SeriesPlan } from './plan-series.ts';
import * as status from './plan-types.ts';
import type { ImportPlan, PlanInput, PlannedRecord, PlanWorld, Question, SheetChoice, TableCount } from './plan-types.ts';
import { openProblems } from './problems.ts';

/** The orders that date columns of the set leave no doubt about, the most frequent first; then the time zone's habit. */
function preferredOrders(sheets: readonly SheetChoice[], timeZone: string): readonly DateOrder[] {
  const votes = new Map<DateOrder, number>();
  for (const { columns, into, sheet, facts } of sheets)
    for (const { index, field, dateOrder } of columns) {
      const kind = into === undefined || into === 'series' || field === undefined ? undefined : importFields(into).get(field)?.kind;
      const cells = sheet.columns[index]?.cells;
      if (cells === undefined || (kind !== 'date' && kind !== 'instant' && !(into === 'series' && field === 'day'))) continue;
      const { orders } = dateOrder === undefined ? chooseDateForm(facts[index]?.distinct ?? []) : { orders: [dateOrder] };
      const [only] = orders;
      if (orders.length === 1 && only !== undefined) votes.set(only, (votes.get(only) ?? 0) + 1);
    }
  const seen = [...votes].toSorted((a, b) => b[1] - a[1]).map(([order]) => order);
  const usual: readonly DateOrder[] = timeZone.startsWith('America/') || timeZone.startsWith('US/') ? ['mdy', 'dmy'] : ['dmy', 'mdy'];
  return [...new Set([...seen, ...usual])];
}

/** What points of a data source are called, as everywhere in the import. */
const VALUES = 'Values over time';

const DATE_WORDS: Readonly<Record<DateOrder, string>> = {
  iso: 'year, month, day',
  ymd: 'year, month, day',
  dmy: 'day, month, year',
  mdy: 'month, day, year',
};

/** A date column that its values leave open is a question, answered with the order in use until a person says otherwise. */
function dateQuestion(
  sheet: number,
  column: number,
  dates: { order: DateOrder | undefined; orders: readonly DateOrder[]; ambiguous: string | undefined },
  rows: number,
): Question | undefined {
  if (dates.ambiguous === undefined || dates.order === undefined) return undefined;
  return {
    questionId: `date:${sheet}:${column}`,
    sheet,
    column,
    value: dates.ambiguous,
    rows,
    candidates: dates.orders.map((order) => ({ key: order, label: DATE_WORDS[order], similarity: 1 })),
    answer: dates.order,
  };
}

type DateNotes = Map<number, { order: DateOrder | undefined; orders: readonly DateOrder[] }>[];

async function openState(
  input: PlanInput,
  world: PlanWorld,
): Promise<{ state: PlanState; questions: Map<string, Question>; dates: DateNotes }> {
  const tables = new Map<TableName, PlannedTable>();
  const questions = new Map<string, Question>();
  const dates: DateNotes = input.sheets.map(() => new Map());
  const problems = openProblems(input.sheets.map(({ sheet }) => sheet.lines.length));
  const sheets = input.sheets.map((choice, sheet) => ({
    ...choice,
    columns: choice.columns.map((column) => {
      const answer = input.answers.get(`date:${sheet}:${column.index}`);
      return column.dateOrder === undefined && isOrder(answer) ? { ...column, dateOrder: answer } : column;
    }),
  }));
  for (const [key, message] of input.refused ?? []) {
    const [sheet, row] = key.split(':').map(Number);
    if (sheet !== undefined && row !== undefined) problems.add(sheet, row, undefined, 'error', message);
  }
  const skip: Uint8Array[] = [];
  for (const choice of sheets) skip.push(await skippedRows(choice, world.turn));
  const state: PlanState = {
    world,
    sheets,
    problems,
    answers: input.answers,
    tables: (table) => {
      let known = tables.get(table);
      if (known === undefined) {
        known = openPlannedTable(table, world);
        tables.set(table, known);
      }
      return known;
    },
    ask: (question) => {
      const known = questions.get(question.questionId);
      if (known === undefined) questions.set(question.questionId, { ...question });
      else known.rows += question.rows;
    },
    prefer: preferredOrders(sheets, world.timeZone),
    named: namedTables(sheets),
    skip,
    noteDates: (sheet, column, found) => {
      dates[sheet]?.set(column, { order: found.order, orders: found.orders });
      const question = dateQuestion(sheet, column, found, sheets[sheet]?.sheet.lines.length ?? 0);
      if (question !== undefined) questions.set(question.questionId, question);
    },
  };
  return { state, questions, dates };
}

/** Record types that columns of the set refer to. */
function namedTables(sheets: readonly SheetChoice[]): ReadonlySet<TableName> {
  const named = new Set<TableName>();
  for (const { into, columns, also } of sheets) {
    for (const table of also) named.add(table);
    for (const { field } of columns) {
      const refers = into === undefined || into === 'series' || field === undefined ? undefined : importFields(into).get(field);
      for (const to of refers === undefined ? [] : tablesOfField(refers)) named.add(to);
      if (into === 'series' && field !== undefined && isTableName(field)) named.add(field);
    }
  }
  return named;
}

function isOrder(text: string | undefined): text is DateOrder {
  return text === 'iso' || text === 'dmy' || text === 'mdy' || text === 'ymd';
}

function rowStatuses(state: PlanState, planned: readonly RecordSheet[]): readonly Uint8Array[] {
  const rows = state.sheets.map(({ sheet, into }, index) => {
    const list = new Uint8Array(sheet.lines.length);
    if (into === undefined) return list;
    for (let row = 0; row < list.length; row += 1)
      list[row] =
        state.skip[index]?.[row] === 1
          ? status.ROW_LEFT_OUT
          : state.problems.isBad(index, row)
            ? status.ROW_HELD
            : into === 'series'
              ? status.ROW_CREATE
              : status.ROW_UNCHANGED;
    return list;
  });
  for (const { index, records } of planned) {
    const list = rows[index];
    for (const [row, record] of records.entries()) {
      if (list === undefined || record === undefined || list[row] !== status.ROW_UNCHANGED) continue;
      if (record.held) list[row] = status.ROW_HELD;
      else if (record.status !== 'unchanged') list[row] = record.status === 'create' ? status.ROW_CREATE : status.ROW_UPDATE;
    }
  }
  return rows;
}

function countTables(
  state: PlanState,
  records: readonly PlannedRecord[],
  rows: readonly Uint8Array[],
  series: SeriesPlan,
): readonly TableCount[] {
  const counts = new Map<string, TableCount>();
  const of = (table: string, label: string): TableCount => {
    let count = counts.get(table);
    if (count === undefined) {
      count = { table, label, create: 0, update: 0, unchanged: 0, held: 0 };
      counts.set(table, count);
    }
    return count;
  };
  for (const record of records) {
    const count = of(record.table, tableOf(record.table).plural);
    if (record.held) {
      if (record.origin !== 'row') count.held += 1;
    } else count[record.status] += 1;
  }
  for (const [index, { into }] of state.sheets.entries()) {
    if (into === undefined) continue;
    const held = rows[index]?.reduce((sum, one) => sum + (one === status.ROW_HELD ? 1 : 0), 0) ?? 0;
    const isSeries = into === 'series';
    of(isSeries ? 'series' : into, isSeries ? VALUES : tableOf(into).plural).held += held;
  }
  if (series.series.length > 0) {
    const count = of('series', VALUES);
    count.create += series.points;
    count.unchanged += series.series.reduce((sum, { points, fresh }) => sum + points.end.length - fresh, 0);
  }
  return [...counts.values()];
}

/**
 * Works out what bringing in a set would do: every record that it creates, changes or leaves as it is, every value, and every
 * problem at its row and cell. Changes nothing; the same input against the same records gives the same plan but for new IDs.
 */
export async function planSet(input: PlanInput, world: PlanWorld): Promise<ImportPlan> {
  const { state, questions, dates } = await openState(input, world);
  const planned: RecordSheet[] = [];
  for (const table of importTables) {
    const sheets = await planTable(state, table);
    completeTable(state, table);
    if (table === 'contract') for (const sheet of sheets) await planAlso(state, sheet);
    planned.push(...sheets);
    await world.turn();
  }
  const engagementCounts = await countOffers(state);
  await world.turn();
  await offerEngagements(state, input.engagements);
  placeTouchpoints(state);
  await checkPlan(state);
  const series = await planSeries(state);
  const records = allRecords(state);
  const rows = rowStatuses(state, planned);
  return {
    records,
    sources: series.sources,
    series: series.series,
    problems: state.problems.listed(),
    errors: state.problems.errors(),
    warnings: state.problems.warnings(),
    questions: [...questions.values()],
    counts: countTables(state, records, rows, series),
    rows,
    engagementCounts,
    dateOrders: dates,
    points: series.points,
  };
}
