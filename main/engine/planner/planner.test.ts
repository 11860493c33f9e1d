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
  expect(rows[0]).toMatchObject({ due: { contact: 'touch', days: 287 }, items: [] });
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
  // the conversation that it was planned for went with it, and nobody had been invited yet
  expect(engine.context.view.get('touchpoint', touchpoint)?.heldOn).toBe('2025-10-27');
  expect([...engine.context.view.all('email')]).toEqual([]);
  await call(engine, 'records.undo', { changeSetId });
  expect(engine.context.view.get('meeting', meeting)?.startsAt).toBe('2025-10-24T07:00:00.000Z');
  await call(engine, 'planner.move', { table: 'touchpoint', id: touchpoint, days: -1 });
  expect(engine.context.view.get('touchpoint', touchpoint)?.heldOn).toBe('2025-10-23');
  expect(engine.context.view.get('meeting', meeting)?.startsAt).toBe('2025-10-23T07:00:00.000Z');
  // nothing that is planned becomes held by a key too many
  for (const [table, id] of [
    ['meeting', meeting],
    ['touchpoint', touchpoint],
  ] as const)
    await expect(call(engine, 'planner.move', { table, id, days: -7 })).rejects.toMatchObject({ code: 'rule' });
  await change(engine, (draft) => draft.update('meeting', meeting, { state: 'completed' }));
  await expect(call(engine, 'planner.move', { table: 'meeting', id: meeting, days: 1 })).rejects.toMatchObject({ code: 'rule' });
});

test('T7 TCH-04 guests who were invited are told of a move in the same step: with the newer version, and taken back with it', async () => {
  const { engine, small, meeting } = await world();
  const contact = await add(engine, 'contact', { name: 'Ann', email: 'ann@example.com', account: small.account });
  await change(engine, (draft) => draft.update('meeting', meeting, { contacts: [contact] }));
  await call(engine, 'mails.meeting', { kind: 'invitation', meetings: [meeting] });
  const mails = () =>
    [...engine.context.view.all('email')].map(({ kind, state, calendar }) => [kind, state, calendar?.match(/DTSTART.*Z/)?.[0]]);
  expect(mails()).toEqual([['invitation', 'queued', 'DTSTART:20251024T070000Z']]);
  const { changeSetId, updates } = await call(engine, 'planner.move', { table: 'meeting', id: meeting, days: 3 });
  expect(updates).toBe(1);
  // what still waited of the old time is not sent any more
  expect(mails()).toEqual([['invitation', 'queued', 'DTSTART:20251027T080000Z']]);
  await call(engine, 'records.undo', { changeSetId });
  expect(mails()).toEqual([['invitation', 'queued', 'DTSTART:20251024T070000Z']]);
});

test('TCH-06 who looks after an engagement sees all of it, others their own meetings and touchpoints', async () => {
  const { engine, big, small, touchpoint, meeting } = await world();
  const [zoe, max, eve, kim] = [
    await add(engine, 'user', { name: 'Zoe' }),
    await add(engine, 'user', { name: 'Max' }),
    await add(engine, 'user', { name: 'Eve' }),
    await add(engine, 'user', { name: 'Kim' }),
  ];
  const other = await add(engine, 'touchpoint', { subject: 'Other', engagement: small.engagement, heldOn: '2025-10-25' });
  await change(engine, (draft) => {
    draft.update('engagement', big.engagement, { accountManager: zoe, csm: max });
    draft.update('meeting', meeting, { organiser: zoe });
    draft.update('touchpoint', touchpoint, { squad: [eve] });
    draft.create('squadMember', { about: `engagement/${small.engagement}`, user: max });
  });
  const seen = async (actor: string) =>
    (await call(engine, 'planner.rows', { ...week, whose: 'mine' }, { actor })).rows.map(({ engagement, items }) => [
      engagement.id,
      ...items.map(({ id }) => id),
    ]);
  expect(await seen(zoe)).toEqual([[big.engagement], [small.engagement, meeting]]);
  expect(await seen(max)).toEqual([[big.engagement], [small.engagement, meeting, touchpoint, other]]);
  expect(await seen(eve)).toEqual([[small.engagement, meeting, touchpoint]]);
  expect(await seen(kim)).toEqual([]);
});

test('ENG-09 T7 what is filled is covered: a business review is planned as one, and is not proposed again', async () => {
  const { engine, big } = await world();
  await add(engine, 'touchpoint', { subject: 'Just now', engagement: big.engagement, heldOn: TODAY });
  const seen: string[] = [];
  for (;;) {
    const { proposals } = await call(engine, 'planner.gaps', { limit: 50 });
    if (proposals.length === 0) break;
    seen.push(...proposals.map(({ contact }) => contact));
    const plans = proposals.map(({ engagement, contact, date, startsAt }) => ({ engagement: engagement.id, contact, date, startsAt }));
    await call(engine, 'planner.fill', { plans });
    expect(seen.length).toBeLessThan(5);
  }
  expect(seen).toEqual(['review', 'executive']);
  const meetings = engine.context.view.by('meeting', 'engagement', big.engagement);
  expect(meetings.map(({ type, subject }) => [type, subject])).toEqual([
    ['qbr', 'Business review with Big'],
    ['executive', 'Executive check-in with Big'],
  ]);
});

test('ENG-09 TCH-07 the cadence of an engagement says kind by kind what was held, is planned, is due, and how late', async () => {
  const { engine, big, small } = await world();
  await add(engine, 'touchpoint', { subject: 'Call', engagement: big.engagement, heldOn: '2025-10-01' });
  await add(engine, 'touchpoint', { subject: 'Next', engagement: big.engagement, heldOn: '2025-10-24' });
  expect(await call(engine, 'planner.cadence', { engagement: big.engagement })).toEqual({
    tier: 'strategic',
    contacts: [
      { contact: 'touch', every: 7, last: '2025-10-01', planned: '2025-10-24', due: '2025-10-08', days: 14, debt: 2, covered: true },
      { contact: 'review', every: 90, due: '2025-04-01', days: 204, debt: 204 / 90, covered: false },
      { contact: 'executive', every: 90, due: '2025-04-01', days: 204, debt: 204 / 90, covered: false },
    ],
  });
  await change(engine, (draft) => draft.update('account', small.account, { cadenceTier: 'nurture' }));
  expect(await call(engine, 'planner.cadence', { engagement: small.engagement })).toEqual({ tier: 'nurture', contacts: [] });
  await expect(call(engine, 'planner.cadence', { engagement: 'gone' })).rejects.toMatchObject({ code: 'not-found' });
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
  const plans = proposals.map(({ engagement, contact: kind, date, startsAt }) => ({
    engagement: engagement.id,
    contact: kind,
    date,
    startsAt,
  }));
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
  expect(proposals).toMatchObject([{ engagement: { id: big.engagement }, contact: 'touch', date: '2025-10-23' }]);
  const plans = proposals.map(({ engagement, contact, date }) => ({ engagement: engagement.id, contact, date }));
  const { changeSetId, touchpoints } = await call(engine, 'planner.fill', { plans });
  expect(touchpoints).toBe(1);
  expect(engine.context.view.by('touchpoint', 'engagement', big.engagement).map(({ heldOn }) => heldOn)).toEqual(['2025-10-23']);
  await call(engine, 'records.undo', { changeSetId });
  expect(engine.context.view.by('touchpoint', 'engagement', big.engagement)).toEqual([]);
  await expect(
    call(engine, 'planner.move', { table: 'meeting', id: await add(engine, 'user', { name: 'x' }), days: 1 }),
  ).rejects.toMatchObject({ code: 'not-found' });
});
