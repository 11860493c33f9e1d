import { expect, test } from 'vitest';
import type { Condition } from '#shared/model/condition.ts';
import type { NewValues } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { add, addAccountSource, addCustomer, addHealth, change, dayPoints, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import type { Engine } from '../engine.ts';

const TODAY = '2024-12-31';
const template = {
  shortDescription: '{source} of {engagement} is {value}',
  description: 'It should be {threshold}.',
  priority: 'high',
  dueInDays: 14,
};

async function addRisk(engine: Engine, values: NewValues<'riskDefinition'>): Promise<string> {
  return add(engine, 'riskDefinition', {
    name: 'Low NPS',
    category: 'reputational',
    type: 'metric',
    template,
    state: 'published',
    ...values,
  });
}

const signals = (engine: Engine) => [...engine.context.view.all('riskSignal')];
const occurrences = (engine: Engine) => [...engine.context.view.all('riskOccurrence')];
const analyse = (engine: Engine) => call(engine, 'risk.analyse', {});

/** Two customers; the first one's NPS was 50 and is 20. */
async function withNps() {
  const engine = await engineAsOf(TODAY);
  const one = await addCustomer(engine, 'One');
  const two = await addCustomer(engine, 'Two');
  const nps = await addAccountSource(
    engine,
    'NPS',
    {
      [one.account]: [
        ['2024-12-03', 50],
        ['2024-12-30', 20],
      ],
      [two.account]: [['2024-12-30', 45]],
    },
    { frequency: 'weekly' },
  );
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-01-05' });
  return { engine, one, two, nps };
}

test('RSK-01 a value below the threshold opens one signal from the template, with its first occurrence', async () => {
  const { engine, one, nps } = await withNps();
  const definition = await addRisk(engine, { source: nps, condition: 'below', threshold: 30 });
  expect(await analyse(engine)).toEqual({ opened: 1, occurrences: 1, evaluated: 1 });
  expect(signals(engine)).toMatchObject([
    {
      number: 'RSK0000001',
      shortDescription: 'NPS of One is 20',
      description: 'It should be 30.\n\nNPS is 20, below 30',
      engagement: one.engagement,
      account: one.account,
      category: 'reputational',
      priority: 'high',
      state: 'new',
      dueDate: '2025-01-19',
      creationMethod: 'automated',
      createdBy: 'system:risk-analyser',
      definition,
      sourceTable: 'account',
      sourceRecord: one.account,
    },
  ]);
  expect(occurrences(engine)).toMatchObject([{ startDate: '2024-12-30', endDate: '2025-01-05', value: 20, threshold: 30, gap: 10 }]);
});

test('RSK-05 running the analyser again adds nothing; a new period adds an occurrence to the open signal', async () => {
  const { engine, one, nps } = await withNps();
  await addRisk(engine, { source: nps, condition: 'below', threshold: 30 });
  await analyse(engine);
  expect(await analyse(engine)).toEqual({ opened: 0, occurrences: 0, evaluated: 1 });
  await change(engine, (draft) => {
    const [series] = draft.view.by('dataPointSeries', 'sourceRecord', one.account);
    if (series) draft.putPoints(series.id, dayPoints(['2025-01-08', 15]));
  });
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-01-12' });
  expect(await analyse(engine)).toEqual({ opened: 0, occurrences: 1, evaluated: 1 });
  expect(signals(engine)).toHaveLength(1);
  expect(occurrences(engine).map(({ endDate, value }) => [endDate, value])).toEqual([
    ['2025-01-05', 20],
    ['2025-01-12', 15],
  ]);
});

test('RSK-05 a closed signal stays closed within its period and is followed by a new one in the next', async () => {
  const { engine, one, nps } = await withNps();
  await addRisk(engine, { source: nps, condition: 'below', threshold: 30 });
  await analyse(engine);
  const [first] = signals(engine);
  await call(engine, 'records.close', { table: 'riskSignal', id: first?.id ?? '', closureCode: 'accepted', closeNotes: 'Known.' });
  expect((await analyse(engine)).opened).toBe(0);
  await change(engine, (draft) => {
    const [series] = draft.view.by('dataPointSeries', 'sourceRecord', one.account);
    if (series) draft.putPoints(series.id, dayPoints(['2025-01-12', 10]));
  });
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-01-12' });
  expect((await analyse(engine)).opened).toBe(1);
});

test('RSK-01 a fall is measured against the value one look-back earlier', async () => {
  const { engine, nps } = await withNps();
  await addRisk(engine, { source: nps, condition: 'fellBy', threshold: 50, lookBackDays: 28 });
  expect((await analyse(engine)).opened).toBe(1);
  expect(signals(engine)[0]?.description).toContain('NPS fell from 50 to 20 within 28 days, by 60 %, more than 50 %');
  expect(occurrences(engine)).toMatchObject([{ value: 60, threshold: 50, gap: 10 }]);
});

test('RSK-01 only applicable and active engagements are held against a definition', async () => {
  const { engine, one, nps } = await withNps();
  await addRisk(engine, { source: nps, condition: 'below', threshold: 60, applicable: { field: 'account.name', op: 'is', value: 'Two' } });
  expect((await analyse(engine)).opened).toBe(1);
  expect(signals(engine).map(({ account }) => account)).not.toContain(one.account);
  await change(engine, (draft) => draft.update('engagement', one.engagement, { stage: 'lost' }));
  await addRisk(engine, { name: 'All', category: 'other', source: nps, condition: 'below', threshold: 60 });
  expect((await analyse(engine)).opened).toBe(1);
});

test('RSK-03 an override with its filter replaces the threshold, the smallest rank first', async () => {
  const { engine, two, nps } = await withNps();
  const definition = await addRisk(engine, { source: nps, condition: 'below', threshold: 10 });
  const filter = { field: 'account.name', op: 'is', value: 'Two' } as const;
  await add(engine, 'thresholdOverride', { definition, threshold: 50, rank: 1, filter, state: 'published' });
  await add(engine, 'thresholdOverride', {
    definition,
    threshold: 5,
    rank: 2,
    filter: { field: 'account.name', op: 'isNot', value: 'One' },
    state: 'published',
  });
  expect((await analyse(engine)).opened).toBe(1);
  expect(signals(engine)).toMatchObject([{ account: two.account }]);
  expect(occurrences(engine)).toMatchObject([{ value: 45, threshold: 50, gap: 5 }]);
});

test('RSK-02 every record that matches is a breach of the engagements that it belongs to', async () => {
  const { engine, one } = await withNps();
  const contracts = await change(engine, (draft) => [
    draft.create('contract', { name: 'Open end', account: one.account, startDate: '2024-01-01', value: { amount: 500, currency: 'USD' } }),
    draft.create('contract', { name: 'Dated', account: one.account, startDate: '2024-01-01', endDate: '2025-12-31' }),
  ]);
  await addRisk(engine, {
    name: 'No end',
    category: 'commercial',
    type: 'table',
    sourceTable: 'contract',
    sourceCondition: { field: 'endDate', op: 'isEmpty' },
    template: { ...template, shortDescription: 'Contract {source} has no end' },
  });
  expect(await analyse(engine)).toEqual({ opened: 1, occurrences: 1, evaluated: 1 });
  const [signal] = signals(engine);
  expect(signal).toMatchObject({
    shortDescription: 'Contract Open end has no end',
    contractsImpacted: [contracts[0]],
    sourceRecord: contracts[0],
  });
  expect(occurrences(engine)[0]).not.toHaveProperty('value');
  const page = await call(engine, 'risk.page', { id: signal?.id ?? '' });
  expect(page).toMatchObject({ value: [{ amount: 500, currency: 'USD' }], engagement: { title: 'One', account: 'One' } });
  expect(page.because).toContain('“No end”: contract Open end');
});

test('RSK-04 two definitions of one category and source record share one signal', async () => {
  const { engine, nps } = await withNps();
  await addRisk(engine, { source: nps, condition: 'below', threshold: 30 });
  await addRisk(engine, { name: 'Fallen NPS', source: nps, condition: 'fellBy', threshold: 50, lookBackDays: 28 });
  expect(await analyse(engine)).toEqual({ opened: 1, occurrences: 1, evaluated: 2 });
});

test('RSK-05 a definition that no longer fits is left out, and the others are evaluated', async () => {
  const { engine, nps } = await withNps();
  await addRisk(engine, { source: nps, condition: 'below', threshold: 30 });
  await addRisk(engine, { name: 'Other', category: 'other', source: nps, condition: 'above', threshold: 0 });
  await call(engine, 'definitions.retire', { table: 'dataSource', id: nps });
  expect(await analyse(engine)).toEqual({ opened: 0, occurrences: 0, evaluated: 0 });
});

test('RSK-01 a draft shows whom it would flag and why, and writes nothing', async () => {
  const { engine, one, nps } = await withNps();
  const preview = await call(engine, 'risk.preview', { type: 'metric', source: nps, condition: 'below', threshold: 30 });
  expect(preview).toEqual({
    applicable: 2,
    breaches: 1,
    first: [{ id: one.engagement, label: 'One', value: 20, words: 'NPS is 20, below 30' }],
  });
  expect(signals(engine)).toEqual([]);
  await expect(call(engine, 'risk.preview', { type: 'metric', source: nps })).rejects.toMatchObject({ code: 'validation' });
  await expect(call(engine, 'risk.preview', { type: 'table', sourceTable: 'user' })).rejects.toMatchObject({ code: 'validation' });
});

test('RSK-06 signals made by hand are told from those of rules, and counted with their contract value once', async () => {
  const { engine, one, nps } = await withNps();
  await add(engine, 'contract', { name: 'C', account: one.account, startDate: '2024-01-01', value: { amount: 700, currency: 'USD' } });
  await addRisk(engine, { source: nps, condition: 'below', threshold: 30 });
  await analyse(engine);
  const manual = await add(engine, 'riskSignal', {
    shortDescription: 'Gut feeling',
    engagement: one.engagement,
    riskOrIssue: 'issue',
    dueDate: '2025-01-02',
  });
  expect(new Set(signals(engine).map(({ creationMethod }) => creationMethod))).toEqual(new Set(['automated', 'manual']));
  const overview = await call(engine, 'risk.overview', {});
  expect(overview).toMatchObject({ open: 2, value: [{ amount: 700, currency: 'USD' }] });
  expect(overview.byCategory.map(({ key, count, share }) => [key, count, share])).toEqual([
    ['reputational', 1, 0.5],
    ['other', 1, 0.5],
  ]);
  const views = Object.fromEntries(overview.views.map(({ view, count }) => [view, count]));
  expect(views).toEqual({ all: 2, newThisWeek: 2, dueIn14Days: 1, overdue: 1, issues: 1, unaddressed: 2, assignedToMe: 0 });
  const list = await call(engine, 'risk.list', { view: 'overdue', window: { offset: 0, limit: 10 } });
  expect(list).toMatchObject({ total: 1, rows: [{ row: { id: manual }, overdue: true, occurrences: 0, engagement: { label: 'One' } }] });
  expect((await call(engine, 'risk.page', { id: manual })).because).toBe('Raised by hand.');
});

test('the list is sorted by what presses most unless asked otherwise', async () => {
  const { engine, one } = await withNps();
  for (const [priority, dueDate] of [
    ['low', '2025-01-01'],
    ['critical', '2025-03-01'],
    ['critical', '2025-02-01'],
  ] as const)
    await add(engine, 'riskSignal', { shortDescription: `${priority} ${dueDate}`, engagement: one.engagement, priority, dueDate });
  const titles = async (sort?: { field: string; direction: 'up' | 'down' }[]) =>
    (await call(engine, 'risk.list', { view: 'all', window: { offset: 0, limit: 10 }, ...(sort && { sort }) })).rows.map(
      ({ row }) => row['shortDescription'],
    );
  expect(await titles()).toEqual(['critical 2025-02-01', 'critical 2025-03-01', 'low 2025-01-01']);
  expect(await titles([{ field: 'dueDate', direction: 'up' }])).toEqual(['low 2025-01-01', 'critical 2025-02-01', 'critical 2025-03-01']);
  await expect(titles([{ field: 'nothing', direction: 'up' }])).rejects.toMatchObject({ code: 'validation' });
});

/** Two customers with health 20 and 45, both renewing soon. */
async function withHealth() {
  const { engine, one, two, nps } = await withNps();
  await addHealth(engine, { global: true }, [{ source: nps, target: 100, weight: 100 }]);
  for (const { engagement } of [one, two])
    await change(engine, (draft) => draft.update('engagement', engagement, { renewalDate: '2025-02-01' }));
  return { engine, one, two, nps };
}

const SOON_AND_LOW: Condition = {
  all: [
    { field: 'renewalDate', op: 'withinNextDays', value: 90 },
    { field: 'health', op: 'below', value: 40 },
  ],
};

test('RSK-02 a renewal within 90 days with health below 40 is a risk, also once health has fallen', async () => {
  const { engine, one, two, nps } = await withHealth();
  await addRisk(engine, { name: 'Low before renewal', type: 'table', sourceTable: 'engagement', sourceCondition: SOON_AND_LOW });
  expect(await analyse(engine)).toMatchObject({ opened: 1 });
  expect(signals(engine)).toMatchObject([{ engagement: one.engagement }]);
  const [series] = [...engine.context.view.all('dataPointSeries')].filter(
    ({ source, sourceRecord }) => source === nps && sourceRecord === two.account,
  );
  await change(engine, (draft) => draft.putPoints(series?.id ?? '', dayPoints(['2025-01-02', 0])));
  expect(await analyse(engine)).toMatchObject({ opened: 1 });
  expect(new Set(signals(engine).map(({ engagement }) => engagement))).toEqual(new Set([one.engagement, two.engagement]));
  await engine.close();
});

test('RSK-01 applicability, overrides, previews and lists may ask for computed health', async () => {
  const { engine, one, nps } = await withHealth();
  const draft = { type: 'metric', source: nps, condition: 'below', threshold: 90 } as const;
  expect(await call(engine, 'risk.preview', { ...draft, applicable: SOON_AND_LOW })).toMatchObject({ applicable: 1, breaches: 1 });
  expect(await call(engine, 'health.matching', { condition: SOON_AND_LOW })).toMatchObject({
    count: 1,
    of: 2,
    words: 'renewal date is within the next 90 days and health score is below 40',
  });
  const definition = await addRisk(engine, { source: nps, condition: 'below', threshold: 10 });
  await add(engine, 'thresholdOverride', { definition, threshold: 50, rank: 1, filter: SOON_AND_LOW, state: 'published' });
  await analyse(engine);
  expect(signals(engine)).toMatchObject([{ engagement: one.engagement }]);
  const window = { offset: 0, limit: 10 };
  for (const name of ['records.list', 'records.ids'] as const) {
    const asked = { table: 'engagement', condition: { field: 'health', op: 'below', value: 40 } } as const;
    const found =
      name === 'records.list'
        ? (await call(engine, name, { ...asked, window })).rows.map(({ row }) => row.id)
        : (await call(engine, name, { ...asked, from: 0, to: 9 })).ids;
    expect(found).toEqual([one.engagement]);
  }
  const beyond = { table: 'riskSignal', condition: { field: 'engagement.health', op: 'below', value: 40 }, window } as const;
  expect((await call(engine, 'records.list', beyond)).total).toBe(1);
  await engine.close();
});

test('HLT-01 a health definition or data source that asks for health is refused with the reason', async () => {
  const { engine } = await withHealth();
  const filter: Condition = { field: 'health', op: 'below', value: 40 };
  const circular = 'cannot be used here: health is worked out by the definition that this decides about. Choose another field.';
  await expect(add(engine, 'healthDefinition', { name: 'Own tail', rank: 1, filter })).rejects.toThrow(circular);
  const draft = { rank: 1, global: false, filter, metrics: [] };
  await expect(call(engine, 'health.preview', draft)).rejects.toThrow(circular);
  const indicator = { table: 'engagement', fn: 'average', field: 'health' };
  await expect(
    add(engine, 'dataSource', { name: 'Mean health', kind: 'indicator', breakdown: 'account', frequency: 'daily', indicator }),
  ).rejects.toThrow('“Health score” cannot be used here: health is worked out from data sources.');
  await engine.close();
});
