import type { ChecksumsReply } from '#shared/contract/sync-contract.ts';
import { scopeChecksum, type Versioned } from '#shared/sync-core/checksum.ts';
import { EVERYTHING_SCOPE, ownScope, SHARED_SCOPE } from '#shared/sync-core/scope.ts';
import { sql, type Storage } from '../storage/storage.ts';
import type { Reader } from './pull.ts';

const headNow = sql('head-now', 'select head from tenant where id = $1');
const allowed = sql(
  'scopes-allowed',
  `select scope from scope_member where tenant = $1 and member = $2 and revoked is null and (scope = any($3::text[]) or scope = '${EVERYTHING_SCOPE}')`,
);
const versions = sql(
  'versions',
  'select scope, tbl, id, version from record where tenant = $1 and scope = any($2::text[]) and body is not null',
);

/** Checksums of scopes (S12), those that the person does not have left out. */
export async function checksums(storage: Storage, { tenant, user }: Reader, scopes: readonly string[]): Promise<ChecksumsReply> {
  return storage.transaction(tenant, 'read', async (on) => {
    const [state] = await on.run<{ head: number }>(headNow, [tenant]);
    const held = new Set((await on.run<{ scope: string }>(allowed, [tenant, user, scopes])).map(({ scope }) => scope));
    const isMine = (scope: string): boolean =>
      scope === SHARED_SCOPE || scope === ownScope(user) || held.has(scope) || (held.has(EVERYTHING_SCOPE) && !scope.startsWith('user:'));
    const asked = [...new Set(scopes)].filter((scope) => scope !== EVERYTHING_SCOPE && isMine(scope));
    const rows = await on.run<{ scope: string; tbl: string; id: string; version: number }>(versions, [tenant, asked]);
    const byScope = Map.groupBy(rows, ({ scope }) => scope);
    const sumOf = (scope: string): string =>
      scopeChecksum((byScope.get(scope) ?? []).map(({ tbl, id, version }): Versioned => ({ table: tbl, id, version })));
    return { head: state?.head ?? 0, checksums: Object.fromEntries(asked.map((scope) => [scope, sumOf(scope)])) };
  });
}
