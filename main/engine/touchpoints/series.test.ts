import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import { instantToLocal } from '#shared/util/zoned-time.ts';
import type { Engine } from '../engine.ts';

const ZONE = 'Europe/Vienna';

/** A weekly meeting on Mondays at 09:00 in Vienna, across the change of the clocks on 26 October. */
async function world() {
  const engine = await engineAsOf('2025-10-08');
  const { engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Weekly', engagement });
  const values = {
    subject: 'Weekly status',
    touchpoint,
    type: 'weeklyStatus',
    timeZone: ZONE,
    startsAt: '2025-10-06T07:00:00.000Z',
    endsAt: '2025-10-06T07:30:00.000Z',
    agenda: 'Open points',
  };
  const created = await call(engine, 'series.create', { values, cadence: 'weekly', repeatUntil: '2025-11-10' });
  return { engine, engagement, touchpoint, series: created.id, created };
}

/** Meetings by day, as `day time state`. */
const shown = (engine: Engine, series?: string) =>
  [...engine.context.view.all('meeting')]
    .filter((meeting) => series === undefined || meeting.series === series)
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
    .map(({ startsAt, state }) => `${instantToLocal(startsAt, ZONE)} ${state ?? ''}`);
const on = (engine: Engine, day: string) => {
  const meeting = [...engine.context.view.all('meeting')].find(({ occurrence, state }) => occurrence === day && state !== 'cancelled');
  if (!meeting) throw new Error(`There is no meeting on ${day}`);
  return meeting;
};

test('TCH-03 a series makes its meetings, each at 09:00 on its clock, in one step for undo', async () => {
  const { engine, created, engagement } = await world();
  expect(created.meetings).toBe(6);
  expect(shown(engine)).toEqual([
    '2025-10-06 09:00 scheduled',
    '2025-10-13 09:00 scheduled',
    '2025-10-20 09:00 scheduled',
    '2025-10-27 09:00 scheduled',
    '2025-11-03 09:00 scheduled',
    '2025-11-10 09:00 scheduled',
  ]);
  expect(on(engine, '2025-10-27')).toMatchObject({ startsAt: '2025-10-27T08:00:00.000Z', agenda: 'Open points', engagement });
  await call(engine, 'records.undo', { changeSetId: created.changeSetId });
  expect(engine.context.view.count('meeting')).toBe(0);
});

test('TCH-03 one meeting is moved, and stays moved when the whole series changes its time and place', async () => {
  const { engine } = await world();
  const exception = on(engine, '2025-10-20');
  await call(engine, 'series.change', {
    meeting: exception.id,
    scope: 'one',
    patch: { startsAt: '2025-10-21T12:00:00.000Z', endsAt: '2025-10-21T12:30:00.000Z', agenda: 'Only this one' },
  });
  const next = on(engine, '2025-10-13');
  await call(engine, 'series.change', {
    meeting: next.id,
    scope: 'all',
    patch: { startsAt: '2025-10-13T09:00:00.000Z', endsAt: '2025-10-13T10:00:00.000Z', agenda: 'Plan', link: 'https://meet.example.com/x' },
  });
  expect(shown(engine)).toEqual([
    '2025-10-06 09:00 scheduled',
    '2025-10-13 11:00 scheduled',
    '2025-10-21 14:00 scheduled',
    '2025-10-27 11:00 scheduled',
    '2025-11-03 11:00 scheduled',
    '2025-11-10 11:00 scheduled',
  ]);
  expect(on(engine, '2025-10-20')).toMatchObject({ agenda: 'Only this one', link: 'https://meet.example.com/x' });
  expect(on(engine, '2025-10-27')).toMatchObject({ agenda: 'Plan', endsAt: '2025-10-27T11:00:00.000Z' });
  // what is past is left alone
  expect(on(engine, '2025-10-06').agenda).toBe('Open points');
});

test('TCH-03 this and the following become a series of their own', async () => {
  const { engine, series } = await world();
  const done = await call(engine, 'series.change', {
    meeting: on(engine, '2025-10-27').id,
    scope: 'following',
    patch: { subject: 'Status, new round' },
  });
  expect(done.id).not.toBe(series);
  expect(shown(engine, series)).toHaveLength(3);
  expect(shown(engine, done.id)).toHaveLength(3);
  expect(engine.context.view.get('meetingSeries', series)?.repeatUntil).toBe('2025-10-26');
  expect(on(engine, '2025-11-03').subject).toBe('Status, new round');
  expect(on(engine, '2025-10-20').subject).toBe('Weekly status');
});

test('TCH-03 a longer series gets further meetings, a shorter one cancels the last, and what was cancelled stays so', async () => {
  const { engine } = await world();
  await call(engine, 'series.cancel', { meeting: on(engine, '2025-10-20').id, scope: 'one' });
  const longer = await call(engine, 'series.change', {
    meeting: on(engine, '2025-10-13').id,
    scope: 'all',
    patch: {},
    repeatUntil: '2025-11-24',
  });
  expect(shown(engine).filter((line) => line.endsWith('scheduled'))).toHaveLength(7);
  expect(shown(engine).filter((line) => line.startsWith('2025-10-20'))).toEqual(['2025-10-20 09:00 cancelled']);
  await call(engine, 'series.change', { meeting: on(engine, '2025-10-13').id, scope: 'all', patch: {}, repeatUntil: '2025-11-03' });
  expect(shown(engine).filter((line) => line.endsWith('scheduled'))).toEqual([
    '2025-10-06 09:00 scheduled',
    '2025-10-13 09:00 scheduled',
    '2025-10-27 09:00 scheduled',
    '2025-11-03 09:00 scheduled',
  ]);
  expect(longer.meetings).toBeGreaterThan(0);
});

test('TCH-03 moved to an earlier day, what was to come is cancelled and planned anew', async () => {
  const { engine } = await world();
  // from Monday to the Friday before
  await call(engine, 'series.change', {
    meeting: on(engine, '2025-10-13').id,
    scope: 'all',
    patch: { startsAt: '2025-10-10T07:00:00.000Z', endsAt: '2025-10-10T07:30:00.000Z' },
  });
  const all = shown(engine);
  expect(all.filter((line) => line.endsWith('cancelled')).map((line) => line.slice(0, 10))).toEqual([
    '2025-10-13',
    '2025-10-20',
    '2025-10-27',
    '2025-11-03',
    '2025-11-10',
  ]);
  expect(all.filter((line) => line.endsWith('scheduled')).map((line) => line.slice(0, 10))).toEqual([
    '2025-10-06',
    '2025-10-10',
    '2025-10-17',
    '2025-10-24',
    '2025-10-31',
    '2025-11-07',
  ]);
});

test('TCH-03 cancelling a series leaves what was held; the rules refuse one that is too long', async () => {
  const { engine, touchpoint, series } = await world();
  await change(engine, (draft) => draft.update('meeting', on(engine, '2025-10-13').id, { state: 'completed' }));
  await call(engine, 'series.cancel', { meeting: on(engine, '2025-10-20').id, scope: 'all' });
  expect(shown(engine).map((line) => line.slice(17))).toEqual([
    'scheduled',
    'completed',
    'cancelled',
    'cancelled',
    'cancelled',
    'cancelled',
  ]);
  expect(engine.context.view.get('meetingSeries', series)?.state).toBe('cancelled');
  const values = { subject: 'Long', touchpoint, startsAt: '2025-10-06T07:00:00.000Z', endsAt: '2025-10-06T08:00:00.000Z' };
  await expect(call(engine, 'series.create', { values, cadence: 'daily', repeatUntil: '2026-12-31' })).rejects.toMatchObject({
    code: 'rule',
  });
  const single = await add(engine, 'meeting', { ...values, state: 'draft' });
  await expect(call(engine, 'series.cancel', { meeting: single, scope: 'all' })).rejects.toMatchObject({
    code: 'rule',
    message: expect.stringContaining('single meeting'),
  });
});
