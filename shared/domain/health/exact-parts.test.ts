import fc from 'fast-check';
import { expect, test } from 'vitest';
import { healthScore, type MetricValue } from './health-score.ts';
import { exactParts } from './exact-parts.ts';
import { metricScore } from './attainment.ts';

function partsOf(metrics: readonly MetricValue[]) {
  const known = metrics.filter((metric) => !Number.isNaN(metric.value));
  const { score, numerator, denominator } = healthScore(known);
  const numerators = known.map(({ weight, value, target, direction }) => weight * metricScore(value, target, direction));
  return { score, numerator, denominator, numerators, parts: exactParts(numerators, denominator, score) };
}

const metric = fc.record({
  target: fc.double({ min: -50, max: 200, noNaN: true }),
  weight: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.double({ min: 1e-9, max: 100, noNaN: true })),
  direction: fc.constantFrom('maximise' as const, 'minimise' as const),
  value: fc.oneof(fc.double({ min: -100, max: 300, noNaN: true }), fc.double({ min: 0, max: 1e-12, noNaN: true })),
});

test('HLT-07 the parts of a score, added in the order shown, are the score to the last bit', () => {
  fc.assert(
    fc.property(fc.array(metric, { minLength: 1, maxLength: 12 }), (metrics) => {
      const { score, numerator, denominator, numerators, parts } = partsOf(metrics);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(score);
      expect(numerators.reduce((sum, each) => sum + each, 0)).toBe(numerator);
      for (const [index, part] of parts.entries()) expect(part).toBeCloseTo((numerators[index] ?? 0) / denominator, 9);
    }),
    { numRuns: 5000 },
  );
});

test('HLT-07 a metric that scores nothing adds nothing, also when it stands last', () => {
  const { score, parts } = partsOf([
    { target: 3, weight: 33, direction: 'maximise', value: 1 },
    { target: 7, weight: 33, direction: 'maximise', value: 5 },
    { target: 7, weight: 34, direction: 'maximise', value: -2 },
  ]);
  expect(parts[2]).toBe(0);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(score);
});
