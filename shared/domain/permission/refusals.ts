import { AppError, type ErrorDetails } from '../../errors/app-error.ts';
import type { RecordAction } from '../../model/access.ts';
import { tableOf, type TableName } from '../../model/dictionary.ts';
import { RIGHTS, roleOf, type Right } from '../../model/roles.ts';
import type { ReadView } from '../view.ts';
import { rolesOf, type Caller } from './caller.ts';
import { rightsOf, type Rights } from './rights.ts';

const VERBS: { readonly [A in RecordAction]: string } = {
  read: 'see',
  comment: 'comment on',
  create: 'create',
  update: 'change',
  close: 'close',
  cancel: 'cancel',
  reopen: 'reopen',
  delete: 'delete',
  publish: 'publish or retire',
  approve: 'approve',
  import: 'import',
  export: 'export',
};

const NAMED = 3;

/** Names of people who may do what the caller may not: managers above first, then others; at most three. */
function whomToAsk(view: ReadView, caller: Caller, may: (rights: Rights) => boolean): string {
  const able = new Map<string, string>();
  for (const user of view.all('user')) {
    if (user.domain !== undefined && caller.domain !== undefined && user.domain !== caller.domain) continue;
    const rights = rightsOf(rolesOf(user));
    if (user.id !== caller.user && !rights.isCustomer && may(rights)) able.set(user.id, user.name);
  }
  const above: string[] = [];
  const seen = new Set<string>();
  for (let at = view.get('user', caller.user)?.manager; at !== undefined && !seen.has(at); at = view.get('user', at)?.manager) {
    seen.add(at);
    const name = able.get(at);
    if (name !== undefined) above.push(name);
    able.delete(at);
  }
  const names = caller.rights.isCustomer ? [] : [...above, ...able.values()].slice(0, NAMED);
  return names.length === 0 ? 'Ask your administrator.' : `Ask ${names.join(' or ')}.`;
}

function rolesInWords({ rights }: Caller): string {
  const roles = [...rights.roles].map((name) => roleOf(name).label.toLowerCase());
  return roles.length === 0 ? 'You have no role' : `Your role (${roles[0] ?? ''}) does not allow it`;
}

/** What a caller may not do with records of a type, why, and whom to ask. */
export function mayNot(view: ReadView, caller: Caller, table: TableName, action: RecordAction, details: ErrorDetails = {}): AppError {
  const { plural, fields } = tableOf(table);
  const ask = whomToAsk(view, caller, (rights) => rights.may(table, action));
  const field = details.field === undefined ? undefined : fields[details.field]?.label;
  const what = field === undefined ? `${VERBS[action]} ${plural.toLowerCase()}` : `${VERBS[action]} “${field}” of ${plural.toLowerCase()}`;
  return new AppError('permission', `You may not ${what}. ${rolesInWords(caller)}. ${ask}`, { table, wayOut: ask, ...details });
}

/** A right beside those on records that a caller lacks. */
export function lacksRight(view: ReadView, caller: Caller, right: Right): AppError {
  const ask = whomToAsk(view, caller, (rights) => rights.has(right));
  const what = RIGHTS[right].slice(0, 1).toLowerCase() + RIGHTS[right].slice(1);
  return new AppError('permission', `You may not ${what}. ${rolesInWords(caller)}. ${ask}`, { wayOut: ask });
}
