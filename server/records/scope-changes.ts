import type { ReadView } from '#shared/domain/view.ts';
import { parseRef } from '#shared/model/any-reference.ts';
import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import { dependentsOf, scopeOfRow } from '#shared/sync-core/record-scope.ts';
import { membersOf, scopesOfDomain, scopesTouchedBy, seesAll, workersIn, type WorkersOf } from '#shared/sync-core/scope-members.ts';
import { domainScope, EVERYTHING_SCOPE, membershipChanges, parseScope, type Scope } from '#shared/sync-core/scope.ts';
import type { ChangedRecord } from './apply-intent.ts';
import type { MemberChange, ReadCache } from './record-cache.ts';

/** A changed record with the scope that it has now, and the one that it left. */
export type ScopedRecord = ChangedRecord & { readonly scope: Scope; readonly left: Scope | undefined };

export type ScopeChanges = { readonly records: readonly ScopedRecord[]; readonly members: readonly MemberChange[] };

/**
 * What a push's changes mean for scopes (S9): where each record belongs now, which others follow it there, and who is given or
 * loses what. Worked out from the records alone, so that it holds for every way of changing them.
 */
export function scopeChanges(cache: ReadCache, after: ReadView, changed: readonly ChangedRecord[]): ScopeChanges {
  const records = new Map<string, ScopedRecord>();
  const queue: ChangedRecord[] = [...changed];
  const own = new Set(changed.map(({ table, id }) => `${table}/${id}`));
  for (let record = queue.shift(); record; record = queue.shift()) {
    const key = `${record.table}/${record.id}`;
    if (records.has(key)) continue;
    const before = cache.stored(record.table, record.id)?.scope;
    // a deletion is told to those who had the record
    const scope = record.row === undefined ? (before ?? scopeOfGone(cache, record)) : scopeOfRow(after, record.table, record.row);
    const left = before !== undefined && before !== scope ? before : undefined;
    if (left === undefined && !own.has(key)) continue;
    records.set(key, { ...record, scope, left });
    if (left !== undefined)
      queue.push(...dependentsOf(after, record.table, record.id).map(({ table, row }) => ({ table, id: row.id, row })));
  }
  const scoped = [...records.values()];
  return { records: scoped, members: memberChanges(cache, after, scoped) };
}

/** Made and deleted within one push: nobody has seen it. */
function scopeOfGone(cache: ReadCache, { table, id }: ChangedRecord): Scope {
  const row = cache.stored(table, id)?.row;
  return row ? scopeOfRow(cache.view, table, row) : `record:${table}/${id}`;
}

function memberChanges(cache: ReadCache, after: ReadView, records: readonly ScopedRecord[]): readonly MemberChange[] {
  const scopes = new Set<Scope>();
  const seeing: MemberChange[] = [];
  for (const { table, id, row, scope, left } of records) {
    const before: AnyRow | undefined = cache.stored(table, id)?.row;
    for (const touched of scopesTouchedBy(after, { table, before, after: row, scope, left })) scopes.add(touched);
    if (parseScope(scope)?.kind === 'record') scopes.add(scope);
    if (table !== 'user') continue;
    const [wasTied, isTied] = [domainOfUser(before), domainOfUser(row)];
    if (wasTied !== isTied || (isTied !== undefined && seesAllIn(before) !== seesAllIn(row)))
      for (const domain of [wasTied, isTied]) if (domain !== undefined) for (const one of scopesOfDomain(after, domain)) scopes.add(one);
    if (wasTied !== isTied) {
      if (wasTied !== undefined) seeing.push({ what: 'revoke', member: id, scope: domainScope(wasTied), direct: false });
      if (isTied !== undefined) seeing.push({ what: 'grant', member: id, scope: domainScope(isTied), direct: false });
    }
    if (before?.['manager'] !== row?.['manager'] || wasTied !== isTied || row === undefined)
      for (const user of [id, ...belowIn(after, id)]) for (const held of cache.scopesOf(user)) scopes.add(held);
    const [saw, sees] = [seesWhole(before), seesWhole(row)];
    if (saw !== sees) seeing.push({ what: sees ? 'grant' : 'revoke', member: id, scope: EVERYTHING_SCOPE, direct: false });
  }
  const workersOf = workersAfter(cache, records);
  const changed = [...scopes].toSorted().flatMap((scope) => {
    // what is deleted is not taken from anyone: they are told of the deletion
    if (isGone(after, scope)) return [];
    const members = membersOf(after, scope, workersOf);
    const { grant, revoke, keep } = membershipChanges(cache.members(scope), members);
    const change = (what: MemberChange['what']) => (member: string) => ({ what, member, scope, direct: members.get(member) === true });
    return [...grant.map(change('grant')), ...revoke.map(change('revoke')), ...keep.map(change('keep'))];
  });
  return [...seeing, ...changed];
}

const seesAllIn = (row: AnyRow | undefined): boolean => row !== undefined && seesAll(row as unknown as Row<'user'>); // a row of that table
const domainOfUser = (row: AnyRow | undefined): string | undefined => (typeof row?.['domain'] === 'string' ? row['domain'] : undefined);

/** Whether a user's roles let them see everything of the tenant: not where they are tied to a domain of it (BR-42). */
function seesWhole(row: AnyRow | undefined): boolean {
  return seesAllIn(row) && domainOfUser(row) === undefined;
}

/** Who is named by the records of a scope once the push is in. */
function workersAfter(cache: ReadCache, records: readonly ScopedRecord[]): WorkersOf {
  const changed = new Set(records.map(({ table, id }) => `${table}/${id}`));
  const isWork = ({ table }: ScopedRecord): boolean => table !== 'account' && table !== 'engagement';
  return (scope) => [
    ...cache.worksOf(scope).flatMap(({ table, id, row }) => (changed.has(`${table}/${id}`) ? [] : workersIn(table, row))),
    ...records.filter((record) => record.scope === scope && isWork(record)).flatMap(({ table, row }) => workersIn(table, row)),
  ];
}

function isGone(view: ReadView, scope: Scope): boolean {
  const parsed = parseScope(scope);
  if (parsed?.kind === 'account' || parsed?.kind === 'engagement') return view.get(parsed.kind, parsed.id) === undefined;
  const ref = parsed?.kind === 'record' ? parseRef(parsed.id) : undefined;
  return ref !== undefined && view.get(ref.table, ref.id) === undefined;
}

/** Everyone below a person in the manager tree. */
function belowIn(view: ReadView, user: string): readonly string[] {
  const below = new Set<string>();
  const queue = [user];
  for (let at = queue.shift(); at !== undefined; at = queue.shift())
    for (const { id } of view.by('user' satisfies TableName, 'manager', at)) {
      if (below.has(id) || id === user) continue;
      below.add(id);
      queue.push(id);
    }
  return [...below];
}
