// Health of all engagements: 8 metrics × 52 weeks × 10,000 engagements, over 100,000 records and 1,000,000 data points.
import { metricScore, type Direction } from '#shared/domain/health/attainment.ts';
import { coverageOf } from '#shared/domain/health/health-score.ts';
import { createScorer } from '#engine/health/score-engagement.ts';
import { healthBook } from '#engine/health/health-book.ts';
import { openFigures } from '#engine/jobs/figures.ts';
import { fillMetric, roomFor } from '#engine/metrics/metric-values.ts';
import { timeGrid } from '#engine/metrics/time-grid.ts';
import { benchContext, METRICS } from './scoring-records.ts';
import { defineBench, timed } from './define.ts';

const WEEKS = 52;
const ROUNDS = 12;

const best = (times: readonly number[]): number => Math.min(...times);

/** Processor time of a call in milliseconds: what else the machine does would hit the longer of two measurements harder. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export const bench = defineBench({
  name: 'score-all',
  where: 'node',
  limits: { 'score-all': { ratio: 3 } },
  run: async ({ size, say }) => {
    const engagements = size === 'full' ? 10_000 : 500;
    const context = benchContext(engagements);
    const figures = openFigures(context);
    const cold = await timed(() => figures.settled());
    say(`${engagements} engagements, ${METRICS.length} metrics: everything prepared and scored from the records in ${cold.toFixed(0)} ms`);

    const grid = timeGrid(context.settings().asOf, WEEKS);
    const rows = [...context.view.all('engagement')];
    // the floor: the same sums over the same values, which lie ready in one array
    const days = grid.days.length;
    const metrics = figures.plan().definitions[0]?.metrics ?? [];
    const values = new Float64Array(rows.length * metrics.length * days);
    const room = roomFor(days);
    for (const [at, row] of rows.entries()) {
      for (const [index, metric] of metrics.entries()) {
        const reader = figures.sources().readers.get(metric.source);
        const start = (at * metrics.length + index) * days;
        const column = values.subarray(start, start + days);
        if (reader) fillMetric(reader, figures.sources().recordsOf(reader, row), metric.aggregate, grid, column, room);
      }
    }
    const out = new Float64Array(rows.length * days);

    // in turns, so that what else the machine does meets both
    const measured: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      floors.push(processorTime(() => bareArithmetic(metrics, values, days, out)));
      const scorer = createScorer(figures.plan(), figures.inputs(), grid);
      const book = healthBook(grid, rows.length);
      measured.push(processorTime(() => rows.forEach((row) => book.write(scorer, row))));
      const same = rows.every((row, at) => book.row(row.id)?.every((score, day) => Object.is(score, out[at * days + day])));
      if (!same) throw new Error('The scores are not those of the bare arithmetic');
    }
    return [
      { name: 'score-all', value: best(measured), unit: 'ms', floor: best(floors) },
      { name: 'score-all-from-records', value: cold, unit: 'ms' },
    ];
  },
});

type Weighed = { readonly target: number; readonly weight: number; readonly direction: Direction };

/** Attainment, weighted sum and quotient of every engagement, metric and day. */
function bareArithmetic(metrics: readonly Weighed[], values: Float64Array, days: number, out: Float64Array): void {
  const all = metrics.reduce((sum, { weight }) => sum + weight, 0);
  const numerator = new Float64Array(days);
  const denominator = new Float64Array(days);
  let at = 0;
  for (let from = 0; from < out.length; from += days) {
    numerator.fill(0);
    denominator.fill(0);
    for (const { target, weight, direction } of metrics) {
      for (let day = 0; day < days; day += 1) {
        const value = values[at] ?? Number.NaN;
        at += 1;
        if (Number.isNaN(value)) continue;
        numerator[day] = (numerator[day] ?? 0) + weight * metricScore(value, target, direction);
        denominator[day] = (denominator[day] ?? 0) + weight;
      }
    }
    for (let day = 0; day < days; day += 1) {
      const weight = denominator[day] ?? 0;
      out[from + day] = weight > 0 && coverageOf(weight, all) >= 50 ? (numerator[day] ?? 0) / weight : Number.NaN;
    }
  }
}
