import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '#shared/contract/sync-contract.ts';
import { POINTS_TABLE, segmentId, type Points } from '#shared/sync-core/points.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { openCentral, type Central, type TestDevice } from './central.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const points = (...given: readonly (readonly [end: string, value: number])[]): Points => ({
  start: given.map(([end]) => day(end) - 7),
  end: given.map(([end]) => day(end)),
  value: given.map(([, value]) => value),
});

/** Data points between devices and the central store, on whatever database. */
export function pointsSuite(storage: () => Promise<Storage>): void {
  let central: Central;
  let kim: TestDevice;
  let lee: TestDevice;
  let boss: TestDevice;
  let account: string;
  let source: string;
  let series: string;

  beforeAll(async () => {
    central = await openCentral(await storage());
    await central.person('boss');
    await central.person('kim', { manager: 'boss' });
    await central.person('lee', { manager: 'boss' });
    [kim, lee, boss] = [await central.device('kim'), await central.device('lee'), await central.device('boss')];
    account = await kim.create('account', { name: 'Acme', owner: kim.user });
    source = await boss.create('dataSource', { name: 'Usage', kind: 'external' });
    series = await newSeries(account);
  });
  afterAll(() => central.close());

  let parts = 0;
  const newSeries = (of: string) => {
    parts += 1;
    return kim.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: of, part: `part ${parts}` });
  };
  const put = (device: TestDevice, id: string, set: Points, remove: readonly string[] = []): Promise<Answer> =>
    device.send([{ action: 'points', table: 'dataPointSeries', id, set, remove: remove.map(day) }]);
  const segment = (device: TestDevice, id: string, year: number) => device.row(POINTS_TABLE, segmentId(id, year))?.values;

  test('SYN-04 data points come to every device that has their series, a segment for each year', async () => {
    expect((await put(kim, series, points(['2025-12-31', 1], ['2026-01-07', 2]))).outcome).toBe('applied');
    await boss.pull();
    expect(segment(boss, series, 2025)).toEqual({ series, year: 2025, ...points(['2025-12-31', 1]) });
    expect(segment(boss, series, 2026)).toEqual({ series, year: 2026, ...points(['2026-01-07', 2]) });
    expect(boss.row('dataPointSeries', series)?.values).toMatchObject({ firstEnd: '2025-12-31', lastEnd: '2026-01-07', points: 2 });
    await lee.pull();
    expect(JSON.stringify([...lee.rows.values()])).not.toContain(series);
  });

  test('S4 two people add points to one series: both stay; of the same day the one that arrives last', async () => {
    await put(kim, series, points(['2026-02-07', 10], ['2026-02-14', 11]));
    await put(boss, series, points(['2026-02-14', 99], ['2026-02-21', 12]));
    await put(kim, series, points(), ['2026-02-07']);
    await Promise.all([kim.pull(), boss.pull()]);
    const expected = { series, year: 2026, ...points(['2026-01-07', 2], ['2026-02-14', 99], ['2026-02-21', 12]) };
    expect([segment(kim, series, 2026), segment(boss, series, 2026)]).toEqual([expected, expected]);
  });

  test('S3 sent again, points are answered as before and the segment stays; a refused intent leaves none', async () => {
    const other = await newSeries(account);
    const intent = kim.intent([{ action: 'points', table: 'dataPointSeries', id: other, set: points(['2026-03-07', 1]), remove: [] }]);
    const first = await kim.push([intent]);
    expect((await kim.push([intent])).answers).toEqual(first.answers);
    const refused = await kim.send([
      { action: 'points', table: 'dataPointSeries', id: other, set: points(['2026-03-14', 1]), remove: [] },
      { action: 'create', table: 'contact', id: central.newId(), values: { account } },
    ]);
    expect(refused.outcome).toBe('refused');
    await kim.pull();
    expect(segment(kim, other, 2026)).toMatchObject({ end: [day('2026-03-07')] });
    expect(kim.row(POINTS_TABLE, segmentId(other, 2026))?.version).toBe(1);
  });

  test('S3 a series and its points may come in one intent, in one push with other changes of it', async () => {
    const id = central.newId();
    const answer = await kim.send([
      { action: 'create', table: 'dataPointSeries', id, values: { source, sourceTable: 'account', sourceRecord: account, part: 'seats' } },
      { action: 'points', table: 'dataPointSeries', id, set: points(['2026-03-07', 5]), remove: [] },
    ]);
    expect(answer.outcome).toBe('applied');
    await kim.pull();
    expect(kim.row('dataPointSeries', id)?.values).toMatchObject({ part: 'seats', points: 1 });
    expect(segment(kim, id, 2026)).toMatchObject({ value: [5] });
  });

  test('SYN-06 a series that one does not have cannot be written to, as if it were not there', async () => {
    const refused = await put(lee, series, points(['2026-04-07', 1]));
    expect(refused).toMatchObject({ outcome: 'refused', error: { code: 'not-found' } });
    const never = await put(lee, central.newId(), points(['2026-04-07', 1]));
    expect(never.error?.message).toBe(refused.error?.message);
  });

  test.each([
    ['unsorted', { start: [1, 1], end: [2, 1], value: [1, 1] }],
    ['of the far future', { start: [1], end: [999_999], value: [1] }],
    ['of different lengths', { start: [1], end: [1], value: [] }],
  ])('S3 points %s are refused', async (_what, set) => {
    expect(await put(kim, series, set)).toMatchObject({ outcome: 'refused', error: { code: 'contract' } });
  });

  test('S9 an account that is handed on takes its points along: filled for the one, forgotten by the other', async () => {
    const moving = await kim.create('account', { name: 'Moving', owner: kim.user });
    const id = await newSeries(moving);
    await put(kim, id, points(['2026-03-07', 7]));
    await Promise.all([kim.pull(), lee.pull()]);
    expect(segment(kim, id, 2026)).toBeDefined();
    await kim.update('account', moving, { owner: lee.user });
    await Promise.all([kim.pull(), lee.pull()]);
    expect(segment(lee, id, 2026)).toMatchObject({ value: [7] });
    expect(segment(kim, id, 2026)).toBeUndefined();
  });

  test('S9 a series that moves to another account moves with its points', async () => {
    const [mine, theirs] = [
      await kim.create('account', { name: 'Mine', owner: kim.user }),
      await lee.create('account', { name: 'Theirs', owner: lee.user }),
    ];
    const id = await newSeries(mine);
    await put(kim, id, points(['2025-03-07', 6], ['2026-03-07', 7]));
    await boss.pull();
    await boss.update('dataPointSeries', id, { sourceRecord: theirs });
    await Promise.all([kim.pull(), lee.pull(), boss.pull()]);
    expect([segment(lee, id, 2025), segment(lee, id, 2026)]).toMatchObject([{ value: [6] }, { value: [7] }]);
    expect([segment(kim, id, 2025), segment(kim, id, 2026)]).toEqual([undefined, undefined]);
    expect(segment(boss, id, 2026)).toMatchObject({ value: [7] });
  });

  test('S6 a series that is deleted takes its points along, and points that come late are kept in a conflict', async () => {
    const id = await newSeries(account);
    await put(kim, id, points(['2026-03-07', 7]));
    await Promise.all([kim.pull(), boss.pull()]);
    await boss.send([{ action: 'delete', table: 'dataPointSeries', id, base: { version: boss.row('dataPointSeries', id)?.version ?? 0 } }]);
    const late = await put(kim, id, points(['2026-03-14', 8]));
    expect(late.outcome).toBe('conflict');
    await kim.pull();
    expect([kim.row('dataPointSeries', id), segment(kim, id, 2026)]).toEqual([undefined, undefined]);
    expect(
      (
        await kim.send(
          [{ action: 'create', table: 'dataPointSeries', id, values: { source, sourceTable: 'account', sourceRecord: account } }],
          { kind: 'undo' },
        )
      ).outcome,
    ).toBe('applied');
    await put(kim, id, points(['2026-03-07', 7]));
    await boss.pull();
    expect(segment(boss, id, 2026)).toMatchObject({ value: [7] });
  });

  test('S7 two people write one series at the same moment: no point is lost', async () => {
    const id = await newSeries(account);
    const days = Array.from({ length: 20 }, (_, at) => `2026-06-${String(at + 1).padStart(2, '0')}`);
    const inTurn = async (device: TestDevice, rest: number): Promise<void> => {
      for (const [at, one] of days.entries()) if (at % 2 === rest) await put(device, id, points([one, at]));
    };
    await Promise.all([inTurn(kim, 0), inTurn(boss, 1)]);
    await kim.pull();
    expect(segment(kim, id, 2026)).toMatchObject({ value: days.map((_, at) => at) });
    expect(kim.row('dataPointSeries', id)?.values).toMatchObject({ points: 20 });
  });
}
