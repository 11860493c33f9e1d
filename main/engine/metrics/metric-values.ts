import type { Days } from '#shared/domain/indicator/indicator-by-day.ts';
import type { SourceReader } from './source-reader.ts';

export type Aggregate = 'average' | 'sum';

/** Room for one source record's values and for how many had one, to be used again. */
export type Room = { readonly values: Float64Array; readonly counts: Float64Array };

/** Room for values on `days` days. */
export function roomFor(days: number): Room {
  return { values: new Float64Array(days), counts: new Float64Array(days) };
}

/**
 * A metric's value on each of the days: the values of the source records combined (scoring.md 1.2), added in the order of the
 * records' IDs. Written into `out`; NaN: missing, no record has one.
 */
export function fillMetric(
  reader: SourceReader,
  records: readonly string[],
  aggregate: Aggregate,
  wanted: Days,
  out: Float64Array,
  room: Room,
): void {
  const [only] = records;
  if (only !== undefined && records.length === 1) {
    reader.fill(only, wanted, out);
    return;
  }
  out.fill(0);
  const { values, counts } = room;
  counts.fill(0);
  for (const record of records) {
    reader.fill(record, wanted, values);
    for (let day = 0; day < out.length; day += 1) {
      const value = values[day] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      out[day] = (out[day] ?? 0) + value;
      counts[day] = (counts[day] ?? 0) + 1;
    }
  }
  for (let day = 0; day < out.length; day += 1) {
    const count = counts[day] ?? 0;
    if (count === 0) out[day] = Number.NaN;
    else if (aggregate === 'average') out[day] = (out[day] ?? 0) / count;
  }
}
