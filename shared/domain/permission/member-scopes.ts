import { MEMBER_FIELDS } from '../../model/access.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import type { Caller } from './caller.ts';
import { isScoped, rootOf } from './follow.ts';
import { accessOf } from './rights.ts';

/** The engagements and accounts that a caller is on, by themselves or through someone below. */
export type MemberScopes = {
  readonly engagements: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  /** Accounts of which they see every engagement: as their account manager or a member of the account's team. */
  readonly wholeAccounts: ReadonlySet<string>;
  /** For customers: who looks after them. */
  readonly contacts: ReadonlySet<string>;
};

type Membership = { readonly table: TableName; readonly field: string };

/** The fields of all record types that make a person a member. */
const memberships: readonly Membership[] = tableNames.filter(isScoped).flatMap((table) => {
  const { fields } = tableOf(table);
  return MEMBER_FIELDS.flatMap((field) => {
    const { kind, to } = fields[field] ?? {};
    return (kind === 'reference' || kind === 'references') && to === 'user' && (field !== 'user' || accessOf(table) === 'link')
      ? [{ table, field }]
      : [];
  });
});

/** The fields that make a contact a member of an engagement, for customers: its key contact and the customer team. */
const contactMemberships: readonly Membership[] = tableNames.filter(isScoped).flatMap((table) =>
  Object.entries(tableOf(table).fields).flatMap(([field, { kind, to }]) => {
    const counts = table === 'engagement' ? field === 'keyContact' : accessOf(table) === 'link';
    return kind === 'reference' && to === 'contact' && counts ? [{ table, field }] : [];
  }),
);

/** Fields of a record type that make someone a member, for telling which changes move what people see. */
export function memberFieldsOf(table: TableName): readonly string[] {
  return [...memberships, ...contactMemberships].flatMap((one) => (one.table === table ? [one.field] : []));
}

function* membershipRows(
  view: ReadView,
  { people, contact, rights }: Caller,
): Generator<{ readonly table: TableName; readonly row: AnyRow }> {
  if (rights.isCustomer) {
    if (contact === undefined) return;
    for (const { table, field } of contactMemberships)
      for (const row of view.by(table, field, contact) as readonly AnyRow[]) yield { table, row }; // Row seen generically
    return;
  }
  for (const person of people)
    for (const { table, field } of memberships) for (const row of view.by(table, field, person) as readonly AnyRow[]) yield { table, row }; // as above
}

/** What a caller is on: found by indexes, never by walking a table. */
export function memberScopes(view: ReadView, caller: Caller): MemberScopes {
  const engagements = new Set<string>();
  const accounts = new Set<string>();
  const wholeAccounts = new Set<string>();
  const contacts = new Set<string>();
  for (const { table, row } of membershipRows(view, caller)) {
    const root = rootOf(table, row, view);
    if (root === undefined) continue;
    if (root.table === 'engagement') {
      engagements.add(root.row.id);
      const { account } = root.row;
      if (typeof account === 'string') accounts.add(account);
    } else {
      accounts.add(root.row.id);
      if (!caller.rights.isCustomer && (table === 'account' || accessOf(table) === 'link')) wholeAccounts.add(root.row.id);
    }
  }
  if (caller.rights.isCustomer) {
    const add = (id: string | undefined) => id !== undefined && contacts.add(id);
    for (const id of accounts) add(view.get('account', id)?.owner);
    for (const id of engagements) {
      const engagement = view.get('engagement', id);
      add(engagement?.csm);
      add(engagement?.accountManager);
    }
  }
  return { engagements, accounts, wholeAccounts, contacts };
}
