import type { ROLL_UPS } from '../../model/tables/data-source.ts';
import type { PackedSeries } from './packed-series.ts';
import { periodOf, SHORTEST_PERIOD, type Frequency, type Period } from './periods.ts';

export type RollUp = keyof typeof ROLL_UPS;

/** What a source reports for one source record: one value a period, with the day from which it counts, ascending. */
export type Reported = { readonly end: Int32Array; readonly value: Float64Array };

const NOTHING_REPORTED: Reported = { end: new Int32Array(0), value: new Float64Array(0) };

/**
 * Rolls what was collected up to the source's frequency (scoring.md 1.8). A point that covers less than a period belongs to the
 * calendar period that holds its end, and that period reports once it is over; a point that covers a period or more stays
 * as it is. Points of several series of the same record (its parts) are rolled up together.
 * Values are combined in the order of the series given, then of their end day.
 */
export function rollUp(collected: readonly PackedSeries[], frequency: Frequency, how: RollUp): Reported {
  const [only] = collected;
  if (!only) return NOTHING_REPORTED;
  if (collected.length === 1 && !hasFiner(only, frequency)) return only;
  const groups = new Map<number, number[]>();
  for (const series of collected) group(series, frequency, groups);
  const ends = [...groups.keys()].sort((a, b) => a - b);
  return { end: Int32Array.from(ends), value: Float64Array.from(ends, (end) => combineValues(groups.get(end) ?? [], how)) };
}

function hasFiner(series: PackedSeries, frequency: Frequency): boolean {
  const shortest = SHORTEST_PERIOD[frequency];
  for (let index = 0; index < series.end.length; index += 1) {
    if ((series.end[index] ?? 0) - (series.start[index] ?? 0) < shortest) return true;
  }
  return false;
}

function group(series: PackedSeries, frequency: Frequency, groups: Map<number, number[]>): void {
  const shortest = SHORTEST_PERIOD[frequency];
  let period: Period = { first: 0, last: -1 };
  for (const [index, end] of series.end.entries()) {
    const finer = end - (series.start[index] ?? end) < shortest;
    if (finer && (end > period.last || end < period.first)) period = periodOf(frequency, end);
    const key = finer ? period.last : end;
    const value = series.value[index] ?? Number.NaN;
    const values = groups.get(key);
    if (values) values.push(value);
    else groups.set(key, [value]);
  }
}

/** One value of several, in the order given; NaN of none. */
function combineValues(values: readonly number[], how: RollUp): number {
  const [first] = values;
  if (first === undefined) return Number.NaN;
  switch (how) {
    case 'max':
      return values.reduce((a, b) => Math.max(a, b));
    case 'min':
      return values.reduce((a, b) => Math.min(a, b));
    case 'sum':
      return values.reduce((a, b) => a + b);
    case 'average':
      return values.reduce((a, b) => a + b) / values.length;
    default:
      return how satisfies never;
  }
}
