import { isTenantName, sql, type Storage } from '../storage/storage.ts';
import { SyncError } from '../http/sync-error.ts';
import { hashToken, tenantOf } from './secrets.ts';

// without a digest of its token nobody could tell it any more; asked for twice, the first time counts
const order = sql(
  'order-erasing',
  `update device set revoked_at = coalesce(revoked_at, $3), erase_at = coalesce(erase_at, $3)
   where tenant = $1 and id = $2 and user_id = $4 and erased_at is null and refresh <> '' returning id`,
);
const dropSessions = sql('drop-sessions-of', 'delete from session where tenant = $1 and device = $2');
// the token before the newest proves it as well, for an answer may have been lost; one that is over may be a copy's
const ordered = sql(
  'erasing-ordered',
  'select id, erase_at from device where tenant = $1 and (refresh = $2 or refresh_before = $2) and erase_at is not null and erased_at is null',
);
const confirm = sql(
  'erasing-confirmed',
  `update device set erased_at = $3, refresh = '', refresh_before = null, refresh_old = null
   where tenant = $1 and (refresh = $2 or refresh_before = $2) and erase_at is not null and erased_at is null returning id`,
);

type Tools = { readonly storage: Storage; readonly now: () => number };

/**
 * Signs a device of the person off, at once and for good, and has it erase itself when it asks for tokens next (S15). One that was only signed
 * off can still be told. Answers false where there is none, or where nothing is known any more by which it could prove itself.
 */
export async function eraseDevice({ storage, now }: Tools, tenant: string, user: string, device: string): Promise<boolean> {
  return storage.transaction(tenant, 'write', async (on) => {
    const told = await on.run(order, [tenant, device, new Date(now()), user]);
    if (told.length > 0) await on.run(dropSessions, [tenant, device]);
    return told.length > 0;
  });
}

/** What a device is told that is to erase itself: for the holder of its own refresh token alone. Undefined for everyone else. */
export async function toBeErased({ storage }: Tools, tenant: string, refreshToken: string): Promise<SyncError | undefined> {
  const [device] = await storage.transaction(tenant, 'read', (on) =>
    on.run<{ id: string; erase_at: Date }>(ordered, [tenant, hashToken(refreshToken)]),
  );
  return (
    device &&
    new SyncError('erase', 'This device has been signed off, and what it keeps is to be erased.', undefined, {
      device: device.id,
      asked: device.erase_at.toISOString(),
    })
  );
}

/** The device says that it has erased itself; from then on its token is nobody's. Throws SyncError. */
export async function confirmErased({ storage, now }: Tools, refreshToken: string): Promise<void> {
  const tenant = tenantOf(refreshToken);
  const done = isTenantName(tenant)
    ? await storage.transaction(tenant, 'write', (on) => on.run(confirm, [tenant, hashToken(refreshToken), new Date(now())]))
    : [];
  if (done.length === 0) throw new SyncError('unauthorized', 'Sign in again.');
}
