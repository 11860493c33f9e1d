import type { ChecksumsReply } from '#shared/contract/sync-contract.ts';
import { scopeChecksum, type Versioned } from '#shared/sync-core/checksum.ts';
import { EVERYTHING_SCOPE, ownScope, SHARED_SCOPE } from '#shared/sync-core/scope.ts';
import { sql, type Storage } from '../storage/storage.ts';
import { isForeign } from './foreign-people.ts';
import type { Reader } from './pull.ts';

const headNow = sql('head-now', 'select head from tenant where id = $1');
const allowed = sql(
  'scopes-allowed',
  `select scope from scope_member where tenant = $1 and member = $2 and revoked is null and (scope = any($3::text[]) or scope = '${EVERYTHING_SCOPE}')`,
);
const versions = sql(
  'versions',
  `select scope, tbl, id, version, case when tbl in ('user', 'domain') then body->>'domain' end as domain from record
   where tenant = $1 and scope = any($2::text[]) and body is not null`,
);

const domainOf = sql('checksums-domain', `select body->>'domain' as domain from record where tenant = $1 and tbl = 'user' and id = $2`);

/** Checksums of scopes (S12), those that the person does not have left out. */
export async function checksums(storage: Storage, { tenant, user }: Reader, scopes: readonly string[]): Promise<ChecksumsReply> {
  return storage.transaction(tenant, 'read', async (on) => {
    const [state] = await on.run<{ head: number }>(headNow, [tenant]);
    const held = new Set((await on.run<{ scope: string }>(allowed, [tenant, user, scopes])).map(({ scope }) => scope));
    const isMine = (scope: string): boolean =>
      scope === SHARED_SCOPE || scope === ownScope(user) || held.has(scope) || (held.has(EVERYTHING_SCOPE) && !scope.startsWith('user:'));
    const asked = [...new Set(scopes)].filter((scope) => scope !== EVERYTHING_SCOPE && isMine(scope));
    const [me] = await on.run<{ domain: string | null }>(domainOf, [tenant, user]);
    const all = await on.run<{ scope: string; tbl: string; id: string; version: number; domain: string | null }>(versions, [tenant, asked]);
    const rows = all.filter(({ tbl, id, domain }) => !isForeign(tbl, id, domain === null ? {} : { domain }, me?.domain ?? undefined));
    const byScope = Map.groupBy(rows, ({ scope }) => scope);
    const sumOf = (scope: string): string =>
      scopeChecksum((byScope.get(scope) ?? []).map(({ tbl, id, version }): Versioned => ({ table: tbl, id, version })));
    return { head: state?.head ?? 0, checksums: Object.fromEntries(asked.map((scope) => [scope, sumOf(scope)])) };
  });
}
