import { randomUUID } from 'node:crypto';
import { isTenantName, sql, type Storage } from '../storage/storage.ts';

const insert = sql(
  'insert-tenant',
  'insert into tenant (id, name, epoch, created_at) values ($1, $2, $3, $4) on conflict do nothing returning id',
);
const list = sql('list-tenants', 'select id, name, head from tenant order by id');
const newEpoch = sql('new-epoch', 'update tenant set epoch = $2 where id = $1 returning id');

/** Creates a tenant. Throws an Error where its name does not fit or is taken. */
export async function createTenant(storage: Storage, id: string, name: string, now: Date): Promise<void> {
  if (!isTenantName(id)) throw new Error('The name of a tenant has lower-case letters, digits and hyphens, at most 63.');
  const made = await storage.global(insert, [id, name, randomUUID(), now]);
  if (made.length === 0) throw new Error(`There is a tenant ${id} already.`);
}

/** All tenants with the number of their newest change. */
export async function listTenants(
  storage: Storage,
): Promise<readonly { readonly id: string; readonly name: string; readonly head: number }[]> {
  return storage.global<{ id: string; name: string; head: number }>(list, []);
}

/** After a backup was restored: gives the tenant a new epoch, so that devices load anew and send again what was lost (S13). */
export async function renewEpoch(storage: Storage, tenant: string): Promise<void> {
  const done = await storage.global(newEpoch, [tenant, randomUUID()]);
  if (done.length === 0) throw new Error(`There is no tenant ${tenant}.`);
}
