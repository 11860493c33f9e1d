import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openTestDatabase } from '../../test/support/embedded.ts';
import { createTenant, listTenants } from '../admin/tenants.ts';
import { openEmbedded } from './embedded.ts';
import { takeLock } from './lock-file.ts';
import { migrate, refuseOpenFence } from './migrate.ts';
import { isTenantName, sql } from './storage.ts';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'satchel-embedded-'));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

test('SYN-14 the embedded database keeps what it has, is migrated once, and obeys row-level security', async () => {
  const where = folder();
  const first = await openEmbedded(where);
  await refuseOpenFence(first);
  expect((await migrate(first)).length).toBeGreaterThan(0);
  expect(await migrate(first)).toEqual([]);
  await createTenant(first, 'acme', 'Acme', new Date(0));
  await expect(createTenant(first, 'acme', 'Again', new Date(0))).rejects.toThrow('already');
  await expect(createTenant(first, 'Not A Name', 'x', new Date(0))).rejects.toThrow('lower-case');
  await first.close();
  const again = await openEmbedded(where);
  expect(await migrate(again)).toEqual([]);
  expect(await listTenants(again)).toEqual([{ id: 'acme', name: 'Acme', head: 0 }]);
  const foreign = sql('foreign', `insert into record_key (tenant, key, id, tbl) values ('acme', 'k', 'i', 't')`);
  await expect(again.transaction('zeta', 'write', (on) => on.run(foreign, []))).rejects.toThrow('row-level security');
  await expect(again.transaction('acme', 'read', (on) => on.run(foreign, []))).rejects.toThrow('read-only');
  await again.close();
});

test('a database that a newer server has used is left alone', async () => {
  const storage = await openTestDatabase();
  await storage.global(sql('from-the-future', `insert into migration (name) values ('9999-later')`), []);
  await expect(migrate(storage)).rejects.toThrow('newer version');
  await storage.close();
});

test('one process has the embedded database; the lock of one that is gone is taken over', () => {
  const path = join(folder(), 'server.lock');
  const unlock = takeLock(path);
  expect(() => takeLock(path)).toThrow(`process ${process.pid}`);
  unlock();
  writeFileSync(path, '999999999');
  takeLock(path)();
  writeFileSync(path, 'nonsense');
  takeLock(path)();
});

test('the name of a tenant cannot end the text that it stands in', () => {
  expect(["a'; drop table record; --", '', '-a', 'a-', 'A', 'a b', 'a'.repeat(64)].some(isTenantName)).toBe(false);
  expect(['a', 'acme', 'acme-2', 'a'.repeat(63)].every(isTenantName)).toBe(true);
});
