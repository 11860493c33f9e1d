import { tableOf, type Row, type TableName } from '../../../model/dictionary.ts';
import type { PackedSeries } from '../../series/packed-series.ts';
import { derivedId } from '../../../util/derived-id.ts';
import { fold } from '../../../util/folding.ts';
import { SERIES_RECORDS } from '../import-fields.ts';
import { measureName } from '../map-series.ts';
import { convertDays, convertNumbers, convertText, faultAt, valueAt, type Converted } from './convert.ts';
import type { PlanState } from './fill-records.ts';
import type { PlannedSeries, PlannedSource, SheetChoice } from './plan-types.ts';
import { resolveReferences } from './references.ts';

type Source = Row<'dataSource'>;
type SourceDraft = PlannedSource & { readonly measure: string; readonly rollUp: Source['rollUp'] };
export type SeriesPlan = { readonly sources: readonly SourceDraft[]; readonly series: readonly PlannedSeries[]; readonly points: number };

type SeriesColumns = {
  readonly table: TableName;
  readonly records: Converted & { readonly warnings: ReadonlyMap<number, string> };
  readonly days: Converted;
  readonly values: Converted;
  readonly parts: Converted | undefined;
  readonly measures: Converted | undefined;
  readonly measureName: string;
};

async function columnsOf(state: PlanState, index: number, choice: SheetChoice): Promise<SeriesColumns | undefined> {
  const { turn } = state.world;
  const find = (...fields: string[]) => choice.columns.find(({ field }) => field !== undefined && fields.includes(field));
  const cellsOf = (column: { readonly index: number } | undefined) =>
    column === undefined ? undefined : choice.sheet.columns[column.index];
  const record = find(...SERIES_RECORDS);
  const [day, value] = [find('day'), find('value')];
  const [recordCells, dayCells, valueCells] = [cellsOf(record), cellsOf(day), cellsOf(value)];
  if (
    record?.field === undefined ||
    recordCells === undefined ||
    dayCells === undefined ||
    valueCells === undefined ||
    day === undefined ||
    value === undefined
  )
    return undefined;
  const table = record.field as TableName; // one of SERIES_RECORDS
  const days = await convertDays(dayCells.cells, state.prefer, day.dateOrder, turn);
  if (days.dates !== undefined) state.noteDates(index, day.index, days.dates);
  const [part, measure] = [cellsOf(find('part')), cellsOf(find('measure'))];
  return {
    table,
    records: await resolveReferences(recordCells.cells, {
      sheet: index,
      column: record.index,
      heading: choice.sheet.headings[record.index] ?? '',
      isMandatory: true,
      to: state.tables(table),
      answers: state.answers,
      ask: state.ask,
      skip: state.skip[index],
      turn,
    }),
    days,
    values: await convertNumbers(valueCells.cells, valueCells.typed, turn),
    parts: part && (await convertText(part.cells, turn)),
    measures: measure && (await convertText(measure.cells, turn)),
    measureName: measureName(choice.sheet.headings[value.index] ?? ''),
  };
}

/** Numbers texts in order of appearance. */
function numbering(): { readonly of: (text: string) => number; readonly texts: readonly string[] } {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  return {
    texts,
    of: (text) => {
      let number = numbers.get(text);
      if (number === undefined) {
        number = texts.length;
        numbers.set(text, number);
        texts.push(text);
      }
      return number;
    },
  };
}

/** The values of one column as numbers of their distinct texts, so that rows are grouped without looking at texts. */
function codesOf(
  converted: Converted | undefined,
  fallback: string,
): { readonly at: (row: number) => number; readonly texts: readonly string[] } {
  const { of, texts } = numbering();
  if (converted === undefined) {
    of(fallback);
    return { at: () => 0, texts };
  }
  const codes = converted.values.map((value) => of(typeof value === 'string' ? value : fallback));
  const { codes: rows } = converted;
  return { at: rows === undefined ? (row) => codes[row] ?? 0 : (row) => codes[rows[row] ?? 0] ?? 0, texts };
}

/** Rows between two turns for other work. */
const SLICE = 8_192;

const FIELDS = ['record', 'day', 'value'] as const;

function checkRow(state: PlanState, index: number, row: number, columns: SeriesColumns, at: readonly (number | undefined)[]): boolean {
  const cells = [columns.records, columns.days, columns.values];
  let ok = true;
  for (const [position, converted] of cells.entries()) {
    const fault = faultAt(converted, row);
    if (fault !== undefined) state.problems.add(index, row, at[position], 'error', fault);
    else if (valueAt(converted, row) === undefined)
      state.problems.add(index, row, at[position], 'error', `The ${FIELDS[position] ?? 'cell'} is empty.`);
    else continue;
    ok = false;
  }
  return ok;
}

type Grouped = {
  readonly groups: readonly number[];
  readonly of: Uint32Array;
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
  readonly rows: number;
};

/** Sorts good rows by group (source, record, part); groups are numbered in order of appearance. */
async function groupRows(keys: Float64Array, good: Uint32Array, count: number, turn: () => Promise<void>): Promise<Grouped> {
  const numbers = new Map<number, number>();
  const groups: number[] = [];
  const of = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) {
    if (index % SLICE === SLICE - 1) await turn();
    const key = keys[index] ?? 0;
    let group = numbers.get(key);
    if (group === undefined) {
      group = groups.length;
      numbers.set(key, group);
      groups.push(key);
    }
    of[index] = group;
  }
  const starts = new Uint32Array(groups.length + 1);
  for (let index = 0; index < count; index += 1) starts[(of[index] ?? 0) + 1] = (starts[(of[index] ?? 0) + 1] ?? 0) + 1;
  for (let group = 0; group < groups.length; group += 1) starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) {
    const group = of[index] ?? 0;
    const place = next[group] ?? 0;
    order[place] = good[index] ?? 0;
    next[group] = place + 1;
  }
  return { groups, of, starts, order, rows: count };
}

const MERGES = {
  sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  average: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length,
  max: (values: readonly number[]) => Math.max(...values),
  min: (values: readonly number[]) => Math.min(...values),
} as const;

/** The points of one group: sorted by day, several of one day rolled up as the source does. */
function pointsOf(
  rows: Uint32Array,
  dayAt: (row: number) => number,
  valueAtRow: (row: number) => number,
  rollUp: keyof typeof MERGES,
): PackedSeries {
  if (rows.length > 1) rows.sort((a, b) => dayAt(a) - dayAt(b) || a - b);
  const days: number[] = [];
  const values: number[] = [];
  let same: number[] = [];
  for (const [index, row] of rows.entries()) {
    const day = dayAt(row);
    same.push(valueAtRow(row));
    const next = rows[index + 1];
    if (next !== undefined && dayAt(next) === day) continue;
    days.push(day);
    values.push(same.length === 1 ? (same[0] ?? 0) : MERGES[rollUp](same));
    same = [];
  }
  return { start: Int32Array.from(days, (day) => day - 1), end: Int32Array.from(days), value: Float64Array.from(values) };
}

/** How many points are new or differ from those that are there. */
export function freshPoints(points: PackedSeries, stored: PackedSeries | undefined): number {
  if (stored === undefined || stored.end.length === 0) return points.end.length;
  let fresh = 0;
  let at = 0;
  for (let index = 0; index < points.end.length; index += 1) {
    const end = points.end[index] ?? 0;
    while (at < stored.end.length && (stored.end[at] ?? 0) < end) at += 1;
    if (stored.end[at] !== end || stored.value[at] !== points.value[index] || stored.start[at] !== points.start[index]) fresh += 1;
  }
  return fresh;
}

const AVERAGED = /score|nps|csat|rate|percent|health|satisfaction/i;

/** The data source of a measure: the stored one of that name, else one to be made. */
function sourceFor(state: PlanState, measure: string, breakdown: TableName, sources: SourceDraft[]): number {
  const known = sources.findIndex((source) => source.measure === measure && source.breakdown === breakdown);
  if (known >= 0) return known;
  const all = [...state.world.view.all('dataSource')].filter((row) => row.state !== 'retired');
  // names of sources are unique, so a namesake of another kind makes the new one say what it is broken down by
  const longer = `${measure} by ${tableOf(breakdown).label.toLowerCase()}`;
  const isNamed = (name: string) => (row: { readonly name: string }) => fold(row.name) === fold(name);
  for (const name of [measure, longer]) {
    const stored = all.filter(isNamed(name)).find((row) => row.kind === 'external' && row.breakdown === breakdown);
    if (stored === undefined) continue;
    sources.push({ id: stored.id, name: stored.name, isNew: false, measure, breakdown, rollUp: stored.rollUp });
    return sources.length - 1;
  }
  const isTaken = all.some(isNamed(measure)) || sources.some(isNamed(measure));
  const rollUp = AVERAGED.test(measure) ? 'average' : 'sum';
  const name = isTaken ? longer : measure;
  sources.push({ id: sourceId(state, name, breakdown), name, isNew: true, measure, breakdown, rollUp });
  return sources.length - 1;
}

/** Plans the sheets whose rows are values: one series for each source, record and part. */
export async function planSeries(state: PlanState): Promise<SeriesPlan> {
  const sources: SourceDraft[] = [];
  const series: PlannedSeries[] = [];
  let points = 0;
  for (const [index, choice] of state.sheets.entries()) {
    if (choice.into !== 'series') continue;
    const columns = await columnsOf(state, index, choice);
    if (columns === undefined) {
      for (let row = 0; row < choice.sheet.lines.length; row += 1)
        state.problems.add(index, row, undefined, 'error', 'Values need a record, a day and a value: say which columns they are.');
      continue;
    }
    points += await planSheet(state, index, choice, columns, sources, series);
  }
  return { sources, series, points };
}

async function planSheet(
  state: PlanState,
  index: number,
  choice: SheetChoice,
  columns: SeriesColumns,
  sources: SourceDraft[],
  series: PlannedSeries[],
): Promise<number> {
  const rows = choice.sheet.lines.length;
  const at = [columns.table, 'day', 'value'].map((field) => choice.columns.find((column) => column.field === field)?.index);
  const [records, parts, measures] = [
    codesOf(columns.records, ''),
    codesOf(columns.parts, ''),
    codesOf(columns.measures, columns.measureName),
  ];
  const held = new Set(records.texts.filter((id) => state.tables(columns.table).byId.get(id)?.held === true));
  const keys = new Float64Array(rows);
  const good = new Uint32Array(rows);
  const skip = state.skip[index];
  let count = 0;
  for (const fault of choice.sheet.faults) state.problems.add(index, fault.row, undefined, fault.severity, fault.message);
  for (let row = 0; row < rows; row += 1) {
    if (row % SLICE === SLICE - 1) await state.world.turn();
    if (skip?.[row] === 1 || !checkRow(state, index, row, columns, at) || state.problems.isBad(index, row)) continue;
    const record = records.at(row);
    if (held.size > 0 && held.has(records.texts[record] ?? '')) {
      state.problems.add(index, row, at[0], 'error', 'The record it belongs to is held back, so this value waits too.');
      continue;
    }
    keys[count] = (measures.at(row) * records.texts.length + record) * parts.texts.length + parts.at(row);
    good[count] = row;
    count += 1;
  }
  await state.world.turn();
  const grouped = await groupRows(keys, good, count, state.world.turn);
  await state.world.turn();
  const dayAt = (row: number) => Number(valueAt(columns.days, row));
  const numberAt = (row: number) => Number(valueAt(columns.values, row));
  let points = 0;
  for (const [group, key] of grouped.groups.entries()) {
    if (group % 1024 === 1023) await state.world.turn();
    const part = parts.texts[key % parts.texts.length] ?? '';
    const rest = Math.floor(key / parts.texts.length);
    const record = records.texts[rest % records.texts.length] ?? '';
    const measure = measures.texts[Math.floor(rest / records.texts.length)] ?? columns.measureName;
    const source = sourceFor(state, measure, columns.table, sources);
    const draft = sources[source];
    if (draft === undefined) continue;
    const packed = pointsOf(
      grouped.order.subarray(grouped.starts[group], grouped.starts[group + 1]),
      dayAt,
      numberAt,
      draft.rollUp ?? 'sum',
    );
    const stored = draft.isNew ? undefined : storedSeries(state, draft.id, record, part);
    const fresh = freshPoints(packed, stored === undefined ? undefined : state.world.points(stored));
    points += fresh;
    series.push({
      seriesId: stored ?? seriesId(state, draft.id, record, part),
      source,
      sourceTable: columns.table,
      record,
      part: part === '' ? undefined : part,
      isNew: stored === undefined,
      points: packed,
      fresh,
    });
  }
  return points;
}

/** IDs follow from what the file says, so that the same file brought in on two devices makes no twins (S1); one that is in use otherwise is left alone. */
function sourceId({ world }: PlanState, name: string, breakdown: TableName): string {
  const id = derivedId('dataSource', fold(name), breakdown);
  return world.view.get('dataSource', id) === undefined ? id : world.newId();
}
function seriesId({ world }: PlanState, source: string, record: string, part: string): string {
  const id = derivedId(record, 'dataPointSeries', source, part);
  return world.view.get('dataPointSeries', id) === undefined ? id : world.newId();
}

function storedSeries(state: PlanState, source: string, record: string, part: string): string | undefined {
  return state.world.view.by('dataPointSeries', 'sourceRecord', record).find((row) => row.source === source && (row.part ?? '') === part)
    ?.id;
}
