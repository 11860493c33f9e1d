import { Dexie } from 'dexie';
import type { Host } from '../host/host.ts';
import { SCHEMA_VERSIONS, storesOf } from './schema.ts';

/**
 * Two connections to one database: what a person typed is flushed to the disk before it is answered (`strict`); what can be
 * computed or fetched again is not (`relaxed`). The start-up image has a database of its own, because a browser that runs out of
 * space within a large write throws the whole database away (docs/architecture.md).
 */
export type Database = {
  readonly strict: Dexie;
  readonly relaxed: Dexie;
  readonly image: Dexie;
  /** Whether `close` was called; a connection that the browser closed opens again by itself. */
  readonly isClosed: () => boolean;
  /** Removes everything but the image and begins an empty database; only recovery does so, with a copy at hand. */
  readonly empty: () => Promise<void>;
  readonly close: () => void;
};

function connection(host: Host, name: string, durability: 'strict' | 'relaxed'): Dexie {
  return new Dexie(name, {
    indexedDB: host.indexedDB,
    IDBKeyRange: host.keyRange,
    chromeTransactionDurability: durability,
    // the browser closes connections when the disk is full: the next question opens them again
    autoOpen: true,
    // the working set is the cache
    cache: 'disabled',
  });
}

function records(host: Host, durability: 'strict' | 'relaxed'): Dexie {
  const dexie = connection(host, host.databaseName, durability);
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
  const strict = records(host, 'strict');
  const relaxed = records(host, 'relaxed');
  const image = connection(host, imageName(host), 'relaxed');
  image.version(1).stores({ image: 'key', computed: 'key' });
  let closed = false;
  const closeAll = (disableAutoOpen: boolean) => {
    for (const dexie of [strict, relaxed]) dexie.close({ disableAutoOpen });
  };
  const close = () => {
    closed = true;
    closeAll(true);
    image.close();
  };
  try {
    await strict.open();
    await relaxed.open();
  } catch (thrown) {
    close();
    throw thrown;
  }
  const empty = async () => {
    closeAll(false);
    await deleteDatabase(host);
    await strict.open();
    await relaxed.open();
  };
  return { strict, relaxed, image, isClosed: () => closed, empty, close };
}

/** The database of the image and of what was computed: nothing is lost with it. */
export function imageName({ databaseName }: Host): string {
  return `${databaseName}-image`;
}

/** Removes the records' database altogether; only recovery does so, with a copy at hand. */
export async function deleteDatabase(host: Host): Promise<void> {
  await connection(host, host.databaseName, 'strict').delete();
}
