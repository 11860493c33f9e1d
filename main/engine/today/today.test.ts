import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import type { Engine } from '../engine.ts';

const TODAY = '2025-06-11';
const usd = (amount: number) => ({ amount, currency: 'USD' });

/** A strategic customer that renews soon with a task and a new risk, and a nurtured one with a touchpoint. */
async function work() {
  const engine = await engineAsOf(TODAY);
  const big = await addCustomer(engine, 'Big', { goLiveDate: '2025-01-01', renewalDate: '2025-07-11' });
  const small = await addCustomer(engine, 'Small', { goLiveDate: '2025-01-01' });
  const ids = await change(engine, (draft) => {
    draft.update('account', big.account, { cadenceTier: 'strategic' });
    draft.update('account', small.account, { cadenceTier: 'nurture' });
    draft.create('contract', { name: 'C', account: big.account, startDate: '2025-01-01', value: usd(120_000_000) });
    const touchpoint = draft.create('touchpoint', { subject: 'Ask them', engagement: small.engagement, dueDate: '2025-06-12' });
    return {
      touchpoint,
      task: draft.create('successTask', {
        subject: 'Deck',
        description: 'Send it',
        parent: `touchpoint/${touchpoint}`,
        dueDate: '2025-06-01',
      }),
      risk: draft.create('riskSignal', {
        shortDescription: 'Usage fell',
        engagement: small.engagement,
        priority: 'high',
        probability: 'high',
      }),
    };
  });
  return { engine, big, small, ...ids };
}

const list = (engine: Engine, actor?: string) =>
  call(engine, 'today.list', { whose: 'mine', limit: 100 }, actor === undefined ? {} : { actor });
const lines = async (engine: Engine) => (await list(engine)).lines.map(({ kind, id }) => `${kind} ${id}`);

test('DSH-13 touchpoints, tasks, new risks, renewals and late cadence stand in one list, each with its reasons', async () => {
  const { engine, big, touchpoint, task, risk } = await work();
  const found = await list(engine);
  expect(found.lines.map(({ kind, id }) => [kind, id])).toEqual([
    ['renewal', big.engagement],
    ['cadence', big.engagement],
    ['task', task],
    ['risk', risk],
    ['touchpoint', touchpoint],
  ]);
  expect(found.lines[1]?.reasons).toEqual([
    { why: 'late', days: 154 },
    { why: 'cadence', contact: 'touch', every: 7 },
    { why: 'renewal', on: '2025-07-11', days: 30 },
    { why: 'money', value: [usd(120_000_000)] },
  ]);
  expect(found.lines[3]).toMatchObject({ title: 'Usage fell', account: 'Small', reasons: [{ why: 'new' }] });
  for (const { score, factors } of found.lines) expect(factors.reduce((product, { times }) => product * times, 1)).toBe(score);
  expect(found).toMatchObject({ asOf: TODAY, total: 5, fitting: 5, snoozed: 0, personal: false });
});

test('DSH-13 a held conversation ends the cadence line at once; a meeting in two days covers it', async () => {
  const { engine, big } = await work();
  await add(engine, 'touchpoint', { subject: 'Call', engagement: big.engagement, heldOn: TODAY, category: 'renewal' });
  // the review and the executive check-in of a strategic account are late as well
  expect((await list(engine)).lines.filter(({ table }) => table === 'engagement').map(({ reasons }) => reasons[1])).toEqual([
    { why: 'cadence', contact: 'review', every: 90 },
  ]);
  const touchpoint = await add(engine, 'touchpoint', { subject: 'QBR', engagement: big.engagement, heldOn: '2025-06-20' });
  const meeting = {
    subject: 'QBR',
    touchpoint,
    state: 'scheduled',
    startsAt: '2025-06-20T09:00:00.000Z',
    endsAt: '2025-06-20T10:00:00.000Z',
  } as const;
  await add(engine, 'meeting', { ...meeting, type: 'qbr' });
  await add(engine, 'meeting', { ...meeting, type: 'executive' });
  expect((await lines(engine)).filter((line) => line.endsWith(big.engagement))).toEqual([]);
});

test('DSH-13 a person sees their own work; another one does not', async () => {
  const { engine, big, small, task } = await work();
  const [zoe, max] = [await add(engine, 'user', { name: 'Zoe' }), await add(engine, 'user', { name: 'Max' })];
  await change(engine, (draft) => {
    draft.update('engagement', big.engagement, { csm: zoe });
    draft.update('engagement', small.engagement, { csm: max });
    draft.update('successTask', task, { assignedTo: zoe });
  });
  const of = async (actor: string) => (await list(engine, actor)).lines.map(({ kind }) => kind).toSorted();
  expect(await of(zoe)).toEqual(['cadence', 'renewal', 'task']);
  expect(await of(max)).toEqual(['risk', 'touchpoint']);
  expect((await list(engine, zoe)).personal).toBe(true);
});

test('T1 done ends a task, accepts a risk, holds a touchpoint, and is one step for undo', async () => {
  const { engine, small, touchpoint, task, risk } = await work();
  await call(engine, 'today.done', { kind: 'touchpoint', table: 'touchpoint', id: touchpoint });
  // it still has an open task, so it stays open, but it was held
  expect(engine.context.view.get('touchpoint', touchpoint)).toMatchObject({ heldOn: TODAY, state: 'inProgress' });
  const { changeSetId } = await call(engine, 'today.done', { kind: 'task', table: 'successTask', id: task });
  await call(engine, 'today.done', { kind: 'risk', table: 'riskSignal', id: risk });
  expect(engine.context.view.get('successTask', task)).toMatchObject({ state: 'closed', closureCode: 'addressed' });
  expect(engine.context.view.get('riskSignal', risk)?.state).toBe('active');
  expect((await lines(engine)).filter((line) => !line.includes('cadence') && !line.includes('renewal'))).toEqual([]);
  await call(engine, 'records.undo', { changeSetId });
  expect(await lines(engine)).toContain(`task ${task}`);
  await expect(call(engine, 'today.done', { kind: 'cadence', table: 'engagement', id: small.engagement })).rejects.toMatchObject({
    code: 'rule',
    message: expect.stringContaining('log the conversation'),
  });
});

test('T1 a snoozed line comes back on its day, and only for who put it off', async () => {
  const { engine, task } = await work();
  const line = { kind: 'task', table: 'successTask', id: task } as const;
  await call(engine, 'today.snooze', { ...line, until: '2025-06-12' });
  await call(engine, 'today.snooze', { ...line, until: '2025-06-13' });
  expect(await lines(engine)).not.toContain(`task ${task}`);
  expect(await list(engine)).toMatchObject({ snoozed: 1, total: 4 });
  expect((await list(engine, 'someone-else')).snoozed).toBe(0);
  expect([...engine.context.view.all('todaySnooze')].map(({ until }) => until)).toEqual(['2025-06-13']);
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-06-13' });
  expect(await lines(engine)).toContain(`task ${task}`);
});

test('T1 planning moves a date, or makes the touchpoint that a cadence asks for', async () => {
  const { engine, big, task } = await work();
  await call(engine, 'today.plan', { kind: 'task', table: 'successTask', id: task, date: '2025-06-20' });
  expect(engine.context.view.get('successTask', task)?.dueDate).toBe('2025-06-20');
  const { touchpoint = '' } = await call(engine, 'today.plan', {
    kind: 'renewal',
    table: 'engagement',
    id: big.engagement,
    date: '2025-06-13',
  });
  expect(engine.context.view.get('touchpoint', touchpoint)).toMatchObject({
    subject: 'Renewal talk with Big',
    heldOn: '2025-06-13',
    category: 'renewal',
  });
  expect(await lines(engine)).not.toContain(`renewal ${big.engagement}`);
  const line = { kind: 'cadence', table: 'engagement', id: big.engagement } as const;
  await expect(call(engine, 'today.plan', { ...line, date: '2025-06-10' })).rejects.toMatchObject({ code: 'rule' });
  for (const contact of ['review', 'executive'] as const) {
    expect((await list(engine)).lines.find(({ kind }) => kind === 'cadence')?.reasons[1]).toMatchObject({ why: 'cadence', contact });
    await call(engine, 'today.plan', { ...line, contact, date: '2025-06-13' });
  }
  expect(await lines(engine)).not.toContain(`cadence ${big.engagement}`);
});

test('DSH-13 a smaller working day holds fewer lines, and weights of the settings change the order', async () => {
  const { engine, risk } = await work();
  await call(engine, 'workspace.set', { key: 'workdayMinutes', value: 80 });
  expect(await list(engine)).toMatchObject({ fitting: 2, minutes: { day: 80, meetings: 0, planned: 75 } });
  await call(engine, 'workspace.set', { key: 'todayFormula', value: { risk: 1000 } });
  expect((await lines(engine))[0]).toBe(`risk ${risk}`);
});

test('DSH-13 meetings of today take their time, those not written up are named', async () => {
  const { engine, small, touchpoint } = await work();
  const at = (startsAt: string, endsAt: string, state: 'scheduled' | 'draft' = 'scheduled') =>
    add(engine, 'meeting', { subject: 'Talk', touchpoint, type: 'adHoc', state, startsAt, endsAt });
  const today = await at('2025-06-11T09:00:00.000Z', '2025-06-11T10:30:00.000Z');
  const before = await at('2025-06-06T09:00:00.000Z', '2025-06-06T10:00:00.000Z');
  await at('2025-06-11T12:00:00.000Z', '2025-06-11T12:30:00.000Z', 'draft');
  const found = await list(engine);
  const meetings = found.lines.filter(({ kind }) => kind === 'meeting');
  expect(meetings.map(({ id, minutes }) => [id, minutes])).toEqual([
    [before, 10],
    [today, 90],
  ]);
  expect(meetings[0]?.reasons[0]).toEqual({ why: 'unwritten', on: '2025-06-06' });
  expect(meetings[1]?.engagement?.id).toBe(small.engagement);
  expect(found.minutes.meetings).toBe(90);
  await call(engine, 'today.done', { kind: 'meeting', table: 'meeting', id: today });
  expect(await lines(engine)).not.toContain(`meeting ${today}`);
});
