import { Dexie } from 'dexie';
import type { Host } from '../host/host.ts';
import { SCHEMA_VERSIONS, storesOf } from './schema.ts';

/**
 * Two connections to one database: what a person typed is flushed to the disk before it is answered (`strict`); what can be
 * computed or fetched again is not (`relaxed`).
 */
export type Database = { readonly strict: Dexie; readonly relaxed: Dexie; readonly close: () => void };

function connection(host: Host, durability: 'strict' | 'relaxed'): Dexie {
  const dexie = new Dexie(host.databaseName, {
    indexedDB: host.indexedDB,
    IDBKeyRange: host.keyRange,
    chromeTransactionDurability: durability,
    autoOpen: false,
    // the working set is the cache
    cache: 'disabled',
  });
  for (const version of SCHEMA_VERSIONS) dexie.version(version.version).stores(storesOf(version));
  return dexie;
}

// Dexie counts in tens
const NATIVE_STEP = 10;

/** Dexie would take a newer version's database as one of ours and mend it. */
async function refuseNewer({ indexedDB, databaseName }: Host): Promise<void> {
  const known = await indexedDB.databases();
  const newest = (SCHEMA_VERSIONS.at(-1)?.version ?? 0) * NATIVE_STEP + NATIVE_STEP;
  const { version = 0 } = known.find((one) => one.name === databaseName) ?? {};
  if (version >= newest) throw new DOMException('The database is of a newer version', 'VersionError');
}

/** Opens (and makes or upgrades) the database. Throws what IndexedDB throws; recovery decides what it means. */
export async function openDatabase(host: Host): Promise<Database> {
  await refuseNewer(host);
  const strict = connection(host, 'strict');
  const relaxed = connection(host, 'relaxed');
  const close = () => {
    strict.close();
    relaxed.close();
  };
  try {
    await strict.open();
    await relaxed.open();
  } catch (thrown) {
    close();
    throw thrown;
  }
  return { strict, relaxed, close };
}

/** Removes the database altogether; only recovery does so, with a copy at hand. */
export async function deleteDatabase(host: Host): Promise<void> {
  const dexie = connection(host, 'strict');
  await dexie.delete();
}
