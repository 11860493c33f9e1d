import { judgeCursor, readCursor, writeCursor } from '#shared/sync-core/cursor.ts';
import { EVERYTHING_SCOPE, ownScope, SHARED_SCOPE } from '#shared/sync-core/scope.ts';
import type { PulledRow } from '#shared/contract/sync-contract.ts';
import type { RecordColumns } from '../records/stored-record.ts';
import { sql, type Storage } from '../storage/storage.ts';
import { isForeign } from './foreign-people.ts';
import { openBudget, pulled, rowsOfScopes, stateOf, type Pulled, type Reader } from './pull.ts';

const isMember = sql(
  'has-scope',
  `select scope from scope_member where tenant = $1 and member = $2 and revoked is null
   and (scope = $3 or (scope = '${EVERYTHING_SCOPE}' and $3 not like 'user:%')) limit 1`,
);

/**
 * All of one scope as it is now (S12), in pages: for a device whose checksum of it is another one. A scope that the person does not have is to be
 * forgotten. The cursor's `rows` say as of when; undefined where it is none.
 */
export async function pullScope(
  storage: Storage,
  { tenant, user, device }: Reader,
  { scope, cursor: given, limit }: { readonly scope: string; readonly cursor: string | undefined; readonly limit: number },
): Promise<Pulled | undefined> {
  const parsed = given === undefined ? undefined : readCursor(given);
  if (given !== undefined && parsed?.fill === undefined) return undefined;
  return storage.transaction(tenant, 'read', async (on) => {
    const [state] = await on.run<{ epoch: string; head: number; purged: number; acknowledged: number; domain: string | null }>(stateOf, [
      tenant,
      device,
    ]);
    if (state === undefined) throw new TypeError('a device belongs to a tenant');
    const judged = parsed === undefined ? 'ok' : judgeCursor(parsed, state);
    if (judged !== 'ok') return { reset: judged };
    const { epoch, head, acknowledged, domain } = state;
    const done = writeCursor({ epoch, rows: head, members: head });
    const page = { epoch, acknowledged, forget: [], forgetRows: [] };
    const isMine = scope === SHARED_SCOPE || scope === ownScope(user) || (await on.run(isMember, [tenant, user, scope])).length > 0;
    if (!isMine) return { page: { ...page, forget: [scope], rows: [], cursor: done, more: false } };
    const { table, id } = parsed?.fill ?? { table: '', id: '' };
    const found = await on.run<RecordColumns>(rowsOfScopes, [tenant, [scope], scope, table, id, limit + 1]);
    const bytes = openBudget();
    const rows: PulledRow[] = [];
    let last: RecordColumns | undefined;
    for (const row of found) {
      if (last !== undefined && (rows.length >= limit || bytes.isSpent())) {
        const fill = { to: head, rank: 0, scope, table: last.tbl, id: last.id };
        return { page: { ...page, rows, cursor: writeCursor({ epoch, rows: head, members: head, fill }), more: true } };
      }
      if (!isForeign(row.tbl, row.id, row.body, domain ?? undefined)) rows.push(bytes.count(pulled(row)));
      last = row;
    }
    return { page: { ...page, rows, cursor: done, more: false } };
  });
}
