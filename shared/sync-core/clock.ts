/**
 * Hybrid logical clock (spec/sync.md S2): follows the device's clock, never goes back, and orders what happens within one
 * millisecond. It breaks ties and serves the audit; the server's sequence is what orders changes between devices.
 */
export type ClockState = { readonly ms: number; readonly count: number };

/** The clock before anything happened. */
export const CLOCK_START: ClockState = { ms: 0, count: 0 };

const MS_DIGITS = 9;
const COUNT_DIGITS = 4;

/** The state after one event at `nowMs` (Unix milliseconds); a clock that was set back only raises the count. */
export function tick(state: ClockState, nowMs: number): ClockState {
  return nowMs > state.ms ? { ms: nowMs, count: 0 } : { ms: state.ms, count: state.count + 1 };
}

/** The state after hearing of another device's stamp: later than both. */
export function hear(state: ClockState, heard: ClockState, nowMs: number): ClockState {
  const ms = Math.max(state.ms, heard.ms, nowMs);
  const counts = [state, heard].filter((one) => one.ms === ms).map((one) => one.count + 1);
  return { ms, count: Math.max(0, ...counts) };
}

/** Writes a state down so that stamps sort as strings in the order of the clock; `device` breaks the last tie. */
export function writeStamp(state: ClockState, device: string): string {
  return `${state.ms.toString(36).padStart(MS_DIGITS, '0')}-${state.count.toString(36).padStart(COUNT_DIGITS, '0')}-${device}`;
}

/** Reads a stamp's clock state; undefined where the text is no stamp. */
export function readStamp(stamp: string): ClockState | undefined {
  const [ms, count, device] = stamp.split('-');
  if (ms === undefined || count === undefined || device === undefined) return undefined;
  const state = { ms: Number.parseInt(ms, 36), count: Number.parseInt(count, 36) };
  return Number.isSafeInteger(state.ms) && Number.isSafeInteger(state.count) ? state : undefined;
}
