import { callerOf, type Caller } from '#shared/domain/permission/caller.ts';
import { belongingFields } from '#shared/domain/permission/follow.ts';
import { memberScopes, type MemberScopes } from '#shared/domain/permission/member-scopes.ts';
import { accessOf } from '#shared/domain/permission/rights.ts';
import { sightOf, type Sight } from '#shared/domain/permission/sight.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { readStamp } from '#shared/sync-core/clock.ts';
import { aggregateScope, ownScope, type Scope } from '#shared/sync-core/scope.ts';
import { bodyOf, type StoredRecord } from '../records/stored-record.ts';

/** Signs what somebody inside has done: which of them is not for customers to know. */
const INSIDE = 'system:central';

/** Who a customer is, and what they are on. */
export type Customer = { readonly caller: Caller; readonly scopes: MemberScopes };

/** Reads who a customer is. */
export function customerOf(view: ReadView, user: string): Customer {
  const caller = callerOf(view, user);
  return { caller, scopes: memberScopes(view, caller) };
}

/** The scopes in which everything lies that a customer may see: of their engagements and accounts, and their own. */
export function reachOf({ caller, scopes }: Customer): readonly Scope[] {
  const of = (kind: 'engagement' | 'account', ids: Iterable<string>) => [...ids].map((id) => aggregateScope(kind, id));
  return [ownScope(caller.user), ...of('engagement', scopes.engagements), ...of('account', scopes.accounts)].toSorted();
}

/** Record types of which customers may see anything. */
export const tablesFor = ({ caller }: Customer): readonly TableName[] =>
  tableNames.filter(
    (table) => caller.rights.may(table, 'read') || accessOf(table) === 'private' || table === 'contact' || accessOf(table) === 'link',
  );

export type ProjectedRow = {
  readonly table: TableName;
  readonly id: string;
  readonly scope: Scope;
  readonly body: Readonly<Record<string, unknown>>;
};

/**
 * What a customer sees of records (docs/permissions.md), and nothing from which the rest could be told: no other fields, no stamps,
 * no time or hand of a change that they do not see.
 */
export function projected(view: ReadView, customer: Customer, records: readonly StoredRecord[]): readonly ProjectedRow[] {
  const { caller, scopes } = customer;
  const sight = sightOf(view, caller, scopes);
  return records.flatMap((record): readonly ProjectedRow[] => {
    const { table, id, scope, row } = record;
    if (row === undefined) return [];
    const seen = sight.shown(table, row);
    const more = whoTheyAre(customer, table, row);
    if (seen === undefined && more === undefined) return [];
    const system = {
      createdAt: row.createdAt,
      createdBy: byWhom(caller, row.createdBy),
      updatedAt: lastShown(sight, table, row),
      updatedBy: byWhom(caller, row.updatedBy),
    };
    return [{ table, id, scope, body: { ...(seen === undefined ? {} : bodyOf(seen)), ...more, ...system } }];
  });
}

const byWhom = (caller: Caller, user: string): string => (user === caller.user ? user : INSIDE);

/** When a field changed last that they see; changes of others leave it as it was. */
function lastShown(sight: Sight, table: TableName, row: AnyRow): string {
  const times = Object.entries(row.stamps ?? {}).flatMap(([field, stamp]) =>
    sight.showsField(table, field) ? [readStamp(stamp)?.ms ?? 0] : [],
  );
  const last = new Date(Math.max(0, ...times)).toISOString();
  return last > row.createdAt ? last : row.createdAt;
}

/**
 * The few fields beyond what they see by which their own device finds out who they are and what they are on, as the server does: their roles,
 * their contact, their places in customer teams.
 */
function whoTheyAre({ caller, scopes }: Customer, table: TableName, row: AnyRow): Readonly<Record<string, unknown>> | undefined {
  const of = (...fields: readonly string[]) =>
    Object.fromEntries(fields.flatMap((field) => (row[field] === undefined ? [] : [[field, row[field]]])));
  if (table === 'user') return row.id === caller.user ? of('name', 'roles', 'active') : undefined;
  if (caller.contact === undefined) return undefined;
  if (table === 'contact')
    return row.id === caller.contact ? of('name', 'user', ...(scopes.accounts.has(String(row['account'])) ? ['account'] : [])) : undefined;
  if (table === 'engagement') return row['keyContact'] === caller.contact && scopes.engagements.has(row.id) ? of('keyContact') : undefined;
  return accessOf(table) === 'link' && row['contact'] === caller.contact ? of('contact', ...belongingFields(table)) : undefined;
}
