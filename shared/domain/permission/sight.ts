import { parseRef, refsIn, tablesOfField } from '../../model/any-reference.ts';
import { isTableName, SYSTEM_FIELDS, tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { Field } from '../../model/field.ts';
import type { ReadView } from '../view.ts';
import type { Caller } from './caller.ts';
import { belongsTo, isScoped } from './follow.ts';
import type { MemberScopes } from './member-scopes.ts';
import { accessOf } from './rights.ts';

/** What one caller sees of the records. */
export type Sight = {
  readonly sees: (table: TableName, row: AnyRow) => boolean;
  /** The record as the caller sees it: without fields that are not theirs to see and references to hidden records; undefined: hidden. */
  readonly shown: (table: TableName, row: AnyRow) => AnyRow | undefined;
  /** Values of fields, for example of a change in the past, likewise. */
  readonly shownValues: (table: TableName, values: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  readonly showsField: (table: TableName, field: string) => boolean;
};

/** Fields with references to records that may be hidden: those to products, users or definitions never are. */
const guardedFields = (isGuarded: (to: TableName) => boolean) =>
  new Map(
    tableNames.map((table) => [table, Object.entries(tableOf(table).fields).filter(([, field]) => tablesOfField(field).some(isGuarded))]),
  );
const guardedRecords = guardedFields(isScoped);
const guarded = guardedFields((to) => isScoped(to) || accessOf(to) === 'people');

/** Fields that name one user. */
const userFields = new Map(
  tableNames.map((table) => [
    table,
    Object.entries(tableOf(table).fields).flatMap(([name, { kind, to }]) => (kind === 'reference' && to === 'user' ? [name] : [])),
  ]),
);

/** Owners of private records, the first field that exists counts. */
const OWNER_FIELDS = ['owner', 'user', 'recipient', 'person'];

const MAX_DEPTH = 8;

/** What a caller sees, given the engagements and accounts that they are on. Answers are kept by row as long as the sight is. */
export function sightOf(view: ReadView, caller: Caller, scopes: MemberScopes): Sight {
  const { rights, people, domain } = caller;
  const seesAll = rights.has('seeAll');
  /** Whether there are users whom the caller does not see. */
  const hidesPeople = rights.isCustomer || domain !== undefined;
  const known = new WeakMap<AnyRow, boolean>();
  const masked = new WeakMap<AnyRow, AnyRow>();
  const mine = (value: unknown): boolean => typeof value === 'string' && people.has(value);

  const inDomain = (account: AnyRow): boolean => domain === undefined || account['domain'] === domain;
  const seesAccount = (row: AnyRow): boolean =>
    inDomain(row) && (seesAll || scopes.accounts.has(row.id) || (row['owner'] === undefined && !rights.isCustomer && mine(row.createdBy)));
  const seesEngagement = (row: AnyRow): boolean => {
    const account: AnyRow | undefined = typeof row['account'] === 'string' ? view.get('account', row['account']) : undefined;
    if (account === undefined || !inDomain(account)) return false;
    if (seesAll || scopes.engagements.has(row.id) || scopes.wholeAccounts.has(account.id)) return true;
    return row['csm'] === undefined && row['accountManager'] === undefined && !rights.isCustomer && mine(row.createdBy);
  };
  /** What is tied to no customer is seen by those whom it names, and who made it. */
  const namesMe = (table: TableName, row: AnyRow): boolean =>
    seesAll || mine(row.createdBy) || (userFields.get(table) ?? []).some((field) => mine(row[field]));
  const seesPrivate = (table: TableName, row: AnyRow): boolean => {
    if (row['shared'] === true) return !rights.isCustomer;
    const field = OWNER_FIELDS.find((name) => tableOf(table).fields[name] !== undefined);
    const owner = field === undefined ? undefined : row[field];
    return (owner ?? row.createdBy) === caller.user;
  };
  const customerMay = (table: TableName, row: AnyRow): boolean => {
    const { customer } = tableOf(table);
    return customer !== undefined && (customer.when === undefined || row[customer.when] === true);
  };
  const inScope = (table: TableName, row: AnyRow, depth: number): boolean => {
    if (rights.isCustomer && depth === 0 && !customerMay(table, row)) return false;
    if (table === 'account') return seesAccount(row);
    if (table === 'engagement') return seesEngagement(row);
    // a file is no more open to them than the very record that it hangs on
    if (rights.isCustomer && table === 'attachment') {
      const ref = parseRef(row['about']);
      const about: AnyRow | undefined = ref && view.get(ref.table, ref.id);
      return ref !== undefined && about !== undefined && sees(ref.table, about);
    }
    const above = depth < MAX_DEPTH ? belongsTo(table, row, view) : undefined;
    if (above === undefined) return !rights.isCustomer && namesMe(table, row);
    // of customers only the record itself has to be open to them, not what it belongs to
    return rights.isCustomer && isScoped(above.table) ? inScope(above.table, above.row, depth + 1) : sees(above.table, above.row);
  };
  const decide = (table: TableName, row: AnyRow): boolean => {
    if (!rights.may(table, 'read')) return false;
    if (isScoped(table)) return inScope(table, row, 0);
    const access = accessOf(table);
    if (access === 'private') return seesPrivate(table, row);
    if (access === 'staging') return seesAll || row.createdBy === caller.user;
    if (access === 'content') return row['shared'] !== false || seesAll || (row['owner'] ?? row.createdBy) === caller.user;
    if (rights.isCustomer && access === 'people') return row.id === caller.user || scopes.contacts.has(row.id);
    if (access !== 'people' || domain === undefined) return true;
    return table === 'domain' ? row.id === domain : row['domain'] === undefined || row['domain'] === domain;
  };
  function sees(table: TableName, row: AnyRow): boolean {
    const before = known.get(row);
    if (before !== undefined) return before;
    const decided = decide(table, row);
    known.set(row, decided);
    return decided;
  }

  const seesId = (table: TableName, id: string): boolean => {
    const row: AnyRow | undefined = view.get(table, id);
    return row === undefined || sees(table, row);
  };
  const customerFields = new Map<TableName, ReadonlySet<string>>();
  const showsField = (table: TableName, field: string): boolean => {
    if (!rights.isCustomer || accessOf(table) === 'private') return true;
    let fields = customerFields.get(table);
    if (fields === undefined) {
      fields = new Set([...(tableOf(table).customer?.fields ?? []), ...SYSTEM_FIELDS]);
      customerFields.set(table, fields);
    }
    return fields.has(field);
  };
  /** A reference's value without what is hidden; the value itself where nothing is. */
  const shownRefs = (field: Field, value: unknown): unknown => {
    if (field.kind === 'reference' && typeof value === 'string' && field.to !== undefined && isTableName(field.to))
      return seesId(field.to, value) ? value : undefined;
    const refs = refsIn(field, value);
    if (refs.every(({ table, id }) => seesId(table, id))) return value;
    if (!Array.isArray(value)) return undefined;
    const rest = refs.filter(({ table, id }) => seesId(table, id)).map(({ id }) => id);
    return rest.length === 0 ? undefined : rest;
  };
  const hiddenSource = (row: Readonly<Record<string, unknown>>): boolean => {
    const { sourceTable, sourceRecord } = row;
    if (typeof sourceTable !== 'string' || typeof sourceRecord !== 'string' || !isTableName(sourceTable)) return false;
    return !seesId(sourceTable, sourceRecord);
  };
  const limited = (table: TableName, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    let copy: Record<string, unknown> | undefined;
    const set = (field: string, value: unknown): void => {
      copy ??= { ...values };
      if (value === undefined) delete copy[field];
      else copy[field] = value;
    };
    if (rights.isCustomer) for (const field of Object.keys(values)) if (!showsField(table, field)) set(field, undefined);
    for (const [name, field] of (hidesPeople ? guarded : guardedRecords).get(table) ?? []) {
      const value = (copy ?? values)[name];
      if (value === undefined || value === null) continue;
      const seen = shownRefs(field, value);
      if (seen !== value) set(name, seen);
    }
    if (hiddenSource(copy ?? values)) set('sourceRecord', undefined);
    return copy ?? values;
  };

  return {
    sees,
    showsField,
    shownValues: limited,
    shown: (table, row) => {
      // kept is only what others ask about again: whole tables go through here
      const before = masked.get(row);
      if (before !== undefined) return before;
      if (!(known.get(row) ?? decide(table, row))) return undefined;
      const shown = limited(table, row) as AnyRow; // a row without some of its fields
      if (shown !== row) masked.set(row, shown);
      return shown;
    },
  };
}
