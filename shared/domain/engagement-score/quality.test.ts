import fc from 'fast-check';
import { expect, test } from 'vitest';
import { portfolioWorld } from '../../../test/support/rule-harness.ts';
import { QUALITY_MARKS } from '../touchpoints/quality-marks.ts';
import { MARK_POINTS, qualityOf, responsePoints } from './quality.ts';

test.each([
  [4, 4, 100],
  [3, 4, 80],
  [74, 100, 60],
  [2, 4, 60],
  [1, 4, 40],
  [24, 100, 20],
  [0, 4, 20],
])('ENG-04 %i of %i answered: %i points', (answered, asked, points) => {
  expect(responsePoints(answered, asked)).toBe(points);
});

type Marks = Partial<Record<(typeof QUALITY_MARKS)[number], boolean>>;
type Held = { readonly marks?: Marks; readonly day?: string; readonly state?: string };

function quality(meetings: readonly Held[], outreaches: readonly Readonly<Record<string, unknown>>[] = [], asOf = '2025-06-15') {
  const world = portfolioWorld();
  world.run(({ create }) => {
    create('touchpoint', 't1', { subject: 'Talk', engagement: 'e1' });
    for (const [at, { marks, day = '2025-06-01', state = 'completed' }] of meetings.entries()) {
      const times = { startsAt: `${day}T09:00:00.000Z`, endsAt: `${day}T10:00:00.000Z` };
      create('meeting', `m${at}`, { subject: 'Review', touchpoint: 't1', type: 'qbr', state, ...times });
      if (marks) create('meetingChecklist', `l${at}`, { about: `meeting/m${at}`, ...marks });
    }
    for (const [at, more] of outreaches.entries())
      create('outreach', `o${at}`, { subject: 'Numbers', engagement: 'e1', contact: 'k1', sentOn: '2025-06-01', ...more });
  }, asOf);
  return qualityOf(world.view, 'e1', asOf, 'UTC');
}

const answered = { result: 'answered', respondedOn: '2025-06-02' };

test('ENG-04 the quality is the mean of answers and meetings, of those that exist, and opens to what it was made of', () => {
  expect(quality([], [])).toMatchObject({ score: undefined });
  expect(quality([{}], []).score).toBeUndefined();
  expect(quality([{ marks: { onTime: true, executive: true } }], [])).toMatchObject({
    score: 45,
    meetings: { points: 45, judged: [{ table: 'meeting', id: 'm0', day: '2025-06-01', points: 45 }] },
  });
  expect(quality([{ marks: {} }, { marks: { strategic: true } }], [answered, {}, { result: 'bounced' }])).toMatchObject({
    score: 32.5,
    responses: { asked: 2, answered: 1, points: 60 },
    meetings: { points: 5 },
  });
  // only what was held counts, and only for 90 days; what was recorded before makes the silence since then a score
  expect(quality([{ marks: { onTime: true }, state: 'scheduled' }]).score).toBeUndefined();
  expect(quality([{ marks: { onTime: true }, day: '2025-03-18' }]).score).toBe(20);
  expect(quality([{ marks: { onTime: true }, day: '2025-03-17' }]).score).toBe(0);
  expect(quality([], [{ sentOn: '2025-01-01' }]).score).toBe(0);
});

test('ENG-04 every further observation raises a meeting by its points, all five make 100', () => {
  expect(Object.values(MARK_POINTS).reduce((sum, points) => sum + points, 0)).toBe(100);
  fc.assert(
    fc.property(fc.subarray([...QUALITY_MARKS]), fc.constantFrom(...QUALITY_MARKS), (marks, more) => {
      const scoreOf = (given: readonly string[]) => quality([{ marks: Object.fromEntries(given.map((mark) => [mark, true])) }]).score ?? 0;
      expect(scoreOf([...marks, more]) - scoreOf(marks)).toBe(marks.includes(more) ? 0 : MARK_POINTS[more]);
    }),
    { numRuns: 40 },
  );
});
