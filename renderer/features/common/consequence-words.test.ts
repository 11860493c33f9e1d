import { expect, test } from 'vitest';
import { consequenceWords } from './consequence-words.ts';

test('BR-15 what else changes is said in words, with number and fields', () => {
  const words = (what: 'cancel' | 'update' | 'reopen', count: number, fields: string[] = []) =>
    consequenceWords({ table: 'riskSignal', what, fields, count, first: [] });
  expect(words('cancel', 2)).toBe('2 risk signals are cancelled with it:');
  expect(words('reopen', 1)).toBe('1 risk signal is reopened with it:');
  expect(words('update', 1, ['about', 'engagement'])).toBe('1 risk signal changes (About, Engagement):');
});
