import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attainment, gapPercent, metricScore } from './attainment.ts';
import { addMetric, addMetricSteps, roomForDays, startSums, writeScores } from './health-over-days.ts';
import { fillSteps, type Steps } from '../series/steps.ts';
import { healthScore, type MetricValue } from './health-score.ts';

const golden: readonly MetricValue[] = [
  { target: 90, weight: 20, direction: 'maximise', value: 81 },
  { target: 80, weight: 30, direction: 'maximise', value: 60 },
  { target: 70, weight: 10, direction: 'maximise', value: 77 },
  { target: 40, weight: 20, direction: 'maximise', value: -5 },
  { target: 12, weight: 20, direction: 'minimise', value: 15 },
];

test('HLT-02 the golden example scores 66.5', () => {
  expect(golden.map(({ value, target, direction }) => attainment(value, target, direction))).toEqual([0.9, 0.75, 1, 0, 0.8]);
  expect(healthScore(golden)).toMatchObject({ status: 'known', score: 66.5, coverage: 100, numerator: 6650, denominator: 100 });
});

test('HLT-02 the golden example without its second value scores 62.857142857142854 with coverage 70', () => {
  const missing = golden.map((metric, index) => (index === 1 ? { ...metric, value: Number.NaN } : metric));
  expect(healthScore(missing)).toMatchObject({ status: 'known', score: 62.857142857142854, coverage: 70 });
});

test('HLT-02 under half of the weight the health is unknown; at half it is known', () => {
  const half = (weight: number): readonly MetricValue[] => [
    { target: 1, weight, direction: 'maximise', value: 1 },
    { target: 1, weight: 100 - weight, direction: 'maximise', value: Number.NaN },
  ];
  expect(healthScore(half(49))).toMatchObject({ status: 'unknown', coverage: 49, score: Number.NaN });
  expect(healthScore(half(50))).toMatchObject({ status: 'known', coverage: 50, score: 100 });
  expect(healthScore([])).toMatchObject({ status: 'unknown', coverage: 0 });
});

test.each([
  // value, target, direction, attainment
  [45, 90, 'maximise', 0.5],
  [120, 90, 'maximise', 1],
  [-3, 90, 'maximise', 0],
  [0, 0, 'maximise', 1],
  [-1, 0, 'maximise', 0],
  [-4, -5, 'maximise', 1],
  [-6, -5, 'maximise', 0],
  [12, 12, 'minimise', 1],
  [15, 12, 'minimise', 0.8],
  [0, 0, 'minimise', 1],
  [3, 0, 'minimise', 0.25],
  [-6, -5, 'minimise', 1],
  [-4, -5, 'minimise', 0],
] as const)('HLT-02 value %d against target %d (%s) attains %d', (value, target, direction, expected) => {
  expect(attainment(value, target, direction)).toBe(expected);
});

test.each([
  [81, 90, 'maximise', 10],
  [99, 90, 'maximise', -10],
  [-10, -5, 'maximise', 100],
  [15, 12, 'minimise', 25],
  [6, 12, 'minimise', -50],
  [3, 0, 'minimise', undefined],
] as const)('HLT-04 value %d against target %d (%s) leaves a gap of %s percent', (value, target, direction, expected) => {
  expect(gapPercent(value, target, direction)).toBe(expected);
});

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const direction = fc.constantFrom('maximise' as const, 'minimise' as const);
const aMetric = fc.record({
  target: finite(-100, 1000),
  weight: fc.integer({ min: 1, max: 100 }),
  direction,
  value: fc.oneof(finite(-1000, 2000), fc.constant(Number.NaN)),
});
const someMetrics = fc.array(aMetric, { minLength: 1, maxLength: 10 });

test('HLT-02 a metric score lies within 0 and 100', () => {
  fc.assert(
    fc.property(finite(-1e9, 1e9), finite(-1e6, 1e6), direction, (value, target, towards) => {
      const score = metricScore(value, target, towards);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
    }),
  );
});

test('HLT-02 health lies within 0 and 100 and coverage within 0 and 100', () => {
  fc.assert(
    fc.property(someMetrics, (metrics) => {
      const { status, score, coverage } = healthScore(metrics);
      expect(coverage).toBeGreaterThanOrEqual(0);
      expect(coverage).toBeLessThanOrEqual(100);
      if (status === 'unknown') return;
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100 + 1e-11);
    }),
  );
});

test('HLT-02 a better value never lowers the score', () => {
  fc.assert(
    fc.property(someMetrics, finite(-100, 1000), fc.nat(9), (metrics, better, at) => {
      const changed = metrics[at % metrics.length];
      if (changed === undefined || Number.isNaN(changed.value)) return;
      const isBetter = changed.direction === 'maximise' ? better >= changed.value : better <= changed.value;
      if (!isBetter) return;
      const after = metrics.map((metric) => (metric === changed ? { ...metric, value: better } : metric));
      const before = healthScore(metrics);
      if (before.status === 'known') expect(healthScore(after).score).toBeGreaterThanOrEqual(before.score);
    }),
  );
});

test('HLT-02 the order of the metrics does not matter beyond the last bits', () => {
  fc.assert(
    fc.property(someMetrics, (metrics) => {
      const a = healthScore(metrics);
      const b = healthScore(metrics.toReversed());
      expect(b.coverage).toBe(a.coverage);
      if (a.status === 'known') expect(b.score).toBeCloseTo(a.score, 9);
    }),
  );
});

test('HLT-02 weights count by their share: doubling all of them changes nothing, to the last bit', () => {
  fc.assert(
    fc.property(someMetrics, fc.constantFrom(0.25, 0.5, 2, 64), (metrics, factor) => {
      const scaled = metrics.map((metric) => ({ ...metric, weight: metric.weight * factor }));
      expect(healthScore(scaled).score).toBe(healthScore(metrics).score);
      expect(healthScore(scaled).coverage).toBe(healthScore(metrics).coverage);
    }),
  );
});

test('HLT-03 many days at once give the bits of each day on its own', () => {
  fc.assert(
    fc.property(someMetrics, fc.array(finite(-100, 200), { minLength: 4, maxLength: 4 }), (metrics, shifts) => {
      const days = shifts.map((shift) => metrics.map((metric) => ({ ...metric, value: metric.value + shift })));
      const sums = roomForDays(days.length);
      const out = new Float64Array(days.length + 1);
      startSums(sums);
      for (const [index, metric] of metrics.entries()) {
        addMetric(
          sums,
          metric,
          Float64Array.from(days, (day) => day[index]?.value ?? Number.NaN),
        );
      }
      writeScores(
        sums,
        metrics.reduce((all, { weight }) => all + weight, 0),
        out,
        1,
      );
      for (const [index, day] of days.entries()) expect(out[index + 1]).toBe(healthScore(day).score);
    }),
  );
});

test('HLT-03 a value that stays for many days is worked out once and gives the bits of each day', () => {
  const step = fc.record({ day: fc.integer({ min: 0, max: 90 }), value: fc.oneof(finite(-100, 200), fc.constant(Number.NaN)) });
  const someSteps = fc.record({
    steps: fc.uniqueArray(step, { selector: ({ day }) => day, maxLength: 12 }),
    maxAge: fc.constantFrom(14, Infinity),
    falls: fc.constantFrom(0, 1),
  });
  const someDays = fc.uniqueArray(fc.integer({ min: -5, max: 120 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.array(fc.tuple(aMetric, someSteps), { minLength: 1, maxLength: 4 }), someDays, (metrics, wanted) => {
      const days = Int32Array.from(wanted.toSorted((a, b) => a - b));
      const [once, each] = [roomForDays(days.length), roomForDays(days.length)];
      for (const [metric, { steps, maxAge, falls }] of metrics) {
        const sorted = steps.toSorted((a, b) => a.day - b.day);
        const stairs: Steps = {
          day: Int32Array.from(sorted, ({ day }) => day),
          value: Float64Array.from(sorted, ({ value }) => value),
          maxAge,
          falls,
        };
        const values = new Float64Array(days.length);
        fillSteps(stairs, days, values);
        addMetric(each, metric, values);
        addMetricSteps(once, metric, { ...stairs, from: 0, to: stairs.day.length }, days);
      }
      expect(once).toEqual(each);
    }),
    { numRuns: 500 },
  );
});
