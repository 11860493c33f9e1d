import { formatNumber } from './format.ts';
import names from './sparkline.module.css';

export type SparklineProps = {
  /** Oldest first; null where nothing is known. */
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
};

const LEAST_SPAN = 24;

/** The range that the line is drawn in: its own, but never so narrow that noise looks like news. */
export function sparkRange(values: readonly (number | null)[]): { readonly min: number; readonly max: number } {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const spare = Math.max(0, LEAST_SPAN - (high - low)) / 2;
  return { min: low - spare, max: high + spare };
}

/** Paths of the known runs: a gap breaks the line instead of bridging it. */
export function sparkRuns(values: readonly (number | null)[], width: number, height: number, min: number, max: number): string[] {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const span = max - min || 1;
  const runs: string[] = [];
  let run = '';
  values.forEach((value, index) => {
    if (value === null) {
      if (run !== '') runs.push(run);
      run = '';
      return;
    }
    const y = height - ((Math.min(max, Math.max(min, value)) - min) / span) * height;
    run += `${run === '' ? 'M' : 'L'}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
  });
  if (run !== '') runs.push(run);
  return runs;
}

/** "58, 60, unknown, 63": what a screen reader hears in place of the line. */
export function sparkWords(values: readonly (number | null)[]): string {
  return values.map((value) => (value === null ? 'unknown' : formatNumber(Math.round(value), 0))).join(', ');
}

/** A word-sized line of a score over some weeks. */
export function Sparkline({ values, label, width = 72, height = 18 }: SparklineProps) {
  const pad = 2.5;
  const { min, max } = sparkRange(values);
  const runs = sparkRuns(values, width - 2 * pad, height - 2 * pad, min, max);
  const lastIndex = values.findLastIndex((value) => value !== null);
  const last = values[lastIndex];
  if (runs.length === 0) return <span className={names.none}>No history</span>;
  const x = values.length > 1 ? (lastIndex * (width - 2 * pad)) / (values.length - 1) : 0;
  const y = (height - 2 * pad) * (1 - (Math.min(max, Math.max(min, last ?? 0)) - min) / (max - min || 1));
  return (
    <svg width={width} height={height} role="img" aria-label={`${label}: ${sparkWords(values)}`} className={names.spark}>
      <g transform={`translate(${pad} ${pad})`}>
        {runs.map((run) => (
          <path key={run} d={run} />
        ))}
        <circle cx={x} cy={y} r={2.2} />
      </g>
    </svg>
  );
}
