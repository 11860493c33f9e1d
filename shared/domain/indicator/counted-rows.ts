import type { AnyRow } from '../../model/dictionary.ts';
import { BEFORE_ALL_DAYS } from '../series/steps.ts';
import { storedDay } from '../series/stored-day.ts';
import type { ReadView } from '../view.ts';
import { fallsEvenly, type IndicatorPlan, type NumberReader } from './indicator-plan.ts';

/**
 * The records that an indicator counts for one source record, by the day from which they count (then by ID). A record counts on the
 * days `from ≤ day < until`: the half-open window (asOf − days, asOf] around a date, or an open span, is the same as that.
 */
export type CountedRows = {
  readonly rows: readonly AnyRow[];
  readonly from: readonly number[];
  readonly until: readonly number[];
  /** What is read of each record, where that is the same every day; a countdown as it is on day 0. */
  readonly value: readonly number[];
  readonly per: readonly number[];
  /** `share`: 1 where the record is among those counted. */
  readonly matches: readonly number[];
};

const NO_ROWS: CountedRows = { rows: [], from: [], until: [], value: [], per: [], matches: [] };
const EPOCH = '1970-01-01';

/** Whether the records of an indicator have to be asked again for each day. */
export function isDaily(plan: IndicatorPlan): boolean {
  const { filter, matching, value, per } = plan;
  const changes = (reader: NumberReader | undefined): boolean => reader?.daily === true && !(reader === value && fallsEvenly(plan));
  return filter?.daily === true || matching?.daily === true || changes(value) || changes(per);
}

/** Picks and orders the records of one source record. `records`: those that name it, in the order of their IDs. */
export function countedRows(plan: IndicatorPlan, records: readonly AnyRow[], view: ReadView): CountedRows {
  if (records.length === 0) return NO_ROWS;
  const daily = isDaily(plan);
  const picked: { readonly row: AnyRow; readonly from: number }[] = [];
  for (const row of records) {
    if (!daily && plan.filter && !plan.filter.passes(row, view, EPOCH)) continue;
    const from = beginOf(plan, row);
    if (!Number.isNaN(from)) picked.push({ row, from });
  }
  picked.sort((a, b) => a.from - b.from);
  const rows = picked.map(({ row }) => row);
  const numbers = (reader: NumberReader | undefined): number[] => rows.map((row) => (reader && !daily ? reader.read(row, view, EPOCH) : 0));
  return {
    rows,
    from: picked.map(({ from }) => from),
    until: picked.map(({ row, from }) => endOf(plan, row, from)),
    value: numbers(plan.value),
    per: numbers(plan.per),
    matches: rows.map((row) => (!daily && plan.matching?.passes(row, view, EPOCH) === true ? 1 : 0)),
  };
}

/** The first day on which a record counts; NaN: it never does. */
function beginOf({ time }: IndicatorPlan, row: AnyRow): number {
  if (!time) return BEFORE_ALL_DAYS;
  if (time.kind === 'during') return dayIn(row, time.field);
  const from = dayIn(row, time.from);
  // a record that does not say when it began is taken as begun, as an active contract is
  return Number.isNaN(from) ? BEFORE_ALL_DAYS : from;
}

/** The first day on which a record counts no more. */
function endOf({ time }: IndicatorPlan, row: AnyRow, from: number): number {
  if (!time) return Infinity;
  if (time.kind === 'during') return from + time.days;
  const to = dayIn(row, time.to);
  return Number.isNaN(to) ? Infinity : to;
}

function dayIn(row: AnyRow, field: string): number {
  const value = row[field];
  return typeof value === 'string' ? storedDay(value) : Number.NaN;
}
