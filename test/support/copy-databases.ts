// A copy of everything in an in-memory IndexedDB, as a copied profile folder is.
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';

/** Copies all databases, stores and rows. */
export async function copyDatabases(from: IDBFactory): Promise<IDBFactory> {
  const to = new IDBFactory();
  for (const { name = '' } of await from.databases()) {
    const source = await new Dexie(name, { indexedDB: from, IDBKeyRange }).open();
    const stores = Object.fromEntries(
      source.tables.map(({ schema }) => [schema.name, [schema.primKey.src, ...schema.indexes.map(({ src }) => src)].join(',')]),
    );
    const target = new Dexie(name, { indexedDB: to, IDBKeyRange });
    target.version(source.verno).stores(stores);
    await target.open();
    for (const table of source.tables) await target.table(table.name).bulkPut(await table.toArray());
    source.close();
    target.close();
  }
  return to;
}
