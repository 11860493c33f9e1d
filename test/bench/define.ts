// The shape of a bench. A figure stands beside its floor: the bare work that no design could avoid, measured in the same run.

/** One measured number. `ratio` is value ÷ floor and left out where there is no floor. */
export type Figure = { name: string; value: number; unit: 'ms' | 'MB' | 'KB' | 'count'; floor?: number };

/** The most that a figure may be; `npm run bench` ends with code 1 where one is more. */
export type Limit = { value?: number; ratio?: number };

export type BenchContext = {
  /** `full` is the size that the limits are about; `small` shows in seconds that the bench works. */
  size: 'full' | 'small';
  /** Where the built application is served, with a trailing slash: `${origin}engine/worker.js` is the engine. Only in Chromium. */
  origin: string;
  /** Tells the reader what is going on, beside the figures. */
  say: (line: string) => void;
};

export type Bench = {
  name: string;
  where: 'node' | 'chromium';
  /** Limits by the name of the figure. */
  limits: Record<string, Limit>;
  run: (context: BenchContext) => Promise<Figure[]>;
};

/** Declares the bench of a file `test/bench/<name>.bench.ts`, whose export `bench` it must be. The file is run in a fresh process or page. */
export function defineBench(bench: Bench): Bench {
  return bench;
}

/** The time of one call in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value below which the share `p` (0…1) of the values lies: nearest rank. Throws on no values. */
export function percentile(values: number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))];
  if (value === undefined) throw new Error('There is no percentile of no values');
  return value;
}
