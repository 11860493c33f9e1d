import { expect, test } from 'vitest';
import { declineOf, mostFallen } from './declining.ts';
import { chooseDefinition, inOrderOfChoice } from './definition-choice.ts';
import { meanByValue, meanKnown, median } from './means.ts';

const unknown = Number.NaN;

test('DSH-01 overall health is the mean of the known ones', () => {
  expect(meanKnown([80, unknown, 60])).toEqual({ mean: 70, known: 2 });
  expect(meanKnown([unknown])).toBeUndefined();
});

test("a parent's health weighs its descendants' by contract value", () => {
  expect(
    meanByValue([
      { score: 90, value: 3000 },
      { score: 50, value: 1000 },
      { score: unknown, value: 9000 },
    ]),
  ).toBe(80);
  expect(
    meanByValue([
      { score: 90, value: 0 },
      { score: 50, value: 0 },
    ]),
  ).toBe(70);
  expect(meanByValue([{ score: unknown, value: 5 }])).toBeUndefined();
});

test('a median is the middle value, or the mean of the two middle ones', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, undefined]);
});

const weeks = (...scores: readonly number[]): readonly number[] => scores;
const calm = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 80 : 81));

test('a fall of ten points below the level of 4 to 6 weeks back is a decline', () => {
  expect(declineOf(weeks(...calm, 78, 76, 74, 71))).toEqual({ from: 81, to: 71, needed: 10 });
  expect(declineOf(weeks(...calm, 78, 76, 74, 71.5))).toBeUndefined();
});

test('a health that jumps about anyway has to fall further', () => {
  const restless = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? 85 : 75));
  expect(declineOf(weeks(...restless, 58))).toBeUndefined();
  expect(declineOf(weeks(...restless, 44))).toMatchObject({ to: 44, needed: 30 });
});

test('less than eight known weeks of history says nothing', () => {
  expect(declineOf(weeks(80, 80, 80, 80, 80, 80, 80, 20))).toBeUndefined();
  expect(declineOf(weeks(80, 80, 80, 80, 80, 80, 80, 80, 20))).toMatchObject({ to: 20 });
  expect(declineOf(weeks(...calm, unknown))).toBeUndefined();
});

test('the metric whose weighted score fell most is named', () => {
  expect(
    mostFallen([
      { weight: 10, before: 100, now: 0 },
      { weight: 50, before: 90, now: 60 },
      { weight: 90, before: unknown, now: 0 },
    ]),
  ).toBe(1);
  expect(mostFallen([{ weight: 10, before: 50, now: 60 }])).toBeUndefined();
});

const definitions = [
  { id: 'd', rank: 1, global: true, state: 'published' },
  { id: 'b', rank: 5, global: false, state: 'published' },
  { id: 'a', rank: 5, global: false, state: 'published' },
  { id: 'c', rank: 1, global: false, state: 'draft' },
  { id: 'e', rank: 9, global: false, state: 'published' },
] as const;

test('HLT-01 of the definitions that match, the smallest rank scores; a specific one wins over the global one', () => {
  const inOrder = inOrderOfChoice(definitions);
  expect(inOrder.map(({ id }) => id)).toEqual(['a', 'b', 'e', 'd']);
  expect(chooseDefinition(inOrder, () => true)?.id).toBe('a');
  expect(chooseDefinition(inOrder, ({ id }) => id === 'e')?.id).toBe('e');
  expect(chooseDefinition(inOrder, () => false)?.id).toBe('d');
});

test('HLT-01 without a definition that applies an engagement is not scored', () => {
  expect(chooseDefinition(inOrderOfChoice(definitions.slice(1)), () => false)).toBeUndefined();
});
