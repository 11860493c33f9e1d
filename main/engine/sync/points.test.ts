import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUp, restore } from '../../../test/sim/workspace.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { memoryJournal } from '../../../test/support/memory-journal.ts';
import type { MemoryHost } from '../../../test/support/memory-host.ts';
import { addHealth, dayPoints } from '../../../test/support/portfolio-engine.ts';
import { openSyncedEngine, rowsAtServer, rowsOn, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import type { Draft } from '../context.ts';
import { figuresOf } from '../jobs/figures.ts';
import { pointsOf } from '#shared/domain/series/series-operations.ts';
import { dateOf } from '#shared/util/calendar-days.ts';
import { refusedDeeds } from './refused.ts';

let central: Central;
let people = 0;

beforeAll(async () => {
  central = await openCentral();
  await central.person('boss');
});
afterAll(() => central.close());

async function signedIn(login: string, changes: Partial<MemoryHost> = {}): Promise<SyncedEngine> {
  const device = await openSyncedEngine(central, login, changes);
  await device.signIn();
  await device.sync();
  return device;
}
const view = ({ engine }: SyncedEngine) => engine.context.view;
const valuesOf = ({ engine }: SyncedEngine, series: string) =>
  [...pointsOf(engine.context.series.points(series) ?? dayPoints())].map(({ end, value }): [string, number] => [dateOf(end), value]);

/** A source with one series for an account of the person. */
function addSeries(draft: Draft, owner: string | undefined, name: string) {
  const source = draft.create('dataSource', { name, kind: 'external', breakdown: 'account', frequency: 'daily', state: 'published' });
  draft.create('dataSourceContext', { source, context: 'engagement', mapper: 'account' });
  const account = draft.create('account', { name, ...(owner === undefined ? {} : { owner }) });
  const engagement = draft.create('engagement', {
    title: name,
    account,
    state: 'inProgress',
    ...(owner === undefined ? {} : { csm: owner }),
  });
  const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account });
  return { source, account, engagement, series };
}
async function pair(values: readonly (readonly [string, number])[] = []) {
  people += 1;
  const login = `points-${people}`;
  await central.person(login, { manager: 'boss' });
  const [one, two] = [await signedIn(login), await signedIn(login)];
  const made = await one.run((draft) => {
    const all = addSeries(draft, one.user(), `Usage ${people}`);
    if (values.length > 0) draft.putPoints(all.series, dayPoints(...values));
    return all;
  });
  await settle(one, two);
  return { login, one, two, ...made };
}
async function expectSame(login: string, ...devices: readonly SyncedEngine[]): Promise<void> {
  const server = await rowsAtServer(central, login);
  for (const device of devices) {
    expect(rowsOn(device)).toEqual(server);
    expect(device.engine.sync.queue.deeds()).toEqual([]);
    expect(device.engine.sync.store.sync.under('shadow/')).toEqual([]);
    expect(await device.engine.sync.compare()).toBe(0);
  }
}

describe('S4 data points', () => {
  test('SYN-02 SYN-04 values brought in on one device are on the other, with the figures that follow from them', async () => {
    const { login, one, two, series, source, engagement } = await pair();
    await addHealth(one.engine, { name: `Health ${source}`, global: true }, [{ source, target: 10, weight: 100 }]);
    await settle(one, two);
    const scoreOn = async ({ engine }: SyncedEngine) => {
      await engine.context.ready();
      const figures = figuresOf(engine.context);
      await figures.settled();
      return figures.health().row(engagement)?.[figures.grid().now];
    };
    const before = await scoreOn(two);
    const today = one.engine.context.settings().asOf;
    await one.run((draft) => draft.putPoints(series, dayPoints([today, 5])), 'Import of usage.csv');
    await settle(one, two);
    expect(valuesOf(two, series)).toEqual([[today, 5]]);
    expect(view(two).get('dataPointSeries', series)).toMatchObject({ firstEnd: today, lastEnd: today, points: 1 });
    expect(await scoreOn(two)).toBe(await scoreOn(one));
    expect(await scoreOn(two)).not.toBe(before);
    await expectSame(login, one, two);
    // a device that comes new gets them with its first load
    await expectSame(login, await signedIn(login));
  });

  test('both add values offline: all of them stay; of the same day the one that arrives last, and until then one sees one’s own', async () => {
    const { login, one, two, series } = await pair([['2026-01-01', 1]]);
    await one.run((draft) => draft.putPoints(series, dayPoints(['2026-01-02', 10], ['2025-12-30', 3])));
    await two.run((draft) => draft.putPoints(series, dayPoints(['2026-01-02', 20], ['2026-01-03', 21])));
    await one.sync();
    two.net.next('lost-request');
    await two.sync().catch(() => undefined);
    expect(valuesOf(two, series).at(-1)).toEqual(['2026-01-03', 21]);
    await settle(one, two);
    const expected = [
      ['2025-12-30', 3],
      ['2026-01-01', 1],
      ['2026-01-02', 20],
      ['2026-01-03', 21],
    ];
    expect(valuesOf(one, series)).toEqual(expected);
    expect(valuesOf(two, series)).toEqual(expected);
    await expectSame(login, one, two);
  });

  test('SYN-02 taken back here, values are taken back everywhere; the series’ own figures follow', async () => {
    const { login, one, two, series } = await pair([['2026-01-01', 1]]);
    await one.run((draft) => draft.putPoints(series, dayPoints(['2026-01-01', 7], ['2026-02-01', 8])));
    await settle(one, two);
    await one.engine.context.undo.undo({ commandId: `undo-${series}`, actor: one.user() });
    await settle(one, two);
    expect(valuesOf(two, series)).toEqual([['2026-01-01', 1]]);
    expect(view(two).get('dataPointSeries', series)).toMatchObject({ lastEnd: '2026-01-01', points: 1 });
    await expectSame(login, one, two);
  });

  test('S3 S5 values of a refused change are what the others have again; kept with the reason, they go in when it is tried again', async () => {
    const { login, one, two, series } = await pair([['2026-01-01', 1]]);
    const other = await two.run((draft) => draft.create('account', { name: 'Bolt', owner: two.user() }));
    await settle(two, one);
    const boss = await signedIn('boss');
    const give = async (to: string) => {
      const giver = to === boss.user() ? two : boss;
      await giver.sync();
      await giver.run((draft) => draft.update('account', other, { owner: to }));
      await giver.sync();
    };
    await give(boss.user());
    await two.run((draft) => draft.putPoints(series, dayPoints(['2026-01-01', 9])));
    await two.sync();
    await one.run((draft) => {
      draft.putPoints(series, dayPoints(['2026-01-01', 2], ['2026-01-05', 5]));
      draft.update('account', other, { website: 'https://bolt.example' });
    }, 'Values and a website');
    await settle(one, two);
    expect(valuesOf(one, series)).toEqual([['2026-01-01', 9]]);
    const { deeds } = refusedDeeds(view(one), one.engine.sync.store.sync);
    expect(deeds).toMatchObject([{ label: 'Values and a website' }]);
    expect(deeds[0]?.fields.map(({ text }) => text)).toContain('2 values');
    await expectSame(login, one, two);
    await give(one.user());
    await settle(one, two);
    await one.call('sync.retry', { ids: deeds.map(({ id }) => id) });
    await settle(one, two);
    expect(valuesOf(two, series)).toEqual([
      ['2026-01-01', 2],
      ['2026-01-05', 5],
    ]);
    await expectSame(login, one, two);
  });

  test('S9 a series that is no longer this device’s leaves neither values nor their history; the next one has all of it', async () => {
    const { login, one, two, series, account, engagement } = await pair([['2026-01-01', 4711.25]]);
    await one.run((draft) => draft.putPoints(series, dayPoints(['2026-01-01', 4712.5])));
    await settle(one, two);
    const boss = await signedIn('boss');
    await two.run((draft) => {
      draft.update('engagement', engagement, { csm: boss.user() });
      draft.update('account', account, { owner: boss.user() });
    });
    await settle(two, one);
    await boss.sync();
    for (const device of [one, two]) {
      expect(device.engine.context.series.points(series)).toBeUndefined();
      const headers = await device.engine.context.history.headers();
      const past = await Promise.all(headers.map(({ seq }) => device.engine.context.history.read(seq)));
      const kept = past.flatMap((set) => set?.series ?? []).filter((change) => change.series === series);
      expect(kept.flatMap(({ added, before }) => [...added, ...before.value])).toEqual([]);
    }
    await one.restart();
    expect(one.engine.context.series.points(series)).toBeUndefined();
    expect(valuesOf(boss, series)).toEqual([['2026-01-01', 4712.5]]);
    await expectSame(login, one, two);
  });

  test('S9 values that wait for a series which is lost meanwhile end among the refused, with the person’s own alone', async () => {
    const { login, one, two, series, account, engagement } = await pair([['2026-01-01', 1]]);
    const boss = await signedIn('boss');
    await two.run((draft) => {
      draft.update('engagement', engagement, { csm: boss.user() });
      draft.update('account', account, { owner: boss.user() });
    });
    await two.sync();
    await one.run((draft) => draft.putPoints(series, dayPoints(['2026-01-01', 7], ['2026-01-02', 8])), 'Late values');
    await settle(one, two);
    expect(one.engine.context.series.points(series)).toBeUndefined();
    const kept = one.engine.sync.store.sync.under('refused/').map(({ value }) => value);
    expect(kept).toMatchObject([{ label: 'Late values', points: [{ series, set: { value: [7, 8] }, remove: [] }] }]);
    await expectSame(login, one, two);
  });

  test('S13 a server that was put back gets the values again that it lost', async () => {
    const { login, one, two, series } = await pair([['2026-01-01', 1]]);
    const tools = { storage: central.storage, now: () => central.clock.now, newId: central.newId };
    const backup = await backUp(tools, 'acme');
    await one.run((draft) => draft.putPoints(series, dayPoints(['2026-01-01', 2], ['2026-01-09', 9])));
    await settle(one, two);
    await restore(tools, 'acme', backup);
    await settle(one, two);
    await settle(one, two);
    expect(valuesOf(two, series)).toEqual([
      ['2026-01-01', 2],
      ['2026-01-09', 9],
    ]);
    await expectSame(login, one, two);
  });

  test('S1 a profile that is restored from its second copy has its values, those that wait to be sent included', async () => {
    people += 1;
    const login = `points-${people}`;
    await central.person(login, { manager: 'boss' });
    const one = await signedIn(login, { journal: memoryJournal() });
    const two = await signedIn(login);
    const { series } = await one.run((draft) => addSeries(draft, one.user(), `Usage ${people}`));
    await two.sync();
    await settle(one, two);
    await two.run((draft) => draft.putPoints(series, dayPoints(['2026-01-01', 1])));
    await settle(two, one);
    await one.run((draft) => draft.putPoints(series, dayPoints(['2026-01-02', 2])));
    await one.lose();
    await settle(one, two);
    expect(valuesOf(two, series)).toEqual([
      ['2026-01-01', 1],
      ['2026-01-02', 2],
    ]);
    await expectSame(login, one, two);
  });

  test('SYN-05 values that were brought in before the first sign-in go up with everything else', async () => {
    people += 1;
    const login = `points-${people}`;
    await central.person(login, { manager: 'boss' });
    const one = await openSyncedEngine(central, login);
    const { series, source } = await one.run((draft) => {
      const all = addSeries(draft, undefined, `Usage ${people}`);
      draft.putPoints(all.series, dayPoints(['2026-01-01', 1], ['2026-01-02', 2]));
      return all;
    });
    await one.signIn();
    await one.sync();
    const two = await signedIn(login);
    expect(valuesOf(two, series)).toEqual([
      ['2026-01-01', 1],
      ['2026-01-02', 2],
    ]);
    await expectSame(login, one, two);
    // another newcomer has the same source: the workspace's takes its place, and their values are kept
    const three = await openSyncedEngine(central, login);
    const again = await three.run((draft) => {
      const all = addSeries(draft, undefined, `Usage ${people}`);
      draft.putPoints(all.series, dayPoints(['2026-03-01', 3]));
      return all;
    });
    await three.signIn();
    await three.sync();
    expect(view(three).get('dataPointSeries', again.series)).toMatchObject({ source });
    expect(valuesOf(three, again.series)).toEqual([['2026-03-01', 3]]);
    await settle(three, one, two);
    await expectSame(login, one, two, three);
  });

  test('S3 a hundred thousand values go in intents that the server takes', async () => {
    const { login, one, two, source } = await pair();
    const days = Array.from({ length: 12_000 }, (_, at): [string, number] => [dateOf(8_000 + at), at / 3]);
    const account = [...view(one).all('account')][0]?.id ?? '';
    const made = await one.run((draft) =>
      Array.from({ length: 9 }, (_, at) => {
        const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account, part: `${at}` });
        draft.putPoints(series, dayPoints(...days));
        return series;
      }),
    );
    await settle(one, two);
    for (const series of made) expect(two.engine.context.series.points(series)?.end).toHaveLength(12_000);
    await expectSame(login, one, two);
  });
});
