import type { Rights } from '#shared/domain/permission/rights.ts';
import { accessOf } from '#shared/domain/permission/rights.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { RECORD_ACTIONS, type RecordAction } from '#shared/model/access.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { scopeOfRow } from '#shared/sync-core/record-scope.ts';
import { membersOf } from '#shared/sync-core/scope-members.ts';
import { parseScope, type Members, type Scope } from '#shared/sync-core/scope.ts';

/** Who sends an intent. */
export type Author = { readonly user: string; readonly rights: Rights };
/** With the memberships that the database has: those come of work as well, which a view would have to look for. */
export type KnownAuthor = Author & {
  readonly membersOf: (scope: Scope) => Members;
  /** Of a customer: they have what they see, not whole scopes. */
  readonly sees?: (table: TableName, row: AnyRow) => boolean;
};

/** Whether a person has a scope (S9, SYN-06). */
export function hasScope(view: ReadView, { user, rights, membersOf: kept }: KnownAuthor, scope: Scope): boolean {
  const parsed = parseScope(scope);
  if (rights.isCustomer) return parsed?.kind === 'user' && parsed.id === user;
  if (parsed === undefined) return false;
  if (parsed.kind === 'shared') return true;
  if (parsed.kind === 'user') return parsed.id === user;
  // who sees all of one domain (BR-42) is a member of what is of it
  if (rights.has('seeAll') && view.get('user', user)?.domain === undefined) return true;
  return kept(scope).has(user) || membersOf(view, scope, () => []).has(user);
}

/** Whether a person has a record. */
export function hasRecord(view: ReadView, author: KnownAuthor, table: TableName, row: AnyRow): boolean {
  return author.sees?.(table, row) ?? hasScope(view, author, scopeOfRow(view, table, row));
}

/** The same words whether a record was never there, is gone, or belongs to someone else: nothing can be learnt by asking (S9). */
export function notYours(table: TableName, id: string): AppError {
  return new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more, or is no longer yours.`, {
    table,
    recordId: id,
    wayOut: 'Your text is kept here until you copy or discard it.',
  });
}

/** Refuses an action that the person's roles do not allow (REC-32). */
export function refuseForbidden({ rights }: Author, table: TableName, action: RecordAction): void {
  if (accessOf(table) === 'private' || rights.may(table, action)) return;
  const { plural } = tableOf(table);
  throw new AppError('permission', `Your roles do not allow this: ${RECORD_ACTIONS[action].toLowerCase()}, ${plural.toLowerCase()}.`, {
    rule: 'REC-32',
    table,
    wayOut: 'Ask an administrator for a role that does.',
  });
}

/** Which right a patch needs: adding to a journal is less than changing, and publishing is more. */
export function actionOfPatch(table: TableName, patch: Readonly<Record<string, unknown>>): RecordAction {
  const { fields } = tableOf(table);
  const names = Object.keys(patch);
  if (names.length > 0 && names.every((name) => fields[name]?.kind === 'journal')) return 'comment';
  const state = patch['state'];
  const isPublication = (state === 'published' || state === 'retired') && Object.hasOwn(fields['state']?.choices ?? {}, 'published');
  return isPublication ? 'publish' : 'update';
}
