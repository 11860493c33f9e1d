import type { Access, RecordAction } from '../../model/access.ts';
import { tableOf, type TableName } from '../../model/dictionary.ts';
import { KEPT_TO, roleNames, roleOf, type Right, type RoleName } from '../../model/roles.ts';

/** What a set of roles allows, worked out once. */
export type Rights = {
  /** The roles held, those contained in others included. */
  readonly roles: ReadonlySet<RoleName>;
  readonly may: (table: TableName, action: RecordAction) => boolean;
  readonly has: (right: Right) => boolean;
  /** Sees and changes only what is marked for customers. */
  readonly isCustomer: boolean;
};

/** The profile that guards a record type. */
export function accessOf(table: TableName): Access {
  return tableOf(table).access ?? 'work';
}

/** The roles with those that they contain (REC-32). */
export function heldRoles(names: Iterable<RoleName>): ReadonlySet<RoleName> {
  const held = new Set<RoleName>();
  const add = (name: RoleName): void => {
    if (held.has(name)) return;
    held.add(name);
    for (const contained of roleOf(name).contains) add(contained);
  };
  for (const name of names) add(name);
  return held;
}

/** Whether a role, by itself or by one that it contains, allows an action on records of a type. */
export function roleMay(name: RoleName, table: TableName, action: RecordAction): boolean {
  const held = [...heldRoles([name])];
  const keptTo = KEPT_TO[table];
  const isWrite = action !== 'read' && action !== 'export';
  if (keptTo !== undefined && isWrite && !held.some((role) => keptTo.includes(role))) return false;
  if (!isAllowedForCustomers(name, table, action)) return false;
  const access = accessOf(table);
  return held.some((role) => {
    const { grants, tables } = roleOf(role);
    return grants[access]?.includes(action) === true || tables?.[table]?.includes(action) === true;
  });
}

/** Customers have the part of their grants that the type itself opens to them. */
function isAllowedForCustomers(name: RoleName, table: TableName, action: RecordAction): boolean {
  if (name !== 'customer' || accessOf(table) === 'private') return true;
  const { customer } = tableOf(table);
  if (customer === undefined) return false;
  if (action === 'create') return customer.create !== undefined;
  if (action === 'update') return customer.update !== undefined;
  if (action === 'comment') return customer.fields.includes('comments');
  return action === 'read';
}

/** The roles that allow an action on a record type, for telling whom to ask. */
export function rolesThatMay(table: TableName, action: RecordAction): readonly RoleName[] {
  return roleNames.filter((name) => roleMay(name, table, action));
}

/** What the roles of one person allow together. */
export function rightsOf(names: readonly RoleName[]): Rights {
  const roles = heldRoles(names);
  const known = new Map<string, boolean>();
  return {
    roles,
    isCustomer: names.length > 0 && names.every((name) => name === 'customer'),
    has: (right) => [...roles].some((name) => roleOf(name).rights?.includes(right) === true),
    may: (table, action) => {
      const key = `${table} ${action}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const allowed = names.some((name) => roleMay(name, table, action));
      known.set(key, allowed);
      return allowed;
    },
  };
}
