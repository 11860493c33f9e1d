import { expect, test } from 'vitest';
import type { Parsed } from '#shared/contract/engine-contract.ts';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';

const TODAY = '2025-10-22';
const window = { offset: 0, limit: 50 };
const week = { from: '2025-10-20', days: 7, window };

async function world() {
  const engine = await engineAsOf(TODAY);
  const big = await addCustomer(engine, 'Big', { goLiveDate: '2025-01-01' });
  const small = await addCustomer(engine, 'Small', { goLiveDate: '2025-01-01' });
  const ids = await change(engine, (draft) => {
    draft.update('account', big.account, { cadenceTier: 'strategic' });
    draft.update('account', small.account, { cadenceTier: 'core' });
    const touchpoint = draft.create('touchpoint', { subject: 'Call', engagement: small.engagement, heldOn: '2025-10-24' });
    draft.cancel('touchpoint', draft.create('touchpoint', { subject: 'Off', engagement: small.engagement, heldOn: '2025-10-24' }), 'No');
    const meeting = draft.create('meeting', {
      subject: 'Review',
      touchpoint,
      state: 'scheduled',
      type: 'adHoc',
      timeZone: 'Europe/Vienna',
      startsAt: '2025-10-24T07:00:00.000Z',
      endsAt: '2025-10-24T08:00:00.000Z',
    });
    return { touchpoint, meeting };
  });
  return { engine, big, small, ...ids };
}

test('TCH-06 TCH-07 the planner shows engagements with what is planned, what is due, and in the order asked for', async () => {
  const { engine, big, small, touchpoint, meeting } = await world();
  const { rows, total } = await call(engine, 'planner.rows', week);
  expect(total).toBe(2);
  expect(rows.map(({ engagement }) => engagement.id)).toEqual([big.engagement, small.engagement]);
  expect(rows[0]).toMatchObject({ due: { kind: 'Touch', late: true }, items: [] });
  expect(rows[1]?.items.map(({ id, day }) => [id, day])).toEqual([
    [meeting, '2025-10-24'],
    [touchpoint, '2025-10-24'],
  ]);
  expect((await call(engine, 'planner.rows', { ...week, search: 'sma' })).rows).toHaveLength(1);
  expect((await call(engine, 'planner.rows', { ...week, due: true })).rows.map(({ engagement }) => engagement.id)).toEqual([
    big.engagement,
  ]);
});

test('TCH-06 the planner is narrowed by type, priority and status, finds what is planned by its words, and reads as a list', async () => {
  const { engine, big, small, touchpoint, meeting } = await world();
  await change(engine, (draft) => draft.update('touchpoint', touchpoint, { priority: 'high', category: 'renewal' }));
  const shown = async (more: Partial<Parsed<'planner.rows'>>) =>
    (await call(engine, 'planner.rows', { ...week, ...more })).rows.map(({ engagement, items }) => [
      engagement.id,
      ...items.map(({ id }) => id),
    ]);
  const both = [[small.engagement, meeting, touchpoint]];
  expect(await shown({ type: 'meeting' })).toEqual([[small.engagement, meeting]]);
  expect(await shown({ type: 'meeting/qbr' })).toEqual([]);
  expect(await shown({ type: 'touchpoint/renewal' })).toEqual([[small.engagement, touchpoint]]);
  expect(await shown({ priority: 'high' })).toEqual(both);
  expect(await shown({ priority: 'low' })).toEqual([]);
  expect(await shown({ state: 'open' })).toEqual(both);
  expect(await shown({ state: 'over' })).toEqual([]);
  expect(await shown({ search: 'rÉview' })).toEqual([[small.engagement, meeting]]);
  expect(await shown({ search: 'big' })).toEqual([[big.engagement]]);
  const { rows, total } = await call(engine, 'planner.items', week);
  expect([total, rows.map(({ id, engagement }) => [id, engagement.id])]).toEqual([
    2,
    [
      [meeting, small.engagement],
      [touchpoint, small.engagement],
    ],
  ]);
});

test('T7 TCH-06 a meeting is moved across the change of the clocks and keeps its time; undo brings it back', async () => {
  const { engine, touchpoint, meeting } = await world();
  const { changeSetId, day } = await call(engine, 'planner.move', { table: 'meeting', id: meeting, days: 3 });
  expect(day).toBe('2025-10-27');
  expect(engine.context.view.get('meeting', meeting)).toMatchObject({
    startsAt: '2025-10-27T08:00:00.000Z',
    endsAt: '2025-10-27T09:00:00.000Z',
  });
  await call(engine, 'records.undo', { changeSetId });
  expect(engine.context.view.get('meeting', meeting)?.startsAt).toBe('2025-10-24T07:00:00.000Z');
  await call(engine, 'planner.move', { table: 'touchpoint', id: touchpoint, days: -1 });
  expect(engine.context.view.get('touchpoint', touchpoint)?.heldOn).toBe('2025-10-23');
  await change(engine, (draft) => draft.update('meeting', meeting, { state: 'completed' }));
  await expect(call(engine, 'planner.move', { table: 'meeting', id: meeting, days: 1 })).rejects.toMatchObject({ code: 'rule' });
});

test('T7 a proposal is a time at which both work and nobody has another meeting; taken, it is a draft that nobody is invited to', async () => {
  const { engine, big, touchpoint } = await world();
  const contact = await add(engine, 'contact', { name: 'Ann', account: big.account, timeZone: 'America/New_York' });
  const zoe = await add(engine, 'user', { name: 'Zoe', timeZone: 'Europe/Vienna' });
  await change(engine, (draft) => {
    draft.update('engagement', big.engagement, { keyContact: contact, csm: zoe });
    // nine in New York, on each of the days that come into question
    for (const day of ['2025-10-23', '2025-10-27', '2025-10-28', '2025-10-29'])
      draft.create('meeting', {
        subject: 'Taken',
        touchpoint,
        state: 'scheduled',
        type: 'adHoc',
        organiser: zoe,
        startsAt: `${day}T13:00:00.000Z`,
        endsAt: `${day}T13:20:00.000Z`,
      });
  });
  const { proposals } = await call(engine, 'planner.gaps', { limit: 50, whose: 'all' }, { actor: zoe });
  expect(proposals).toMatchObject([{ date: '2025-10-23', startsAt: '2025-10-23T13:30:00.000Z', zone: 'America/New_York' }]);
  const plans = proposals.map(({ engagement, kind, date, startsAt }) => ({ engagement: engagement.id, kind, date, startsAt }));
  const { changeSetId } = await call(engine, 'planner.fill', { plans }, { actor: zoe });
  const [meeting] = engine.context.view.by('meeting', 'engagement', big.engagement);
  expect(meeting).toMatchObject({ state: 'draft', startsAt: '2025-10-23T13:30:00.000Z', contacts: [contact], organiser: zoe });
  await call(engine, 'records.undo', { changeSetId }, { actor: zoe });
  expect(engine.context.view.by('meeting', 'engagement', big.engagement)).toEqual([]);
});

test('T7 cadence gaps are proposed on working days and filled in one step', async () => {
  const { engine, big } = await world();
  const { proposals, total } = await call(engine, 'planner.gaps', { limit: 50 });
  expect(total).toBe(1);
  expect(proposals).toMatchObject([{ engagement: { id: big.engagement }, kind: 'cadence', date: '2025-10-23' }]);
  const plans = proposals.map(({ engagement, kind, date }) => ({ engagement: engagement.id, kind, date }));
  const { changeSetId, touchpoints } = await call(engine, 'planner.fill', { plans });
  expect(touchpoints).toBe(1);
  expect(engine.context.view.by('touchpoint', 'engagement', big.engagement).map(({ heldOn }) => heldOn)).toEqual(['2025-10-23']);
  await call(engine, 'records.undo', { changeSetId });
  expect(engine.context.view.by('touchpoint', 'engagement', big.engagement)).toEqual([]);
  await expect(
    call(engine, 'planner.move', { table: 'meeting', id: await add(engine, 'user', { name: 'x' }), days: 1 }),
  ).rejects.toMatchObject({ code: 'not-found' });
});
