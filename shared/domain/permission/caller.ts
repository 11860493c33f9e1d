import type { Row } from '../../model/dictionary.ts';
import { isRoleName, type RoleName } from '../../model/roles.ts';
import type { ReadView } from '../view.ts';
import { rightsOf, type Rights } from './rights.ts';

/** Who asks, where not everyone may do everything. */
export type Caller = {
  readonly user: string;
  readonly rights: Rights;
  /** The person and everyone below in the manager tree (REC-31). */
  readonly people: ReadonlySet<string>;
  /** The domain that the person is tied to (BR-42). */
  readonly domain: string | undefined;
  /** Customers: the contact that they are. */
  readonly contact: string | undefined;
};

/** The person and all users below, at any depth; a circle of managers ends (REC-31). */
export function peopleBelow(view: ReadView, user: string): ReadonlySet<string> {
  const people = new Set([user]);
  for (const person of people) for (const { id } of view.by('user', 'manager', person)) people.add(id);
  return people;
}

/** The roles that a user has been given; those who left have none. */
export function rolesOf({ roles, active }: Pick<Row<'user'>, 'roles' | 'active'>): readonly RoleName[] {
  return active === false ? [] : (roles ?? []).filter(isRoleName);
}

/** Whether anyone has been given a role: before that everyone may do everything. */
export function rolesAreSetUp(view: ReadView): boolean {
  for (const user of view.all('user')) if (rolesOf(user).length > 0) return true;
  return false;
}

/** What is to be known of a user who asks. A user who is gone, has left or has no role sees and may do nothing. */
export function callerOf(view: ReadView, id: string): Caller {
  const user = view.get('user', id);
  const rights = rightsOf(user === undefined ? [] : rolesOf(user));
  return {
    user: id,
    rights,
    people: rights.isCustomer ? new Set([id]) : peopleBelow(view, id),
    domain: user?.domain,
    contact: rights.isCustomer ? view.by('contact', 'user', id)[0]?.id : undefined,
  };
}
