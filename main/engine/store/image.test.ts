import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { contentOf } from '../../../test/support/engine-content.ts';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { memoryJournal } from '../../../test/support/memory-journal.ts';
import type { CommandMeta } from '../context.ts';
import { openEngine, type Engine } from '../engine.ts';
import type { Host } from '../host/host.ts';

let commands = 0;
const by = (label: string): CommandMeta => {
  commands += 1;
  return { commandId: `image-${commands}`, actor: 'user-1', label };
};

/** A store with accounts, contacts and points, its image made; `from` tells what a later start read. */
async function storeWithImage(): Promise<{ readonly host: Host; readonly content: Awaited<ReturnType<typeof contentOf>> }> {
  const host = memoryHost();
  const engine = await openEngine(host);
  await engine.context.records.run(by('Create'), (draft) => {
    const account = draft.create('account', { name: 'Acme' });
    for (let at = 0; at < 2500; at += 1) draft.create('contact', { name: `Contact ${at}`, account });
    const source = draft.create('dataSource', { name: 'Feed', kind: 'external', breakdown: 'account' });
    const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account });
    const end = Int32Array.from({ length: 400 }, (_, at) => 19_000 + at);
    draft.putPoints(series, { start: end.map((day) => day - 1), end, value: Float64Array.from(end) });
  });
  await engine.makeImage();
  const content = await contentOf(engine);
  await engine.close();
  return { host, content };
}

async function reopen(host: Host): Promise<{ readonly engine: Engine; readonly from: unknown }> {
  let from: unknown;
  const log: Host['log'] = (entry) => {
    if (entry.event === 'store-opened') from = entry['from'];
  };
  const engine = await openEngine(memoryHost({ indexedDB: host.indexedDB, log }));
  return { engine, from };
}

/** Opens a bare database beside the engine. */
async function withDatabase(host: Host, part: '' | '-image', work: (database: Dexie) => Promise<unknown>): Promise<void> {
  const database = new Dexie(`${host.databaseName}${part}`, { indexedDB: host.indexedDB, IDBKeyRange: host.keyRange });
  await database.open();
  await work(database);
  database.close();
}

test('a start reads the image and has the same as from the rows', async () => {
  const { host, content } = await storeWithImage();
  const { engine, from } = await reopen(host);
  expect(from).toBe('image');
  expect(await contentOf(engine)).toEqual(content);
  await engine.close();
});

test('what was committed after the image was made is there too', async () => {
  const { host } = await storeWithImage();
  const first = await reopen(host);
  const { records, view, undo } = first.engine.context;
  const [contact] = view.all('contact');
  const [series] = view.all('dataPointSeries');
  await records.run(by('Rename'), (draft) => draft.update('contact', contact?.id ?? '', { name: 'Renamed' }));
  await records.run(by('Delete'), (draft) => draft.remove('contact', [...view.all('contact')][7]?.id ?? ''));
  await records.run(by('Create'), (draft) => draft.create('account', { name: 'New' }));
  await undo.undo(by(''));
  await records.run(by('Points'), (draft) =>
    draft.putPoints(series?.id ?? '', { start: Int32Array.of(1), end: Int32Array.of(20_000), value: Float64Array.of(1) }),
  );
  const content = await contentOf(first.engine);
  await first.engine.close();
  const second = await reopen(host);
  expect(second.from).toBe('image');
  expect(await contentOf(second.engine)).toEqual(content);
  await second.engine.close();
});

const DAMAGES: Readonly<Record<string, (image: Dexie['tables'][number]) => PromiseLike<unknown>>> = {
  'a section that was altered': (image) =>
    image.toCollection().modify((row: { key: string; bytes: Uint8Array }) => {
      const at = row.bytes.length - 9;
      if (row.key === 'contact/1') row.bytes[at] = (row.bytes[at] ?? 0) ^ 1;
    }),
  'a section that was cut': (image) =>
    image.toCollection().modify((row: { key: string; bytes: Uint8Array }) => {
      if (row.key === 'contact/0') row.bytes = row.bytes.slice(0, 800);
    }),
  'a section that is missing': (image) => image.delete('points/0'),
  'a section of another image': async (image) => image.put({ ...(await image.get('contact/0')), key: 'contact/1' }),
  'no header': (image) => image.delete('header'),
};

test.each(Object.entries(DAMAGES))('an image with %s is not believed: the rows are read', async (_, damage) => {
  const { host, content } = await storeWithImage();
  await withDatabase(host, '-image', async (database) => damage(database.table('image')));
  const { engine, from } = await reopen(host);
  expect(from).toBe('rows');
  expect(await contentOf(engine)).toEqual(content);
  await engine.close();
});

test('an image that is newer than the store is not believed', async () => {
  const { host } = await storeWithImage();
  await withDatabase(host, '', (database) => database.table('meta').update('head', { seq: 0 }));
  const { engine, from } = await reopen(host);
  expect(from).toBe('rows');
  await engine.close();
});

test('the image is made anew in a quiet moment after many changes, not between them', async () => {
  const clock = createManualClock();
  const host = memoryHost({ later: clock.later });
  const engine = await openEngine(host);
  const create = () =>
    engine.context.records.run(by('Create'), (draft) => {
      for (let at = 0; at < 300; at += 1) draft.create('account', { name: `A ${at}` });
    });
  await create();
  clock.advance(2000);
  await create();
  clock.advance(2000);
  await create();
  clock.advance(2999);
  const images = async () => {
    let count = 0;
    await withDatabase(host, '-image', async (database) => {
      count = await database.table('image').count();
    });
    return count;
  };
  expect(await images()).toBe(0);
  clock.advance(1);
  await engine.makeImage();
  expect(await images()).toBeGreaterThan(0);
  await engine.close();
});

test('points that cannot be read are restored from the second copy, which is said', async () => {
  const journal = memoryJournal();
  const host = memoryHost({ journal });
  const engine = await openEngine(host);
  await engine.context.records.run(by('Create'), (draft) => {
    const source = draft.create('dataSource', { name: 'Feed', kind: 'external', breakdown: 'account' });
    const sourceRecord = draft.create('account', { name: 'Acme' });
    const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord });
    draft.putPoints(series, { start: Int32Array.of(1), end: Int32Array.of(2), value: Float64Array.of(3) });
  });
  const content = await contentOf(engine);
  await engine.close();
  await withDatabase(host, '', (database) =>
    database
      .table('segments')
      .toCollection()
      .modify((row: { bytes: Uint8Array }) => {
        row.bytes = row.bytes.slice(0, 5);
      }),
  );
  const again = await openEngine(memoryHost({ indexedDB: host.indexedDB, journal }));
  expect(await contentOf(again)).toEqual(content);
  expect(again.context.storage().recovered).toContain('restored');
  await again.close();
});

test('a database that cannot be opened at all is restored from the second copy; without one it is left as it is', async () => {
  const journal = memoryJournal();
  const host = memoryHost({ journal });
  const engine = await openEngine(host);
  await engine.context.records.run(by('Create'), (draft) => draft.create('account', { name: 'Acme' }));
  const content = await contentOf(engine);
  await engine.close();
  let broken = true;
  const openReal = host.indexedDB.open.bind(host.indexedDB);
  const removeReal = host.indexedDB.deleteDatabase.bind(host.indexedDB);
  const factory = Object.assign(Object.create(host.indexedDB) as IDBFactory, {
    open: (name: string, version?: number) => {
      if (broken && name === host.databaseName) throw new DOMException('Internal error opening backing store', 'UnknownError');
      return openReal(name, version);
    },
    deleteDatabase: (name: string) => {
      if (name === host.databaseName) broken = false;
      return removeReal(name);
    },
  });
  await expect(openEngine(memoryHost({ indexedDB: factory }))).rejects.toMatchObject({ code: 'storage' });
  expect(broken).toBe(true);
  const again = await openEngine(memoryHost({ indexedDB: factory, journal }));
  expect(await contentOf(again)).toEqual(content);
  expect(again.context.storage().recovered).toContain('could not be read');
  await again.close();
});
