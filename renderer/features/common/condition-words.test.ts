import { expect, test } from 'vitest';
import { wordsOfCondition } from './condition-words.ts';

const id = '01a201ea-ba24-7000-a77e-2581dc7aab62';

test('records in a condition are called by their names, never by their keys', () => {
  const condition = { field: 'engagement', op: 'is', value: id } as const;
  expect(wordsOfCondition(condition, 'touchpoint', () => 'Northwind')).toBe('engagement is Northwind');
  expect(wordsOfCondition(condition, 'touchpoint', () => undefined)).toBe('engagement is the chosen record');
});
