// What every engine must do, whatever IndexedDB it stands on: run in Node on an imitation, and in Chromium on the real one.
import { expect, test } from 'vitest';
import type { CommandMeta, Touched } from '#engine/context.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import type { Host } from '#engine/host/host.ts';

/** Hosts for one test: `first` on an empty store, `again` on the store of an earlier one. */
export type SuiteHosts = { readonly first: () => Host; readonly again: (host: Host) => Host };

let commands = 0;
const by = (label: string, changes: Partial<CommandMeta> = {}): CommandMeta => {
  commands += 1;
  return { commandId: `command-${commands}`, actor: 'user-1', label, ...changes };
};
const newAccount = async (engine: Engine, name = 'Acme') =>
  (await engine.context.records.run(by('Create account'), (draft) => draft.create('account', { name }))).result;

/** Declares the tests. */
export function engineSuite(hosts: SuiteHosts): void {
  const restart = async (engine: Engine, host: Host): Promise<Engine> => {
    await engine.close();
    return openEngine(hosts.again(host));
  };

  test('a created record is there at once, numbered and with its defaults, and after a restart', async () => {
    const host = hosts.first();
    const engine = await openEngine(host);
    const id = await newAccount(engine);
    const row = engine.context.view.get('account', id);
    expect(row).toMatchObject({ id, number: 'ACC0000001', name: 'Acme', escalated: false, rev: 1, createdBy: 'user-1' });
    const again = await restart(engine, host);
    expect(again.context.view.get('account', id)).toEqual(row);
    await newAccount(again);
    expect([...again.context.view.all('account')].map((one) => one.number)).toEqual(['ACC0000001', 'ACC0000002']);
    await again.close();
  });

  test('a change is stamped by field, told to the feed with what was before, and found by its reference', async () => {
    const engine = await openEngine(hosts.first());
    const { records, view, feed } = engine.context;
    const account = await newAccount(engine);
    const other = await newAccount(engine, 'Other');
    const { result: id } = await records.run(by('Create contact'), (draft) => draft.create('contact', { name: 'Ann', account }));
    const heard: Touched[] = [];
    feed.subscribe((touched) => heard.push(touched));
    await records.run(by('Move contact'), (draft) => draft.update('contact', id, { account: other, title: 'CTO' }));
    const row = view.get('contact', id);
    expect(row).toMatchObject({ rev: 2, account: other, title: 'CTO' });
    expect(Object.keys(row?.stamps ?? {}).toSorted()).toEqual(['account', 'title']);
    expect(view.by('contact', 'account', account)).toEqual([]);
    expect(view.by('contact', 'account', other)).toEqual([row]);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.rows).toEqual(new Map([['contact', new Set([id])]]));
    expect(heard[0]?.before('contact', id)).toMatchObject({ account, rev: 1 });
    await engine.close();
  });

  test('a refused command leaves nothing behind', async () => {
    const host = hosts.first();
    const engine = await openEngine(host);
    const work = engine.context.records.run(by('Create'), (draft) => {
      draft.create('account', { name: 'Acme' });
      draft.create('contact', { name: 'Ann', account: 'nobody' });
    });
    await expect(work).rejects.toMatchObject({ code: 'validation', details: { table: 'contact', field: 'account' } });
    expect(engine.context.view.count('account')).toBe(0);
    expect(await engine.context.history.headers()).toEqual([]);
    const again = await restart(engine, host);
    expect(again.context.view.count('account')).toBe(0);
    await again.close();
  });

  test('a command that comes twice is run once, also after a restart', async () => {
    const host = hosts.first();
    const engine = await openEngine(host);
    const command = by('Create account');
    const first = await engine.context.records.run(command, (draft) => draft.create('account', { name: 'Acme' }));
    expect(await engine.context.records.run(command, (draft) => draft.create('account', { name: 'Acme' }))).toEqual(first);
    const again = await restart(engine, host);
    expect(await again.context.records.run(command, (draft) => draft.create('account', { name: 'Acme' }))).toEqual(first);
    expect(again.context.view.count('account')).toBe(1);
    await again.close();
  });

  test('undo and redo go back and forth through a person’s changes, across restarts', async () => {
    const host = hosts.first();
    const engine = await openEngine(host);
    const id = await newAccount(engine);
    await engine.context.records.run(by('Rename'), (draft) => draft.update('account', id, { name: 'Acme Ltd', city: 'Berlin' }));
    expect(await engine.context.undo.next('user-1')).toEqual({ undo: 'Rename', redo: undefined });
    await engine.context.undo.undo(by(''));
    expect(engine.context.view.get('account', id)).toMatchObject({ name: 'Acme', rev: 3 });
    expect(engine.context.view.get('account', id)).not.toHaveProperty('city');
    const second = await restart(engine, host);
    expect(await second.context.undo.next('user-1')).toEqual({ undo: 'Create account', redo: 'Rename' });
    await second.context.undo.undo(by(''));
    expect(second.context.view.count('account')).toBe(0);
    await expect(second.context.undo.undo(by(''))).rejects.toMatchObject({ code: 'not-found' });
    const third = await restart(second, host);
    await third.context.undo.redo(by(''));
    await third.context.undo.redo(by(''));
    expect(third.context.view.get('account', id)).toMatchObject({ name: 'Acme Ltd', city: 'Berlin', number: 'ACC0000001' });
    expect(await third.context.undo.next('user-1')).toEqual({ undo: 'Rename', redo: undefined });
    await third.close();
  });

  test('undo refuses where someone else has changed the same field since, and names it', async () => {
    const engine = await openEngine(hosts.first());
    const id = await newAccount(engine);
    await engine.context.records.run(by('Rename'), (draft) => draft.update('account', id, { name: 'Mine' }));
    await engine.context.records.run(by('Their rename', { actor: 'user-2' }), (draft) => draft.update('account', id, { name: 'Theirs' }));
    await expect(engine.context.undo.undo(by(''))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Their rename'),
    });
    expect(engine.context.view.get('account', id)?.name).toBe('Theirs');
    await engine.close();
  });

  test('deleting takes what is owned, empties optional references, and undo brings all of it back', async () => {
    const host = hosts.first();
    const engine = await openEngine(host);
    const { records, view } = engine.context;
    const ids = (
      await records.run(by('Set up'), (draft) => {
        const account = draft.create('account', { name: 'Acme' });
        const product = draft.create('product', { name: 'Suite' });
        const engagement = draft.create('engagement', { title: 'Acme', account, product });
        const contract = draft.create('contract', { name: 'C1', account });
        const link = draft.create('engagementContract', { engagement, contract });
        return { account, product, engagement, link };
      })
    ).result;
    await expect(records.run(by('Delete'), (draft) => draft.remove('account', ids.account))).rejects.toMatchObject({ code: 'rule' });
    await records.run(by('Delete product'), (draft) => draft.remove('product', ids.product));
    expect(view.get('engagement', ids.engagement)).not.toHaveProperty('product');
    const before = view.get('engagement', ids.engagement);
    await records.run(by('Delete engagement'), (draft) => draft.remove('engagement', ids.engagement));
    expect(view.get('engagementContract', ids.link)).toBeUndefined();
    const again = await restart(engine, host);
    await again.context.undo.undo(by(''));
    expect(again.context.view.get('engagement', ids.engagement)).toEqual({ ...before, rev: 3 });
    expect(again.context.view.get('engagementContract', ids.link)).toMatchObject({ engagement: ids.engagement });
    await again.context.undo.undo(by(''));
    expect(again.context.view.get('engagement', ids.engagement)).toMatchObject({ product: ids.product });
    await again.close();
  });

  test('data points merge by end day, are packed by year, and undo puts the old values back', async () => {
    const host = hosts.first();
    const engine = await openEngine(host);
    const { records } = engine.context;
    const series = (
      await records.run(by('Series'), (draft) => {
        const source = draft.create('dataSource', { name: 'Logins', kind: 'external', breakdown: 'account' });
        const account = draft.create('account', { name: 'Acme' });
        return draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account });
      })
    ).result;
    const points = (days: readonly number[], add: number) => ({
      start: Int32Array.from(days, (day) => day - 7),
      end: Int32Array.from(days),
      value: Float64Array.from(days, (day) => day + add),
    });
    await records.run(by('Feed'), (draft) => draft.putPoints(series, points([20_000, 20_007, 20_500], 0)));
    await records.run(by('Correction'), (draft) => draft.putPoints(series, points([20_490, 20_007, 19_990], 0.5)));
    const merged = { end: [19_990, 20_000, 20_007, 20_490, 20_500], value: [19_990.5, 20_000, 20_007.5, 20_490.5, 20_500] };
    const read = (from: Engine) => {
      const found = from.context.series.points(series);
      return found === undefined ? undefined : { end: [...found.end], value: [...found.value] };
    };
    expect(read(engine)).toEqual(merged);
    const again = await restart(engine, host);
    expect(read(again)).toEqual(merged);
    expect(again.context.view.get('dataPointSeries', series)).toMatchObject({ points: 5, firstEnd: '2024-09-24', lastEnd: '2026-02-16' });
    await again.context.undo.undo(by(''));
    expect(read(again)).toEqual({ end: [20_000, 20_007, 20_500], value: [20_000, 20_007, 20_500] });
    await again.context.undo.undo(by(''));
    expect(read(again)).toBeUndefined();
    await again.context.undo.redo(by(''));
    const third = await restart(again, host);
    expect(read(third)).toEqual({ end: [20_000, 20_007, 20_500], value: [20_000, 20_007, 20_500] });
    await third.close();
  });
}
