import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import {
  add,
  addAccountSource,
  addCustomer,
  addHealth,
  change,
  engineAsOf,
  portfolioLines,
} from '../../../test/support/portfolio-engine.ts';
import type { Engine } from '../engine.ts';

const TODAY = '2024-12-31';
const usd = (amount: number) => ({ amount, currency: 'USD' });

/** Three customers with health 90, 40 and none; the second one renews soon and is escalated. */
async function portfolio(): Promise<Engine> {
  const engine = await engineAsOf(TODAY);
  const healthy = await addCustomer(engine, 'Healthy', { stage: 'expand' });
  const poor = await addCustomer(engine, 'Poor', { stage: 'renew' });
  await addCustomer(engine, 'Silent', { stage: 'onboarding', state: 'new' });
  const source = await addAccountSource(engine, 'Figure', {
    [healthy.account]: [
      ['2024-12-24', 80],
      [TODAY, 90],
    ],
    [poor.account]: [
      ['2024-12-24', 60],
      [TODAY, 40],
    ],
  });
  await addHealth(engine, { global: true }, [{ source, target: 100, weight: 100 }]);
  await change(engine, (draft) => {
    draft.create('colourBand', { type: 'global', min: 0, max: 49, colour: 'red', category: 'poor' });
    draft.create('colourBand', { type: 'global', min: 50, max: 100, colour: 'green', category: 'good' });
    draft.update('account', poor.account, { escalated: true });
    draft.create('contract', {
      name: 'H',
      account: healthy.account,
      startDate: '2024-01-01',
      value: usd(120_000),
      monthlyValue: usd(10_000),
    });
    const contract = draft.create('contract', {
      name: 'P',
      account: poor.account,
      startDate: '2024-03-01',
      endDate: '2025-02-28',
      value: usd(240_000),
    });
    draft.create('contract', { name: 'Old', account: poor.account, startDate: '2023-03-01', endDate: '2024-03-01', value: usd(1) });
    draft.create('engagementContract', { engagement: poor.engagement, contract });
    draft.create('supportTicket', { account: poor.account, submittedAt: '2024-12-01T10:00:00.000Z', priority: 'p1', satisfaction: 2 });
    draft.create('supportTicket', {
      account: poor.account,
      submittedAt: '2024-12-02T10:00:00.000Z',
      closedAt: '2024-12-05T10:00:00.000Z',
      satisfaction: 5,
    });
    draft.create('supportTicket', { account: poor.account, submittedAt: '2025-01-01T10:00:00.000Z', satisfaction: 1 });
    draft.create('touchpoint', { subject: 'Review', engagement: poor.engagement, heldOn: '2024-12-10' });
    draft.create('touchpoint', { subject: 'Next', engagement: poor.engagement, heldOn: '2025-01-10' });
    draft.create('riskSignal', { shortDescription: 'Risky', engagement: poor.engagement, priority: 'high' });
  });
  return engine;
}

test('DSH-01 the figures of the portfolio are those of its records as of today', async () => {
  const engine = await portfolio();
  expect(await call(engine, 'portfolio.overview', {})).toMatchObject({
    asOf: TODAY,
    total: 3,
    active: 3,
    accounts: 2,
    activeContracts: 2,
    contractValue: [usd(360_000)],
    monthlyValue: [usd(30_000)],
    overallHealth: 65,
    overallBand: { category: 'good' },
    known: 2,
    openRisks: 1,
    valueAtRisk: [usd(240_000)],
    renewalsIn90Days: 1,
    ticketsLast30Days: 1,
    ticketsThisMonth: 2,
    openP1Tickets: 1,
    csat: { mean: 3.5, scored: 2 },
    usageLast30Days: [],
  });
});

test('DSH-01 another today shows what was true on that day', async () => {
  const engine = await portfolio();
  await call(engine, 'workspace.set', { key: 'asOf', value: '2024-02-01' });
  expect(await call(engine, 'portfolio.overview', {})).toMatchObject({
    asOf: '2024-02-01',
    activeContracts: 2,
    contractValue: [usd(120_001)],
    ticketsLast30Days: 0,
    openP1Tickets: 0,
    known: 0,
  });
});

test('DSH-01 health by stage counts the active engagements and their bands', async () => {
  const { byStage } = await call(await portfolio(), 'portfolio.overview', {});
  expect(byStage.map(({ label, count, health, bands }) => [label, count, health, bands.map(({ category }) => category)])).toEqual([
    ['Onboarding', 1, undefined, []],
    ['Expand', 1, 90, ['good']],
    ['Renew', 1, 40, ['poor']],
  ]);
});

test.each([
  ['active', ['Healthy', 'Poor', 'Silent']],
  ['new', ['Silent']],
  ['poorHealth', ['Poor']],
  ['escalated', ['Poor']],
  ['renewalsIn90Days', ['Poor']],
  ['all', ['Healthy', 'Poor', 'Silent']],
] as const)('DSH-01 the view %s holds %j', async (view, titles) => {
  const engine = await portfolio();
  const { rows, total } = await portfolioLines(engine, { view, sort: [{ field: 'title', direction: 'up' }] });
  expect(rows.map(({ title }) => title)).toEqual(titles);
  expect(total).toBe(titles.length);
  const { views } = await call(engine, 'portfolio.overview', {});
  expect(views.find((each) => each.view === view)?.count).toBe(titles.length);
});

test('DSH-01 a line shows the manual’s columns', async () => {
  const { rows } = await portfolioLines(await portfolio(), { view: 'poorHealth' });
  expect(rows).toMatchObject([
    {
      number: 'ENG0000002',
      title: 'Poor',
      account: 'Poor',
      stage: 'renew',
      contractValue: [usd(240_000)],
      health: 40,
      healthStatus: 'known',
      band: { colour: 'red', category: 'poor' },
      change7: -20,
      openRisks: 1,
      lastTouchpoint: '2024-12-10',
      renewalDate: '2025-02-28',
      daysToRenewal: 59,
      escalated: true,
    },
  ]);
  expect(rows[0]?.trend).toHaveLength(12);
  expect(rows[0]?.trend.at(-1)).toBe(40);
});

test('HLT-06 what a person thinks of the health stands beside the computed one and is never mixed with it', async () => {
  const engine = await portfolio();
  const { rows } = await portfolioLines(engine, { view: 'poorHealth' });
  const id = rows[0]?.id ?? '';
  await change(engine, (draft) => draft.update('engagement', id, { perceivedHealth: 'green' }));
  const after = await portfolioLines(engine, { view: 'poorHealth' });
  expect(after.rows).toMatchObject([{ id, perceivedHealth: 'green', health: 40, band: { category: 'poor' } }]);
  expect((await call(engine, 'portfolio.overview', {})).overallHealth).toBe(65);
});

test.each([
  ['healthChange', 'up', ['Poor', 'Healthy', 'Silent']],
  ['healthChange', 'down', ['Healthy', 'Poor', 'Silent']],
  ['health', 'down', ['Healthy', 'Poor', 'Silent']],
  ['contractValue', 'down', ['Poor', 'Healthy', 'Silent']],
  ['stage', 'up', ['Silent', 'Healthy', 'Poor']],
  ['account.escalated', 'down', ['Poor', 'Healthy', 'Silent']],
  ['daysToRenewal', 'up', ['Poor', 'Healthy', 'Silent']],
] as const)('DSH-01 sorted by %s %s; what is not known comes last', async (field, direction, titles) => {
  const { rows } = await portfolioLines(await portfolio(), { sort: [{ field, direction }] });
  expect(rows.map(({ title }) => title)).toEqual(titles);
});

test('DSH-01 text, stage and condition narrow the list; a window takes a part of it', async () => {
  const engine = await portfolio();
  const list = (more: object) => portfolioLines(engine, { ...more });
  expect((await list({ search: 'HEAL' })).rows.map(({ title }) => title)).toEqual(['Healthy']);
  expect((await list({ stage: 'renew' })).total).toBe(1);
  expect((await list({ condition: { field: 'account.escalated', op: 'is', value: true } })).total).toBe(1);
  expect(await list({ window: { offset: 2, limit: 5 } })).toMatchObject({ total: 3, rows: [{ title: 'Silent' }] });
  await expect(list({ sort: [{ field: 'nothing', direction: 'up' }] })).rejects.toMatchObject({ code: 'validation' });
});

test('the engagement page has everything at once', async () => {
  const engine = await portfolio();
  const { rows } = await portfolioLines(engine, { view: 'poorHealth' });
  const page = await call(engine, 'engagement.overview', { id: rows[0]?.id ?? '' });
  expect(page).toMatchObject({
    row: { title: 'Poor' },
    line: { health: 40 },
    contracts: [{ row: { name: 'P' }, active: true }],
    upcoming: [{ subject: 'Next' }],
    recent: [{ subject: 'Review' }],
    risks: [{ shortDescription: 'Risky' }],
    tickets: { open: 1, openP1: 1, last30Days: 1 },
  });
  expect(page.contracts[0]?.linkId).toBeDefined();
  expect(Object.values(page.refs).map(({ label }) => label)).toContain('Poor');
  const healthy = await portfolioLines(engine, { search: 'Healthy' });
  const other = await call(engine, 'engagement.overview', { id: healthy.rows[0]?.id ?? '' });
  expect(other.contracts).toMatchObject([{ row: { name: 'H' }, active: true }]);
  expect(other.contracts[0]).not.toHaveProperty('linkId');
  await expect(call(engine, 'engagement.overview', { id: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
});

test('a parent shows its active descendants’ health weighted by contract value', async () => {
  const engine = await portfolio();
  const { view } = engine.context;
  const byTitle = (title: string) => [...view.all('engagement')].find((row) => row.title === title)?.id ?? '';
  const head = await add(engine, 'account', { name: 'Head' });
  await change(engine, (draft) => {
    for (const account of Array.from(draft.view.all('account')))
      if (account.id !== head) draft.update('account', account.id, { parent: head });
    const parent = draft.create('engagement', { title: 'Group', account: head });
    for (const title of ['Healthy', 'Poor', 'Silent']) draft.update('engagement', byTitle(title), { parent });
  });
  const page = await call(engine, 'engagement.overview', { id: byTitle('Group') });
  expect(page.children.map(({ title }) => title)).toEqual(['Healthy', 'Poor', 'Silent']);
  expect(page.descendants).toEqual({ count: 3, health: (120_000 * 90 + 240_000 * 40) / 360_000, contractValue: [usd(360_000)] });
  expect((await call(engine, 'engagement.overview', { id: byTitle('Poor') })).parents).toMatchObject([{ label: 'Group' }]);
});
