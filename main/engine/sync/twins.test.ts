import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableName } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { importTexts } from '../../../test/support/import-texts.ts';
import { dayPoints } from '../../../test/support/portfolio-engine.ts';
import { openSyncedEngine, rowsAtServer, rowsOn, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import { refusedDeeds } from './refused.ts';

let central: Central;

beforeAll(async () => {
  central = await openCentral();
  await central.person('boss');
});
afterAll(() => central.close());

async function signedIn(login: string): Promise<SyncedEngine> {
  const device = await openSyncedEngine(central, login);
  await device.signIn();
  await device.sync();
  return device;
}
const all = <T extends TableName>({ engine }: SyncedEngine, table: T) => [...engine.context.view.all(table)];

/** A person and their manager, who both have an engagement with values that a risk watches. */
async function team(login: string) {
  await central.person(login, { manager: 'boss' });
  const [one, two] = [await signedIn(login), await signedIn('boss')];
  const made = await one.run((draft) => {
    const source = draft.create('dataSource', {
      name: `NPS ${login}`,
      kind: 'external',
      breakdown: 'account',
      frequency: 'weekly',
      state: 'published',
    });
    draft.create('dataSourceContext', { source, context: 'engagement', mapper: 'account' });
    const account = draft.create('account', { name: login, owner: one.user(), externalId: `A-${login}` });
    const engagement = draft.create('engagement', { title: login, account, csm: one.user(), state: 'inProgress' });
    const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account });
    draft.putPoints(series, dayPoints(['2024-12-16', 25], ['2024-12-23', 20]));
    const template = { shortDescription: 'NPS is {value}', description: 'Low' };
    const condition = { condition: 'below', threshold: 30 } as const;
    draft.create('riskDefinition', {
      name: `Low ${login}`,
      category: 'reputational',
      type: 'metric',
      source,
      template,
      state: 'published',
      ...condition,
    });
    return { source, account, engagement, series };
  });
  await settle(one, two);
  return { one, two, ...made };
}
const asOf = ({ engine }: SyncedEngine, value: string) => call(engine, 'workspace.set', { key: 'asOf', value });
const analyse = ({ engine }: SyncedEngine) => call(engine, 'risk.analyse', {});

async function expectSame(login: string, device: SyncedEngine): Promise<void> {
  expect(rowsOn(device)).toEqual(await rowsAtServer(central, login));
  expect(device.engine.sync.queue.deeds()).toEqual([]);
  expect(refusedDeeds(device.engine.context.view, device.engine.sync.store.sync).total).toBe(0);
}

test('S1 RSK-05 two devices that analyse the same engagement, each without having heard of the other, raise one signal', async () => {
  const { one, two, engagement } = await team('kim');
  await asOf(one, '2024-12-22');
  await analyse(one);
  expect(all(one, 'riskSignal')).toHaveLength(1);
  await one.sync();
  // what a person makes of it stays
  await one.run((draft) =>
    draft.update('riskSignal', all(one, 'riskSignal')[0]?.id ?? '', { assignedTo: two.user(), shortDescription: 'They are angry' }),
  );
  await one.sync();
  // a week later, and not in touch meanwhile
  await asOf(two, '2024-12-29');
  await analyse(two);
  await settle(two, one);
  for (const device of [one, two]) {
    expect(all(device, 'riskSignal')).toMatchObject([{ engagement, shortDescription: 'They are angry', assignedTo: two.user() }]);
    expect(all(device, 'syncConflict')).toEqual([]);
  }
  expect(
    all(one, 'riskOccurrence')
      .map(({ endDate }) => endDate)
      .toSorted(),
  ).toEqual(['2024-12-22', '2024-12-29']);
  await analyse(one);
  await analyse(two);
  await settle(one, two);
  expect(all(one, 'riskSignal')).toHaveLength(1);
  await expectSame('kim', one);
  await expectSame('boss', two);
});

test('S1 a signal that was closed comes again as another one, the same on both devices', async () => {
  const { one, two } = await team('lee');
  await asOf(one, '2024-12-22');
  await analyse(one);
  await settle(one, two);
  const [first] = all(one, 'riskSignal');
  await one.run((draft) => draft.close('riskSignal', first?.id ?? '', 'mitigated', 'Talked'));
  await settle(one, two);
  for (const device of [one, two]) {
    await asOf(device, '2024-12-29');
    await analyse(device);
  }
  await settle(one, two);
  expect(all(one, 'riskSignal').filter(({ account }) => account === first?.account)).toHaveLength(2);
  await expectSame('lee', one);
  await expectSame('boss', two);
});

test('S1 IMP-05 the same feed brought in on two devices is one source with one series, and all of its values', async () => {
  const { one, two, account } = await team('max');
  const feed = (...values: readonly string[]) => ({
    'logins.csv': ['Account ID,Day,Logins', ...values.map((value) => `A-max,${value}`)].join('\n'),
  });
  await importTexts(one.engine, feed('2026-01-01,5', '2026-01-02,6'));
  await importTexts(two.engine, feed('2026-01-02,6', '2026-01-03,7'));
  await settle(one, two);
  for (const device of [one, two]) {
    const series = device.engine.context.view.by('dataPointSeries', 'sourceRecord', account).filter((row) => row.lastEnd === '2026-01-03');
    expect(series).toMatchObject([{ points: 3 }]);
    expect([...(device.engine.context.series.points(series[0]?.id ?? '')?.value ?? [])]).toEqual([5, 6, 7]);
  }
  await expectSame('max', one);
  await expectSame('boss', two);
});
