import { describe, expect, test } from 'vitest';
import { SYNC_STATES } from '#shared/contract/areas/sync.ts';
import type { SyncStatus } from './sync-types.ts';
import {
  announcementOf,
  decisionWords,
  deletionWords,
  lookOf,
  momentWords,
  percentOf,
  skewWords,
  untilWords,
  wayOutOf,
} from './sync-words.ts';

const connection = { server: 'https://central.example', tenant: 'acme', login: 'ann', user: 'u', device: 'd', deviceName: 'Laptop' };
const status = (more: Partial<SyncStatus> = {}): SyncStatus => ({
  connection,
  state: 'idle',
  pending: 0,
  conflicts: 0,
  refused: 0,
  ...more,
});
const problem = (code: string) => ({ code, message: 'It does not answer.', wayOut: 'Wait.', since: '2026-03-01T10:00:00.000Z' });

/** Words that only those who built it use. */
const OURS = /outbox|intent|cursor|payload|snapshot|tombstone|epoch|push|pull|token|queue|undefined|NaN/i;

describe('SYN-12 a state is said in words of the person’s work', () => {
  test.each(SYNC_STATES)('%s has a short word and a whole sentence, in no words of ours', (state) => {
    for (const pending of [0, 1, 12]) {
      const { short, sentence } = lookOf(status({ state, pending }));
      expect(short.length).toBeGreaterThan(3);
      expect(short.length).toBeLessThan(25);
      expect(sentence).toMatch(/\.$/);
      expect(`${short} ${sentence}`).not.toMatch(OURS);
    }
  });

  test.each<[Partial<SyncStatus>, string]>([
    [{ state: 'offline', pending: 12 }, '12 changes are kept here and sent as soon as it answers.'],
    [{ state: 'offline', pending: 1 }, '1 change is kept here and sent as soon as it answers.'],
    [{ state: 'signed-out', pending: 3 }, 'signed out of acme'],
    [{ state: 'first-load', progress: { what: 'loading', done: 12, of: 40 } }, '12 of 40 so far'],
    [{ state: 'working', progress: { what: 'sending', done: 3, of: 9 } }, 'Your changes are being sent: 3 of 9.'],
    [{ state: 'idle', pending: 2 }, '2 changes will be sent in a moment.'],
  ])('%o says “%s”', (more, words) => {
    expect(lookOf(status(more)).sentence).toContain(words);
  });

  test('SYN-07 the first load shows how far it is in the footer', () => {
    expect(lookOf(status({ state: 'first-load', progress: { what: 'loading', done: 10, of: 40 } })).short).toBe('Loading records 25 %');
    expect(percentOf({ what: 'loading', done: 3 })).toBeUndefined();
    expect(percentOf({ what: 'loading', done: 0, of: 0 })).toBeUndefined();
  });

  test('what waits for a decision is counted', () => {
    expect(decisionWords(status())).toBe('');
    expect(decisionWords(status({ conflicts: 1 }))).toBe('1 conflict');
    expect(decisionWords(status({ conflicts: 2, refused: 1 }))).toBe('2 conflicts, 1 refused change');
  });
});

test.each<[Partial<SyncStatus>, string]>([
  [{ state: 'local' }, 'sign-in'],
  [{ state: 'signed-out' }, 'sign-in'],
  [{ state: 'offline', problem: problem('network') }, 'try-now'],
  [{ state: 'paused', problem: problem('unauthorized') }, 'sign-in'],
  [{ state: 'paused', problem: problem('unavailable') }, 'try-now'],
  [{ state: 'asks' }, 'answer'],
  [{ state: 'too-old' }, 'update'],
  [{ state: 'idle' }, 'try-now'],
])('SYN-12 %o leads to “%s”', (more, way) => {
  expect(wayOutOf(status(more))).toBe(way);
});

describe('a screen reader hears what matters and no more', () => {
  const heard = (before: Partial<SyncStatus>, after: Partial<SyncStatus>) => announcementOf(status(before), status(after));
  test('nothing at the start, nothing about ordinary traffic', () => {
    expect(announcementOf(undefined, status({ state: 'offline' }))).toBeUndefined();
    expect(heard({}, {})).toBeUndefined();
    expect(heard({ pending: 0 }, { pending: 4 })).toBeUndefined();
    expect(heard({ conflicts: 2 }, { conflicts: 1 })).toBeUndefined();
  });
  test('trouble, and its end', () => {
    expect(heard({}, { state: 'offline' })).toBe('Offline.');
    expect(heard({ state: 'offline' }, { state: 'offline', pending: 3 })).toBeUndefined();
    expect(heard({ state: 'offline' }, {})).toBe('Connected to the central store again.');
    expect(heard({}, { state: 'asks' })).toBe('Needs your answer.');
  });
  test('what came in to be decided', () => {
    expect(heard({ conflicts: 1 }, { conflicts: 3, refused: 1 })).toBe('2 new conflicts to settle. 1 change refused by the central store.');
  });
});

test.each([
  ['2026-03-01T10:00:00.000Z', 'now'],
  ['2026-03-01T10:00:01.000Z', 'in 1 second'],
  ['2026-03-01T10:00:12.400Z', 'in 13 seconds'],
  ['2026-03-01T10:02:00.000Z', 'in 2 minutes'],
  ['2026-03-01T13:00:00.000Z', 'in 3 hours'],
  ['2026-03-01T09:00:00.000Z', 'now'],
  ['not a time', 'now'],
])('the next try at %s is %s', (instant, words) => {
  expect(untilWords(instant, Date.parse('2026-03-01T10:00:00.000Z'))).toBe(words);
});

test('a moment of today is a time, another one a date and a time', () => {
  const now = Date.parse('2026-03-01T23:30:00.000Z');
  expect(momentWords('2026-03-01T10:24:00.000Z', now, 'UTC')).toMatch(/^10:24/);
  expect(momentWords('2026-03-01T10:24:00.000Z', now, 'Europe/Vienna')).toContain('2026');
  expect(momentWords('nonsense', now, 'UTC')).toBe('nonsense');
});

test.each([
  [undefined, undefined],
  [119_000, undefined],
  [120_000, 'The clock of this device is 2 minutes ahead.'],
  [-3_600_000, 'The clock of this device is 60 minutes behind.'],
  [7_200_000, 'The clock of this device is 2 hours ahead.'],
  [-259_200_000, 'The clock of this device is 3 days behind.'],
])('S2 a clock that is %s ms ahead: %s', (ms, words) => {
  expect(skewWords(ms)).toBe(words);
});

test.each(['here', 'server'] as const)('S12 before much is deleted (%s) both answers say what they do', (where) => {
  const { title, text, yes, no } = deletionWords({ where, deleted: 120, of: 200 });
  expect(title).toContain('120 of 200 records');
  expect(text).toContain('Nothing has been deleted');
  expect(yes).toContain('120');
  expect(no).not.toBe(yes);
});
