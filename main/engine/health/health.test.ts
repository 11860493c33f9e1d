import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addAccountSource, addCustomer, addHealth, change, dayPoints, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import type { Engine } from '../engine.ts';

const TODAY = '2024-12-31';

/** The example of scoring.md: five metrics, one of them better the lower. */
async function golden(values: readonly (number | undefined)[]) {
  const engine = await engineAsOf(TODAY);
  const { account, engagement } = await addCustomer(engine, 'Golden');
  const targets = [90, 80, 70, 40, 12];
  const weights = [20, 30, 10, 20, 20];
  const sources: string[] = [];
  for (const [index, value] of values.entries()) {
    sources.push(await addAccountSource(engine, `Metric ${index + 1}`, value === undefined ? {} : { [account]: [[TODAY, value]] }));
  }
  const definition = await addHealth(
    engine,
    { global: true },
    sources.map((source, index) => ({
      source,
      target: targets[index] ?? 0,
      weight: weights[index] ?? 0,
      direction: index === 4 ? ('minimise' as const) : ('maximise' as const),
    })),
  );
  return { engine, engagement, account, sources, definition };
}

const explained = (engine: Engine, engagementId: string) => call(engine, 'health.explain', { engagementId });

test('HLT-07 the golden example explains itself, and its parts add up to the score to the last bit', async () => {
  const { engine, engagement } = await golden([81, 60, 77, -5, 15]);
  const answer = await explained(engine, engagement);
  expect(answer).toMatchObject({ status: 'known', score: 66.5, rounded: 67, coverage: 100, missing: [], asOf: TODAY });
  expect(answer.metrics.map(({ score }) => score)).toEqual([90, 75, 100, 0, 80]);
  expect(answer.metrics.map(({ gapPercent }) => gapPercent)).toEqual([10, 25, -10, 112.5, 25]);
  expect(answer.metrics.reduce((sum, { part }) => sum + (part ?? 0), 0)).toBe(66.5);
  expect(answer.formula).toBe('(20 × 90 + 30 × 75 + 10 × 100 + 20 × 0 + 20 × 80) ÷ 100 = 66.5');
  expect(answer.metrics[0]?.inputs).toMatchObject([{ table: 'account', label: 'Golden', value: 81, end: TODAY }]);
});

test('HLT-07 a missing value is left out, named, and lowers the coverage', async () => {
  const { engine, engagement } = await golden([81, undefined, 77, -5, 15]);
  const answer = await explained(engine, engagement);
  expect(answer).toMatchObject({ status: 'known', score: 62.857142857142854, coverage: 70, missing: ['Metric 2'] });
  expect(answer.metrics.reduce((sum, { part }) => sum + (part ?? 0), 0)).toBe(62.857142857142854);
  expect(answer.metrics[1]).toMatchObject({ missing: 'noData', inputs: [], inputCount: 0 });
});

test('HLT-07 under half of the weight the health is unknown and says what is missing', async () => {
  const { engine, engagement } = await golden([81, undefined, 77, undefined, undefined]);
  const answer = await explained(engine, engagement);
  expect(answer).toMatchObject({ status: 'unknown', coverage: 30, missing: ['Metric 2', 'Metric 4', 'Metric 5'] });
  expect(answer.score).toBeUndefined();
  expect(answer.metrics.every(({ part }) => part === undefined)).toBe(true);
});

test('HLT-07 a stale value is told from one that never came, with its age', async () => {
  const { engine, engagement, sources } = await golden([81, 60, 77, -5, undefined]);
  const [first = ''] = sources;
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-01-03' });
  expect((await explained(engine, engagement)).metrics[0]).toMatchObject({ missing: 'stale', lastEnd: TODAY, ageDays: 3 });
  await change(engine, (draft) => {
    const [series] = draft.view.by('dataPointSeries', 'source', first);
    if (series) draft.putPoints(series.id, dayPoints(['2025-01-02', 45]));
  });
  expect((await explained(engine, engagement)).metrics[0]).toMatchObject({ value: 45, score: 50, lastEnd: '2025-01-02', ageDays: 1 });
  await change(engine, (draft) => draft.update('dataSource', first, { state: 'retired' }));
  expect((await explained(engine, engagement)).metrics[0]).toMatchObject({ missing: 'noSource' });
});

test('HLT-01 without a definition that applies an engagement is not scored; a specific one wins over the global one', async () => {
  const engine = await engineAsOf(TODAY);
  const { account, engagement } = await addCustomer(engine, 'One', { stage: 'renew' });
  const source = await addAccountSource(engine, 'Figure', { [account]: [[TODAY, 50]] });
  expect((await explained(engine, engagement)).status).toBe('notScored');
  await addHealth(engine, { name: 'All', global: true }, [{ source, target: 100, weight: 100 }]);
  expect((await explained(engine, engagement)).score).toBe(50);
  const filter = { field: 'stage', op: 'is' as const, value: 'renew' };
  await addHealth(engine, { name: 'Renewals', rank: 200, filter }, [{ source, target: 200, weight: 100 }]);
  expect(await explained(engine, engagement)).toMatchObject({ score: 25, definition: 'Renewals' });
  await change(engine, (draft) => draft.update('engagement', engagement, { stage: 'adoption' }));
  expect(await explained(engine, engagement)).toMatchObject({ score: 50, definition: 'All' });
});

test('HLT-03 the weekly history holds the last score of each week, and goes back further than is kept', async () => {
  const engine = await engineAsOf(TODAY); // a Tuesday
  const { account, engagement } = await addCustomer(engine, 'One');
  const source = await addAccountSource(
    engine,
    'Figure',
    {
      [account]: [
        ['2023-03-01', 10],
        ['2024-12-20', 20],
        ['2024-12-22', 40],
        ['2024-12-29', 60],
        [TODAY, 80],
      ],
    },
    { frequency: 'weekly' },
  );
  await addHealth(engine, { global: true }, [{ source, target: 100, weight: 100 }]);
  const { weeks } = await call(engine, 'health.history', { engagementId: engagement, weeks: 4 });
  // daily values of a weekly source report at the end of their week: the week of today is not over
  expect(weeks).toEqual([
    { week: '2024-12-09' },
    { week: '2024-12-16', score: 30 },
    { week: '2024-12-23', score: 60 },
    { week: '2024-12-30', score: 60 },
  ]);
  const long = await call(engine, 'health.history', { engagementId: engagement, weeks: 120 });
  expect(long.weeks).toHaveLength(120);
  expect(long.weeks.slice(-4)).toEqual(weeks);
  expect(long.weeks.filter(({ score }) => score === 10).map(({ week }) => week)).toEqual(['2023-02-27', '2023-03-06', '2023-03-13']);
});

test('HLT-05 bands colour the rounded score and the value of each metric', async () => {
  const { engine, engagement, sources } = await golden([81, 60, 77, -5, 15]);
  await add(engine, 'colourBand', { type: 'global', min: 0, max: 66, colour: 'red', category: 'poor' });
  await add(engine, 'colourBand', { type: 'global', min: 67, max: 100, colour: 'green', category: 'good', highlight: 'blue' });
  await add(engine, 'colourBand', { type: 'metric', source: sources[1] ?? '', min: 0, max: 100, colour: 'yellow', category: 'neutral' });
  const answer = await explained(engine, engagement);
  expect(answer.band).toEqual({ colour: 'green', category: 'good', highlight: 'blue' });
  expect(answer.metrics.map(({ band }) => band?.colour)).toEqual([undefined, 'yellow', undefined, undefined, undefined]);
});

test('HLT-07 an explanation says what changed since last week', async () => {
  const engine = await engineAsOf(TODAY);
  const { account, engagement } = await addCustomer(engine, 'One');
  const source = await addAccountSource(engine, 'Figure', {
    [account]: [
      ['2024-12-24', 80],
      [TODAY, 40],
    ],
  });
  await addHealth(engine, { global: true }, [{ source, target: 80, weight: 100 }]);
  expect(await explained(engine, engagement)).toMatchObject({
    score: 50,
    previous: { asOf: '2024-12-24', score: 100 },
    metrics: [{ score: 50, previousScore: 100 }],
  });
  const peek = await call(engine, 'portfolio.peek', { id: engagement });
  expect(peek.cause).toBe('Health fell by 50 in 7 days: Figure went from 100 to 50.');
  expect(peek.line.change7).toBe(-50);
});

test('a draft shows whom it would score and how the portfolio would shift, and changes nothing', async () => {
  const { engine, engagement, sources, definition } = await golden([81, 60, 77, -5, 15]);
  await addCustomer(engine, 'No values');
  const metrics = [{ source: sources[0] ?? '', target: 81, weight: 100, direction: 'maximise' as const, aggregate: 'average' as const }];
  const preview = await call(engine, 'health.preview', { definitionId: definition, global: true, rank: 100, metrics });
  expect(preview).toMatchObject({
    matching: 2,
    of: 2,
    weightTotal: 100,
    before: { mean: 66.5, known: 1 },
    after: { mean: 100, known: 1 },
    most: [{ id: engagement, before: 66.5, after: 100 }],
    becomingUnknown: { count: 0, first: [] },
    becomingKnown: { count: 0, first: [] },
  });
  expect((await explained(engine, engagement)).score).toBe(66.5);
  await expect(call(engine, 'health.preview', { global: false, rank: 1, metrics })).rejects.toMatchObject({ code: 'validation' });
});

test('HLT-08 who would lose or get a score is counted apart from those whose score moves', async () => {
  const { engine, engagement, sources, definition } = await golden([81, 60, 77, -5, 15]);
  const other = await addCustomer(engine, 'Other');
  const [first = ''] = sources;
  const source = await addAccountSource(engine, 'New figure', { [other.account]: [[TODAY, 40]] });
  const metrics = [{ source, target: 80, weight: 100, direction: 'maximise' as const, aggregate: 'average' as const }];
  const preview = await call(engine, 'health.preview', { definitionId: definition, global: true, rank: 100, metrics });
  expect(preview).toMatchObject({
    most: [],
    becomingUnknown: { count: 1, first: [{ id: engagement }] },
    becomingKnown: { count: 1, first: [{ id: other.engagement, label: 'Other' }] },
  });
  expect(first).not.toBe(source);
  await engine.close();
});

test('HLT-05 a band of a metric says how many engagements have such a value now; its end belongs to the next band', async () => {
  const { engine, sources } = await golden([81, 60, 77, -5, 15]);
  const [, source = ''] = sources;
  const within = async (min: number, max: number) => (await call(engine, 'health.matching', { value: { source, min, max } })).count;
  expect(await within(60, 100)).toBe(1);
  expect(await within(0, 60)).toBe(1);
  expect(await within(61, 100)).toBe(0);
  await add(engine, 'colourBand', { type: 'metric', source, min: 60, max: 100, colour: 'green', category: 'good' });
  expect(await within(0, 60)).toBe(0);
  expect(await within(60, 100)).toBe(1);
  await engine.close();
});

test('HLT-01 a condition says how many engagements match, the first of them, and itself in words', async () => {
  const { engine } = await golden([81, 60, 77, -5, 15]);
  await addCustomer(engine, 'Renewing', { stage: 'renew' });
  const answer = await call(engine, 'health.matching', { condition: { field: 'stage', op: 'is', value: 'renew' } });
  expect(answer).toMatchObject({ count: 1, of: 2, first: [{ label: 'Renewing' }] });
  expect(answer.words).toBe('stage is Renew');
});

test('HLT-03 refreshing computes now, for one engagement or for all', async () => {
  const { engine, engagement } = await golden([81, 60, 77, -5, 15]);
  expect(await call(engine, 'health.refresh', { engagementId: engagement })).toEqual({ computed: 1 });
  expect(await call(engine, 'health.refresh', {})).toEqual({ computed: 1 });
  await expect(call(engine, 'health.refresh', { engagementId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
});
