import { expect, test } from 'vitest';
import { formatMinutes, reasonWords, type Reason } from './today-words.ts';

const words = (reason: Reason) => reasonWords(reason, 'UTC', '2025-06-11');

test.each<[Reason, string]>([
  [{ why: 'late', days: 1 }, '1 day late'],
  [{ why: 'due', on: '2025-06-11' }, 'Today'],
  [{ why: 'new' }, 'New risk'],
  [{ why: 'cadence', contact: 'touch', every: 7 }, 'Touch every 7 days, none yet'],
  [{ why: 'cadence', contact: 'renewal', every: 60 }, 'Renewal talk, none yet'],
  [{ why: 'renewal', on: '2025-06-11', days: 0 }, 'Renewal today'],
  [{ why: 'renewal', on: '2025-07-01', days: 20 }, 'Renewal in 20 days'],
  [{ why: 'risk', priority: 'high', open: 1 }, 'High risk'],
  [{ why: 'risk', priority: 'high', open: 3 }, 'High risk (3 open)'],
])('DSH-13 %o reads %s', (reason, text) => {
  expect(words(reason)).toBe(text);
});

test('DSH-13 minutes read as hours', () => {
  expect([10, 60, 65, 480].map(formatMinutes)).toEqual(['10 min', '1 h', '1 h 05', '8 h']);
});
