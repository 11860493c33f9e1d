import type { AnyRow } from '../../model/dictionary.ts';
import { storedDay } from '../series/stored-day.ts';
import type { ReadView } from '../view.ts';
import type { IndicatorPlan } from './indicator-plan.ts';

/**
 * The records that an indicator counts for one source record, by the day from which they count (then by ID). A record counts on the
 * days `from ≤ day < until`: the half-open window (asOf − days, asOf] around a date, or an open span, is the same as that.
 */
export type CountedRows = {
  readonly from: readonly number[];
  readonly until: readonly number[];
  /** Value of the counted field; for a countdown as it is on day 0. */
  readonly value: readonly number[];
  readonly per: readonly number[];
  /** `share`: 1 where the record is among those counted. */
  readonly matches: readonly number[];
  /** Only where a filter or a field changes with the day: the records themselves, to be asked again each day. */
  readonly rows: readonly AnyRow[] | undefined;
};

export const NO_ROWS: CountedRows = { from: [], until: [], value: [], per: [], matches: [], rows: undefined };

const EPOCH = '1970-01-01';

/** Whether a record has to be asked again for each day. */
export function isDaily(plan: IndicatorPlan): boolean {
  const { filter, matching, value, per } = plan;
  const daily = (part: { readonly daily: boolean; readonly countdown: boolean } | undefined) => part?.daily === true && !part.countdown;
  return filter?.daily === true || matching?.daily === true || daily(value) || daily(per);
}

/** Picks and orders the records of one source record. `records`: those that name it, in the order of their IDs. */
export function countedRows(plan: IndicatorPlan, records: readonly AnyRow[], view: ReadView): CountedRows {
  if (records.length === 0) return NO_ROWS;
  const daily = isDaily(plan);
  const picked: { from: number; until: number; row: AnyRow }[] = [];
  for (const row of records) {
    if (!daily && plan.filter && !plan.filter.passes(row, view, EPOCH)) continue;
    const span = spanOf(plan.time, row);
    if (span) picked.push({ ...span, row });
  }
  picked.sort((a, b) => a.from - b.from);
  const numbers = (reader: IndicatorPlan['value']) => picked.map(({ row }) => (reader && !daily ? reader.read(row, view, EPOCH) : 0));
  return {
    from: picked.map(({ from }) => from),
    until: picked.map(({ until }) => until),
    value: numbers(plan.value),
    per: numbers(plan.per),
    matches: picked.map(({ row }) => (!daily && plan.matching?.passes(row, view, EPOCH) === true ? 1 : 0)),
    rows: daily ? picked.map(({ row }) => row) : undefined,
  };
}

function spanOf(time: IndicatorPlan['time'], row: AnyRow): { from: number; until: number } | undefined {
  if (!time) return { from: -Infinity, until: Infinity };
  if (time.kind === 'during') {
    const day = dayIn(row, time.field);
    return Number.isNaN(day) ? undefined : { from: day, until: day + time.days };
  }
  const from = dayIn(row, time.from);
  const to = dayIn(row, time.to);
  // a record that does not say when it began is taken as begun, as an active contract is
  return { from: Number.isNaN(from) ? -Infinity : from, until: Number.isNaN(to) ? Infinity : to };
}

function dayIn(row: AnyRow, field: string): number {
  const value = row[field];
  return typeof value === 'string' ? storedDay(value) : Number.NaN;
}
