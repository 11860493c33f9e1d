import { readStamp, writeStamp } from './clock.ts';

/** A stamp is taken at most so far ahead of the server's clock (S2). */
const MOST_AHEAD_MS = 5 * 60_000;
/** From here on the person is told that the device's clock is wrong (S2). */
const WARN_MS = 2 * 60_000;

/** The stamp as the server keeps it: one that is too far ahead is set back, a text that is no stamp becomes now (S2). */
export function clampStamp(stamp: string, nowMs: number): string {
  const state = readStamp(stamp);
  const device = stamp.split('-')[2] ?? '';
  if (state === undefined) return writeStamp({ ms: nowMs, count: 0 }, device || 'unknown');
  return state.ms <= nowMs + MOST_AHEAD_MS ? stamp : writeStamp({ ms: nowMs + MOST_AHEAD_MS, count: state.count }, device);
}

/** Milliseconds by which a device's clock is ahead (negative: behind), as its request tells; undefined where it tells nothing usable. */
export function skewOf(deviceTime: string, nowMs: number): number | undefined {
  const ms = Date.parse(deviceTime);
  return Number.isNaN(ms) ? undefined : ms - nowMs;
}

/** Whether a person should be told (S2): work goes on all the same. */
export function isClockWrong(skewMs: number): boolean {
  return Math.abs(skewMs) > WARN_MS;
}
