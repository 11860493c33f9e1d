import { expect, test } from 'vitest';
import { EMPTY_HEALTH, metricChanges, previewInput, weightTotal, type MetricDraft } from './health-draft.ts';

const metric = (key: string, changes: Partial<MetricDraft> = {}): MetricDraft => ({
  key,
  id: key,
  source: 's1',
  target: 90,
  weight: 50,
  direction: 'maximise',
  aggregate: 'average',
  ...changes,
});
const made = ({ id: _id, ...rest }: MetricDraft): MetricDraft => rest;

test('only what differs is written: unchanged metrics are left alone', () => {
  const stored = [metric('a'), metric('b'), metric('c')];
  const draft = [metric('a'), metric('b', { weight: 30 }), made(metric('new', { source: 's2' }))];
  expect(metricChanges(stored, draft)).toEqual([
    { kind: 'delete', id: 'c' },
    { kind: 'update', id: 'b', patch: { source: 's1', target: 90, weight: 30, direction: 'maximise', aggregate: 'average' } },
    { kind: 'create', values: { source: 's2', target: 90, weight: 50, direction: 'maximise', aggregate: 'average' } },
  ]);
  expect(metricChanges(stored, stored)).toEqual([]);
});

test('a draft is previewed once it says for whom and has one whole metric; unfinished metrics are left out', () => {
  expect(previewInput(EMPTY_HEALTH, undefined)).toBeUndefined();
  expect(previewInput({ ...EMPTY_HEALTH, global: true }, undefined)).toBeUndefined();
  const input = previewInput({ ...EMPTY_HEALTH, global: true, metrics: [metric('a'), metric('b', { target: undefined })] }, 'd1');
  expect(input?.metrics).toHaveLength(1);
  expect(input?.definitionId).toBe('d1');
});

test('BR-37 the total of the weights is shown while they are typed', () => {
  expect(weightTotal({ ...EMPTY_HEALTH, metrics: [metric('a', { weight: 40 }), metric('b', { weight: undefined })] })).toBe(40);
});
