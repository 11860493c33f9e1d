import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { areSound } from '#shared/sync-core/points.ts';
import type { SeriesChange } from '../store/change-set.ts';
import { diffPoints, NO_POINTS } from '../store/points.ts';
import { daysOf, madeOf, packed, piecesOf, plainPoints, withoutPoints, withPoints } from './deed-points.ts';

const DAY = fc.integer({ min: 20_400, max: 20_440 });
const deed = fc.record({
  set: fc.dictionary(DAY.map(String), fc.integer({ min: 0, max: 9 })),
  remove: fc.uniqueArray(DAY, { maxLength: 5 }),
});

/** Plays deeds on points as the engine does; answers how they are in the end, and what change sets keep of each deed. */
function play(deeds: readonly { readonly set: Readonly<Record<string, number>>; readonly remove: readonly number[] }[]) {
  const states: PackedSeries[] = [NO_POINTS];
  const changes: SeriesChange[] = [];
  for (const { set, remove } of deeds) {
    const days = Object.keys(set).map(Number);
    const points = { start: days.map((day) => day - 1), end: days, value: days.map((day) => set[String(day)] ?? 0) };
    const before = states.at(-1) ?? NO_POINTS;
    const after = withPoints(before, { set: points, remove });
    const diff = diffPoints(before, after);
    if (diff === undefined) continue;
    changes.push({ series: 's', ...diff });
    states.push(after);
  }
  return { states, changes, now: states.at(-1) ?? NO_POINTS };
}

test('S4 what each deed made of points follows from how they are now and what was done since', () => {
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 6 }), (deeds) => {
      const { states, changes, now } = play(deeds);
      let again = NO_POINTS;
      for (const [at, change] of changes.entries()) {
        const made = madeOf(change, now, changes.slice(at + 1));
        expect(areSound(made.set)).toBe(true);
        again = withPoints(again, made);
        expect(plainPoints(again)).toEqual(plainPoints(states[at + 1] ?? NO_POINTS));
      }
      expect(plainPoints(changes.reduceRight(withoutPoints, now))).toEqual(plainPoints(NO_POINTS));
    }),
  );
});

test('S3 a large change goes in pieces of one operation each, which together are the whole', () => {
  const end = Array.from({ length: 12_001 }, (_, at) => at);
  const now = packed({ start: end, end, value: end });
  const before = packed({ start: [5], end: [5], value: [1] });
  const diff = diffPoints(before, now);
  const pieces = piecesOf({ series: 's', ...(diff ?? { added: new Int32Array(), removed: new Int32Array(), before }) });
  expect(pieces.map((piece) => daysOf(piece).length)).toEqual([5_000, 5_000, 2_001]);
  const sent = pieces.reduce((points, piece, at) => withPoints(points, madeOf(piece, now, pieces.slice(at + 1))), before);
  expect(plainPoints(sent)).toEqual(plainPoints(now));
});
