import { countUpTo } from './series-operations.ts';
import type { Reported } from './roll-up.ts';

/**
 * The latest value on each of the days (ascending): of the point with the greatest `end ≤ day`, where that is at most `maxAge`
 * days old, else NaN (scoring.md 1.2). Written into `out`.
 */
export function fillLatest(reported: Reported, days: Int32Array, maxAge: number, out: Float64Array): void {
  const { end, value } = reported;
  let next = days.length === 0 ? 0 : countUpTo(end, days[0] ?? 0);
  for (let index = 0; index < days.length; index += 1) {
    const day = days[index] ?? 0;
    while (next < end.length && (end[next] ?? Infinity) <= day) next += 1;
    const latest = end[next - 1];
    out[index] = latest !== undefined && day - latest <= maxAge ? (value[next - 1] ?? Number.NaN) : Number.NaN;
  }
}

/** The point behind {@link fillLatest}'s answer for one day, fresh or stale; undefined where no point ends by then. */
export function latestOn(reported: Reported, day: number): { readonly end: number; readonly value: number } | undefined {
  const at = countUpTo(reported.end, day) - 1;
  const end = reported.end[at];
  return end === undefined ? undefined : { end, value: reported.value[at] ?? Number.NaN };
}
