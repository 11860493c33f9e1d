import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryView, testRow } from '../../../test/support/memory-view.ts';
import { SETTING_DEFAULTS } from '../../model/settings.ts';
import { addDays } from '../../util/calendar-days.ts';
import { cadenceDebt, duesOf, mostUrgent, type Cadence } from './cadence.ts';
import { contactsOf, contactsOfAll, NO_CONTACTS } from './contacts.ts';

const TODAY = '2025-06-11';
const NEVER = { last: {}, next: {} };
const dues = (cadence: Partial<Cadence>) =>
  duesOf({ tier: 'strategic', contacts: NEVER, since: '2025-01-01', renewal: undefined, ...cadence }, SETTING_DEFAULTS, TODAY);
const brief = (cadence: Partial<Cadence>) => dues(cadence).map(({ kind, due, overdueDays }) => [kind, due, overdueDays]);

test.each([
  [
    'strategic',
    [
      ['touch', '2025-01-08', 154],
      ['review', '2025-04-01', 71],
      ['executive', '2025-04-01', 71],
    ],
  ],
  [
    'growth',
    [
      ['touch', '2025-01-15', 147],
      ['review', '2025-06-30', -19],
      ['executive', '2025-06-30', -19],
    ],
  ],
  [
    'core',
    [
      ['touch', '2025-01-31', 131],
      ['review', '2026-01-01', -204],
    ],
  ],
  ['nurture', []],
] as const)('ENG-09 the rhythm of %s counts from the beginning as long as nothing was held', (tier, expected) => {
  expect(brief({ tier })).toEqual(expected);
});

test('ENG-09 a touch is late by asOf − (last + interval) days, and its debt is that in intervals', () => {
  const [touch] = dues({ contacts: { last: { touch: '2025-05-28' }, next: {} } });
  expect(touch).toMatchObject({ due: '2025-06-04', overdueDays: 7, debt: 1, covered: false });
  const [early] = dues({ contacts: { last: { touch: '2025-06-10' }, next: {} } });
  expect(early).toMatchObject({ due: '2025-06-17', overdueDays: -6, debt: 0 });
});

test('ENG-09 core accounts meet executives at the renewal, and every renewal is talked about before it', () => {
  const renewal = '2025-07-31';
  expect(brief({ tier: 'core', renewal, contacts: { last: { touch: TODAY, review: TODAY }, next: {} } })).toEqual([
    ['touch', '2025-07-11', -30],
    ['review', '2026-06-11', -365],
    ['executive', renewal, -50],
    ['renewal', '2025-06-01', 10],
  ]);
  expect(
    brief({ tier: 'core', renewal, contacts: { last: { renewal: '2025-06-02', executive: '2025-05-20' }, next: {} } }).map(
      ([kind]) => kind,
    ),
  ).toEqual(['touch', 'review']);
  expect(brief({ tier: 'nurture', renewal })).toEqual([]);
  expect(brief({ tier: 'core', renewal: '2025-06-10' }).map(([kind]) => kind)).toEqual(['touch', 'review']);
});

test('TCH-07 what is planned within an interval covers what is due; the most urgent is the one with the largest debt', () => {
  const planned = dues({ contacts: { last: { touch: '2025-06-01' }, next: { touch: '2025-06-14' } } });
  expect(planned[0]).toMatchObject({ overdueDays: 3, planned: '2025-06-14', covered: true });
  expect(dues({ contacts: { last: { touch: '2025-06-01' }, next: { touch: '2025-06-30' } } })[0]?.covered).toBe(false);
  expect(mostUrgent(planned, TODAY)?.kind).toBe('review');
  expect(mostUrgent(dues({ contacts: { last: { touch: TODAY, review: TODAY, executive: TODAY }, next: {} } }), TODAY)).toBeUndefined();
});

test('TCH-07 touchpoints count by their day, meetings once completed, and by their type', () => {
  const view = memoryView();
  const touch = (id: string, fields: Readonly<Record<string, unknown>>) =>
    view.put('touchpoint', testRow('touchpoint', id, { subject: id, engagement: 'e', state: 'new', ...fields }));
  const meet = (id: string, fields: Readonly<Record<string, unknown>>) =>
    view.put('meeting', testRow('meeting', id, { subject: id, touchpoint: 't1', engagement: 'e', ...fields }));
  touch('t1', { heldOn: '2025-06-01', state: 'closed' });
  touch('t2', { heldOn: '2025-06-20', category: 'renewal' });
  touch('t3', { heldOn: '2025-06-12', state: 'cancelled' });
  touch('t4', { dueDate: '2025-06-18' });
  touch('t5', { engagement: 'x', heldOn: '2025-06-10' });
  meet('m1', { state: 'completed', type: 'qbr', startsAt: '2025-06-05T22:30:00.000Z', endsAt: '2025-06-05T23:00:00.000Z' });
  meet('m2', { state: 'draft', startsAt: '2025-06-12T08:00:00.000Z', endsAt: '2025-06-12T09:00:00.000Z' });
  meet('m3', { state: 'scheduled', type: 'executive', startsAt: '2025-06-13T08:00:00.000Z', endsAt: '2025-06-13T09:00:00.000Z' });
  expect(contactsOf('e', view, TODAY, 'Europe/Vienna')).toEqual({
    last: { touch: '2025-06-06', review: '2025-06-06' },
    next: { touch: '2025-06-13', renewal: '2025-06-20', executive: '2025-06-13' },
  });
});

test('ENG-09 debt never shrinks while days pass without a contact', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('strategic', 'growth', 'core', 'nurture' as const),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 90 }),
      (tier, ago, more) => {
        const cadence: Cadence = { tier, contacts: NEVER, since: addDays(TODAY, -ago), renewal: undefined };
        const debt = (asOf: string) => cadenceDebt(duesOf(cadence, SETTING_DEFAULTS, asOf));
        expect(debt(addDays(TODAY, more))).toBeGreaterThanOrEqual(debt(TODAY));
      },
    ),
  );
});

test('ENG-09 TCH-07 contacts gathered for all engagements at once are those looked up one by one, in any zone', () => {
  const engagement = fc.constantFrom('a', 'b', 'c');
  const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days));
  const touches = fc.array(
    fc.record({
      engagement,
      heldOn: fc.option(day, { nil: undefined }),
      dueDate: fc.option(day, { nil: undefined }),
      state: fc.constantFrom('new', 'closed', 'cancelled'),
      category: fc.constantFrom('general', 'renewal', 'review', 'executive'),
    }),
    { maxLength: 12 },
  );
  const meetings = fc.array(
    fc.record({
      engagement,
      day,
      hour: fc.integer({ min: 0, max: 23 }),
      state: fc.constantFrom('draft', 'scheduled', 'completed', 'cancelled'),
      type: fc.constantFrom('adHoc', 'qbr', 'executive', 'renewal'),
    }),
    { maxLength: 12 },
  );
  const zones = fc.constantFrom('UTC', 'Europe/Vienna', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata');
  fc.assert(
    fc.property(touches, meetings, zones, (touchpoints, held, zone) => {
      const view = memoryView();
      touchpoints.forEach((fields, at) => view.put('touchpoint', testRow('touchpoint', `t${at}`, { subject: 'T', ...fields })));
      held.forEach(({ day: on, hour, ...fields }, at) => {
        const startsAt = `${on}T${String(hour).padStart(2, '0')}:30:00.000Z`;
        view.put('meeting', testRow('meeting', `m${at}`, { subject: 'M', touchpoint: 't0', startsAt, endsAt: startsAt, ...fields }));
      });
      const steps = contactsOfAll(view, TODAY, zone);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      for (const id of ['a', 'b', 'c']) expect(step.value.get(id) ?? NO_CONTACTS).toEqual(contactsOf(id, view, TODAY, zone));
    }),
  );
});
