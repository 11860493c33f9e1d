// A clock that moves only when a test says so.
export type ManualClock = {
  readonly now: () => number;
  readonly later: (milliseconds: number, run: () => void) => () => void;
  /** Runs what falls due, in order. */
  readonly advance: (milliseconds: number) => void;
  readonly waiting: () => number;
};

export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  const timers = new Set<{ at: number; run: () => void }>();
  let now = start;
  return {
    now: () => now,
    later: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (milliseconds) => {
      const until = now + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = until;
    },
    waiting: () => timers.size,
  };
}
