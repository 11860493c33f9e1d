import { countUpTo } from './series-operations.ts';
import type { Reported } from './roll-up.ts';

/** A day before every day that a date can name. */
export const BEFORE_ALL_DAYS = -1_000_000;

/**
 * The value of one source record on any day, as a staircase: from `day[i]` on it is `value[i]` (NaN: missing), until the next
 * step, at most for `maxAge` days. Where `falls` is set, the value given is that of day 0 and falls by so much each day.
 */
export type Steps = {
  readonly day: Int32Array;
  readonly value: Float64Array;
  readonly maxAge: number;
  readonly falls: number;
};

/** What a source reports, as a staircase: a value counts from its end on, for at most `maxAge` days (scoring.md 1.2). */
export function stepsOf({ end, value }: Reported, maxAge: number): Steps {
  return { day: end, value, maxAge, falls: 0 };
}

/** The value on each of the days (ascending), written into `out`; NaN: missing. */
export function fillSteps(steps: Steps, days: Int32Array, out: Float64Array): void {
  const { day: starts, value, maxAge, falls } = steps;
  let next = days.length === 0 ? 0 : countUpTo(starts, days[0] ?? 0);
  for (let index = 0; index < days.length; index += 1) {
    const day = days[index] ?? 0;
    while (next < starts.length && (starts[next] ?? Infinity) <= day) next += 1;
    const start = starts[next - 1];
    out[index] = start !== undefined && day - start <= maxAge ? (value[next - 1] ?? Number.NaN) - falls * day : Number.NaN;
  }
}

/** The step behind the value of one day, fresh or stale; undefined where none has begun by then. */
export function stepOn({ day: starts, value, falls }: Steps, day: number): { readonly day: number; readonly value: number } | undefined {
  const at = countUpTo(starts, day) - 1;
  const start = starts[at];
  return start === undefined ? undefined : { day: start, value: (value[at] ?? Number.NaN) - falls * day };
}
