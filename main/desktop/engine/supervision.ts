import type { ErrorShape } from '#shared/errors/app-error.ts';

/**
 * Whether a page that must run does run, as a function of what was observed: no timers, no windows. The caller reports what
 * it sees, and does what is answered. Times are milliseconds of one monotonic clock.
 */
export type Phase = 'starting' | 'running' | 'waiting' | 'given-up' | 'stopped';

export type Supervision = {
  readonly phase: Phase;
  /** When the phase began; for `waiting`, when it ends. */
  readonly at: number;
  readonly heardAt: number;
  readonly tickedAt: number;
  /** When it failed recently. */
  readonly failures: readonly number[];
  /** Restarts since the application's start. */
  readonly restarts: number;
};

export type Observation =
  | { readonly saw: 'start' }
  /** A sign of life. */
  | { readonly saw: 'heard' }
  /** It says that it serves now. */
  | { readonly saw: 'ready' }
  /** Its process or its page is gone. */
  | { readonly saw: 'gone' }
  /** It says itself that it cannot serve. */
  | { readonly saw: 'fatal'; readonly error: ErrorShape }
  /** Time passes; to be reported every few seconds. */
  | { readonly saw: 'tick' }
  /** The user wants another attempt. */
  | { readonly saw: 'retry' }
  | { readonly saw: 'stop' };

export type Act = 'launch' | 'end' | { readonly giveUp: ErrorShape | undefined };

export type Limits = {
  /** Silence after which it counts as hung: while it starts, and later. */
  readonly silentStartingMs: number;
  readonly silentRunningMs: number;
  /** A start that takes longer than this has failed, whatever it says. */
  readonly startMs: number;
  /** Waits before the next attempts; the last one repeats. */
  readonly backOffMs: readonly number[];
  /** So many failures within so long are a crash loop. */
  readonly failures: number;
  readonly withinMs: number;
  /** Two ticks further apart than this mean that the computer slept. */
  readonly sleptMs: number;
};

export const ENGINE_LIMITS: Limits = {
  silentStartingMs: 60_000,
  silentRunningMs: 30_000,
  startMs: 600_000,
  backOffMs: [0, 500, 1000, 2000, 4000],
  failures: 5,
  withinMs: 120_000,
  sleptMs: 10_000,
};

export const supervisionAtRest: Supervision = { phase: 'stopped', at: 0, heardAt: 0, tickedAt: 0, failures: [], restarts: 0 };

type Step = readonly [Supervision, readonly Act[]];

const launch = (state: Supervision, now: number): Step => [
  { ...state, phase: 'starting', at: now, heardAt: now, tickedAt: now },
  ['launch'],
];

function failed(state: Supervision, now: number, limits: Limits, error: ErrorShape | undefined): Step {
  const failures = [...state.failures.filter((at) => now - at < limits.withinMs), now];
  if (failures.length >= limits.failures) return [{ ...state, phase: 'given-up', at: now, failures }, ['end', { giveUp: error }]];
  const wait = limits.backOffMs[Math.min(failures.length, limits.backOffMs.length) - 1] ?? 0;
  const waiting: Supervision = { ...state, phase: 'waiting', at: now + wait, failures, restarts: state.restarts + 1 };
  if (wait > 0) return [waiting, ['end']];
  const [next, acts] = launch(waiting, now);
  return [next, ['end', ...acts]];
}

function tick(state: Supervision, now: number, limits: Limits): Step {
  const slept = now - state.tickedAt > limits.sleptMs;
  const ticked = { ...state, tickedAt: now };
  if (state.phase === 'waiting') return now >= state.at ? launch(ticked, now) : [ticked, []];
  if (state.phase !== 'starting' && state.phase !== 'running') return [ticked, []];
  // whoever was asleep could neither speak nor hear: give it time from the waking on
  if (slept) return [{ ...ticked, at: now, heardAt: now }, []];
  const silence = now - state.heardAt;
  const limit = state.phase === 'starting' ? limits.silentStartingMs : limits.silentRunningMs;
  const tooLong = state.phase === 'starting' && now - state.at > limits.startMs;
  return silence > limit || tooLong ? failed(ticked, now, limits, undefined) : [ticked, []];
}

/** What follows from an observation: the next state, and what is to be done, in this order. */
export function supervise(state: Supervision, seen: Observation, now: number, limits: Limits): Step {
  const alive = state.phase === 'starting' || state.phase === 'running';
  switch (seen.saw) {
    case 'start':
      return state.phase === 'stopped' ? launch(state, now) : [state, []];
    case 'retry':
      return state.phase === 'given-up' ? launch({ ...state, failures: [] }, now) : [state, []];
    case 'stop':
      return [{ ...state, phase: 'stopped', at: now }, alive ? ['end'] : []];
    case 'heard':
      return [alive ? { ...state, heardAt: now } : state, []];
    case 'ready':
      return [state.phase === 'starting' ? { ...state, phase: 'running', at: now, heardAt: now } : state, []];
    case 'gone':
      return alive ? failed(state, now, limits, undefined) : [state, []];
    case 'fatal':
      if (!alive) return [state, []];
      if (seen.error.retryable) return failed(state, now, limits, seen.error);
      return [{ ...state, phase: 'given-up', at: now }, ['end', { giveUp: seen.error }]];
    case 'tick':
      return tick(state, now, limits);
  }
}
