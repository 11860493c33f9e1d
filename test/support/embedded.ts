import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { embeddedStorage } from '../../server/storage/embedded.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { MIGRATIONS } from '../../server/storage/migrations.ts';
import type { Storage } from '../../server/storage/storage.ts';

const folder = join(import.meta.dirname, '..', '..', '.cache', 'embedded');

/** A migrated database as a file: making one takes two seconds of the processor, loading one a quarter of a second. */
function cachePath(): string {
  const key = createHash('sha256')
    .update(JSON.stringify(MIGRATIONS))
    .update(readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json')));
  return join(folder, `${key.digest('hex').slice(0, 16)}.tar`);
}

/** An embedded database in memory, at the newest step. */
export async function openTestDatabase(): Promise<Storage> {
  const path = cachePath();
  if (existsSync(path)) return embeddedStorage(await PGlite.create({ loadDataDir: new Blob([readFileSync(path)]) }));
  const database = await PGlite.create();
  const storage = await embeddedStorage(database);
  await migrate(storage);
  const file = await database.dumpDataDir('none');
  mkdirSync(folder, { recursive: true });
  // two test files may make it at once; a file stands there whole or not at all
  const part = `${path}.${process.pid}`;
  writeFileSync(part, Buffer.from(await file.arrayBuffer()));
  renameSync(part, path);
  return storage;
}
