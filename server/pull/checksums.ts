import { SYNC_LIMITS, type ChecksumsReply } from '#shared/contract/sync-contract.ts';
import { scopeChecksum, type Versioned } from '#shared/sync-core/checksum.ts';
import { ownScope, SHARED_SCOPE } from '#shared/sync-core/scope.ts';
import { sql, type Storage } from '../storage/storage.ts';
import { isForeign } from './foreign-people.ts';
import { hasEverything, type Reader } from './pull.ts';

const headNow = sql('head-now', 'select head from tenant where id = $1');
const scopesOfMember = sql(
  'scopes-of-member',
  `select s.scope from (
     select scope from scope_member where tenant = $1 and member = $2 and revoked is null and scope > $3 and scope <> '*' and scope not like 'domain:%'
     union select unnest($4::text[]) collate "C") s
   where s.scope > $3 and exists (select from record r where r.tenant = $1 and r.scope = s.scope and r.body is not null)
   order by s.scope limit ${SYNC_LIMITS.checksums}`,
);
const scopesOfAll = sql(
  'scopes-of-all',
  `select distinct r.scope from record r where r.tenant = $1 and r.scope > $2 and r.body is not null and (r.scope not like 'user:%' or r.scope = $3)
   order by r.scope limit ${SYNC_LIMITS.checksums}`,
);
const versions = sql(
  'versions',
  `select scope, tbl, id, version, case when tbl in ('user', 'domain') then body->>'domain' end as domain from record
   where tenant = $1 and scope = any($2::text[]) and body is not null`,
);
const domainOf = sql('checksums-domain', `select body->>'domain' as domain from record where tenant = $1 and tbl = 'user' and id = $2`);

/** Checksums of all scopes that the person has (S12), in their order after `after`; `next` where there are more. */
export async function checksums(storage: Storage, { tenant, user }: Reader, after = ''): Promise<ChecksumsReply> {
  return storage.transaction(tenant, 'read', async (on) => {
    const [state] = await on.run<{ head: number }>(headNow, [tenant]);
    const [all] = await on.run<{ granted: number }>(hasEverything, [tenant, user]);
    const own = ownScope(user);
    const found =
      all === undefined
        ? await on.run<{ scope: string }>(scopesOfMember, [tenant, user, after, [SHARED_SCOPE, own]])
        : await on.run<{ scope: string }>(scopesOfAll, [tenant, after, own]);
    const scopes = found.map(({ scope }) => scope);
    const [me] = await on.run<{ domain: string | null }>(domainOf, [tenant, user]);
    const rows = await on.run<{ scope: string; tbl: string; id: string; version: number; domain: string | null }>(versions, [
      tenant,
      scopes,
    ]);
    const shown = rows.filter(({ tbl, id, domain }) => !isForeign(tbl, id, domain === null ? {} : { domain }, me?.domain ?? undefined));
    const sums = [...Map.groupBy(shown, ({ scope }) => scope)].map(([scope, records]): [string, string] => [
      scope,
      scopeChecksum(records.map(({ tbl, id, version }): Versioned => ({ table: tbl, id, version }))),
    ]);
    const next = scopes.length === SYNC_LIMITS.checksums ? scopes.at(-1) : undefined;
    return { head: state?.head ?? 0, checksums: Object.fromEntries(sums), ...(next === undefined ? {} : { next }) };
  });
}
