import type { Row } from '../../model/dictionary.ts';
import { isRoleName, roleNames, roleOf } from '../../model/roles.ts';
import { rolesOf } from '../permission/caller.ts';
import type { ReadView } from '../view.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

const administrates = (user: Row<'user'> | undefined): boolean => user !== undefined && rolesOf(user).includes('administrator');

function hasAdministrator(view: ReadView): boolean {
  for (const user of view.all('user')) if (administrates(user)) return true;
  return false;
}

function hasRoles(view: ReadView): boolean {
  for (const user of view.all('user')) if (rolesOf(user).length > 0) return true;
  return false;
}

const knownRoles = rule('REC-32', 'user', ['create', 'update'], {
  fields: ['roles'],
  check: ({ view }, change) => {
    const { after } = change;
    const roles = after?.roles ?? [];
    if (after === undefined || roles.length === 0) return undefined;
    const unknown = roles.find((name) => !isRoleName(name));
    if (unknown !== undefined)
      return refusal('REC-32', change, `There is no role “${unknown.slice(0, 40)}”. Roles are: ${roleNames.join(', ')}.`, {
        field: 'roles',
      });
    if (roles.includes('customer') && roles.length > 1)
      return refusal(
        'REC-32',
        change,
        `${sentence(nameOf('user', after, view))} is either a customer or works here: leave the other roles out.`,
        {
          field: 'roles',
        },
      );
    return undefined;
  },
});

/** Once anyone has a role, someone has to be able to give roles. */
const someoneAdministrates = rule('REC-32', 'user', ['create', 'update', 'delete'], {
  fields: ['roles', 'active'],
  check: ({ view }, change) => {
    const { before, after } = change;
    const gives = after !== undefined && rolesOf(after).length > 0;
    // only who takes the last administrator away, or gives a first role, has to be looked at
    if (!gives && !administrates(before)) return undefined;
    if (hasAdministrator(view) || !hasRoles(view)) return undefined;
    const { label } = roleOf('administrator');
    return refusal(
      'REC-32',
      change,
      `Someone who is active has to be ${label.toLowerCase()}, or nobody could give roles any more. Make another user ${label.toLowerCase()} first.`,
      { field: before === undefined || before.active === after?.active ? 'roles' : 'active' },
    );
  },
});

/** Users and their roles; that nobody is their own manager's manager is BR-07's business. */
export const peopleRules: readonly AnyRule[] = [knownRoles, someoneAdministrates];
