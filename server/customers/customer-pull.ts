import { SYNC_LIMITS, type ChecksumsReply } from '#shared/contract/sync-contract.ts';
import { scopeChecksum, type Versioned } from '#shared/sync-core/checksum.ts';
import { judgeCursor, readCursor, writeCursor } from '#shared/sync-core/cursor.ts';
import type { Pulled, Reader } from '../pull/pull.ts';
import { sql, type Storage } from '../storage/storage.ts';
import { customerHead, customerPage, customerScope, refreshCustomer } from './customer-rows.ts';

const versions = sql(
  'customer-versions',
  'select tbl, id, version, scope from customer_row where tenant = $1 and user_id = $2 and scope > $3 and body is not null order by scope',
);

/**
 * A page for a customer's device: as `pull`, out of what they see alone. Numbers in its cursor are their own, so that they do not tell how
 * much happens where they see nothing. What they no longer see is told as forgotten, whether it was deleted or taken from them.
 */
export async function pullForCustomer(
  storage: Storage,
  reader: Reader,
  given: string | undefined,
  limit: number,
): Promise<Pulled | undefined> {
  const cursor = given === undefined ? undefined : readCursor(given);
  if (given !== undefined && cursor === undefined) return undefined;
  const { tenant, user } = reader;
  const { epoch, acknowledged } = await refreshCustomer(storage, reader);
  // they were somebody inside before
  if (cursor !== undefined && cursor.customer !== true) return { reset: cursor.epoch === epoch ? 'role' : 'restored' };
  return storage.transaction(tenant, 'write', async (on) => {
    const head = await customerHead(on, tenant, user);
    const judged = cursor === undefined ? 'ok' : judgeCursor(cursor, { epoch, head, purged: 0 });
    if (judged !== 'ok') return { reset: judged };
    const from = cursor?.rows ?? 0;
    const { rows, gone, upTo, more, size } = await customerPage(on, { tenant, user, from, limit, bytes: SYNC_LIMITS.pageBytes });
    const filling = from === 0 ? { filling: { done: rows.length, of: size } } : {};
    return {
      page: {
        epoch,
        acknowledged,
        rows,
        forget: [],
        forgetRows: gone,
        cursor: writeCursor({ epoch, rows: upTo, members: upTo, customer: true }),
        more,
        ...filling,
      },
    };
  });
}

/**
 * All of one scope as a customer sees it (S12), in pages, as `pullScope`. One of which they see nothing is to be forgotten, whether it exists or not.
 */
export async function pullScopeForCustomer(
  storage: Storage,
  reader: Reader,
  { scope, cursor: given, limit }: { readonly scope: string; readonly cursor: string | undefined; readonly limit: number },
): Promise<Pulled | undefined> {
  const parsed = given === undefined ? undefined : readCursor(given);
  if (given !== undefined && parsed?.fill === undefined) return undefined;
  const { tenant, user } = reader;
  const { epoch, acknowledged } = await refreshCustomer(storage, reader);
  return storage.transaction(tenant, 'write', async (on) => {
    const head = await customerHead(on, tenant, user);
    const judged = parsed === undefined ? 'ok' : judgeCursor(parsed, { epoch, head, purged: 0 });
    if (judged !== 'ok') return { reset: judged };
    const { table, id } = parsed?.fill ?? { table: '', id: '' };
    const { rows, more } = await customerScope(on, { tenant, user, scope, table, id, limit, bytes: SYNC_LIMITS.pageBytes });
    const last = rows.at(-1);
    const fill = more && last !== undefined ? { to: head, rank: 0, scope, table: last.table, id: last.id } : undefined;
    // the numbers of one scope's pages only say where they go on
    const cursor = writeCursor(
      fill === undefined ? { epoch, rows: head, members: head, customer: true } : { epoch, rows: head, members: head, fill },
    );
    const forget = rows.length === 0 && parsed === undefined ? [scope] : [];
    return { page: { epoch, acknowledged, rows, forget, forgetRows: [], cursor, more: fill !== undefined } };
  });
}

/** As `checksums`, over what a customer sees: of all their scopes, in their order after `after`. */
export async function checksumsForCustomer(storage: Storage, { tenant, user }: Reader, after = ''): Promise<ChecksumsReply> {
  return storage.transaction(tenant, 'write', async (on) => {
    const rows = await on.run<{ tbl: string; id: string; version: number; scope: string }>(versions, [tenant, user, after]);
    const all = [...Map.groupBy(rows, ({ scope }) => scope)];
    const some = all.slice(0, SYNC_LIMITS.checksums);
    const sums = some.map(([scope, held]): [string, string] => [
      scope,
      scopeChecksum(held.map(({ tbl, id, version }): Versioned => ({ table: tbl, id, version }))),
    ]);
    const next = some.length < all.length ? some.at(-1)?.[0] : undefined;
    return { head: await customerHead(on, tenant, user), checksums: Object.fromEntries(sums), ...(next === undefined ? {} : { next }) };
  });
}
