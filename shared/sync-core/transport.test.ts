import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planBatch } from './batch.ts';
import { scopeChecksum } from './checksum.ts';
import { writeStamp } from './clock.ts';
import { judgeCursor, readCursor, writeCursor, type Cursor } from './cursor.ts';
import { areTooManyDeletions } from './deletions.ts';
import { clampStamp, isClockWrong, skewOf } from './skew.ts';

const numbered = (...numbers: number[]) => numbers.map((seq) => ({ seq }));
const seqs = (intents: readonly { readonly seq: number }[]) => intents.map(({ seq }) => seq);

test.each([
  [0, [1, 2, 3], [], [1, 2, 3], undefined],
  [3, [2, 3, 4], [2, 3], [4], undefined],
  [3, [5, 6], [], [], 4],
  [0, [1, 3, 4], [], [1], 2],
  [2, [4, 3], [], [3, 4], undefined],
  [2, [3, 3], [], [3], undefined],
  [2, [], [], [], undefined],
])('S3 after %i a batch of %j', (last, given, repeated, fresh, gap) => {
  const plan = planBatch(last, numbered(...given));
  expect([seqs(plan.repeated), seqs(plan.fresh), plan.gap]).toEqual([repeated, fresh, gap]);
});

test('S3 replaying any prefix runs nothing twice, and however a queue is cut it runs once, in order', () => {
  const cuts = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })), { maxLength: 30 });
  fc.assert(
    fc.property(cuts, (pieces) => {
      const ran: number[] = [];
      for (const [from, length] of [...pieces, [1, 20] as const]) {
        const { fresh } = planBatch(ran.length, numbered(...Array.from({ length }, (_, at) => from + at).filter((seq) => seq <= 20)));
        ran.push(...seqs(fresh));
      }
      expect(ran).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    }),
  );
});

const text = fc.string({ minLength: 1, maxLength: 12 }).filter((one) => one.isWellFormed());
const count = fc.integer({ min: 0, max: 1_000_000 });
const fill = fc.record({ to: count, rank: fc.integer({ min: 0, max: 3 }), scope: text, table: text, id: text });

test('S13 a cursor reads back as it was written, and what is none is refused', () => {
  fc.assert(
    fc.property(fc.record({ epoch: text, rows: count, members: count, fill: fc.option(fill, { nil: undefined }) }), (cursor: Cursor) => {
      expect(readCursor(writeCursor(cursor))).toEqual(
        cursor.fill ? cursor : { epoch: cursor.epoch, rows: cursor.rows, members: cursor.members },
      );
    }),
  );
  for (const bad of ['', 'a', 'a,1', 'a,1,x', 'a,-1,2', ',1,2', 'a,1,2,3', 'a,1,2,x,1,s,t,i', '%,1,2', 'a,1,2,3,1,s,t,i,more'])
    expect(readCursor(bad), bad).toBeUndefined();
});

test.each([
  ['ok', 'e1', 7, 7],
  ['too-old', 'e1', 2, 7],
  ['restored', 'e0', 7, 7],
  ['restored', 'e1', 11, 7],
  ['restored', 'e1', 7, 11],
] as const)('S10, S13 a cursor is judged %s', (state, epoch, rows, members) => {
  expect(judgeCursor({ epoch, rows, members }, { epoch: 'e1', head: 10, purged: 3 })).toBe(state);
});

test('S2 a stamp from the future is set back to five minutes ahead; from the past it stays', () => {
  const now = Date.parse('2026-05-05T10:00:00.000Z');
  const stamp = (ms: number) => writeStamp({ ms, count: 2 }, 'd1');
  expect(clampStamp(stamp(now - 86_400_000), now)).toBe(stamp(now - 86_400_000));
  expect(clampStamp(stamp(now + 86_400_000), now)).toBe(stamp(now + 300_000));
  expect(clampStamp('nonsense', now)).toBe(writeStamp({ ms: now, count: 0 }, 'unknown'));
  expect([skewOf('2026-05-05T10:03:00.000Z', now), skewOf('never', now)]).toEqual([180_000, undefined]);
  expect([isClockWrong(180_000), isClockWrong(-180_000), isClockWrong(60_000)]).toEqual([true, true, false]);
});

test.each([
  [20, 20, false],
  [21, 21, true],
  [50, 100, false],
  [51, 100, true],
])('S12 %i deletions of %i stop and ask: %s', (deleted, before, asks) => {
  expect(areTooManyDeletions(deleted, before)).toBe(asks);
});

test('S12 a checksum is that of the records and versions, in whatever order', () => {
  const records = fc.uniqueArray(
    fc.record({ table: fc.constantFrom('account', 'touchpoint'), id: fc.uuid(), version: fc.integer({ min: 1, max: 99 }) }),
    {
      selector: ({ id }) => id,
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(records, (all) => {
      const sum = scopeChecksum(all);
      expect(scopeChecksum(all.toReversed())).toBe(sum);
      expect(scopeChecksum(all.slice(1))).not.toBe(sum);
      expect(scopeChecksum(all.map((one, at) => (at === 0 ? { ...one, version: one.version + 1 } : one)))).not.toBe(sum);
    }),
  );
});
