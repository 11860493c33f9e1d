import { callerOf, rolesAreSetUp, type Caller } from '#shared/domain/permission/caller.ts';
import { memberScopes } from '#shared/domain/permission/member-scopes.ts';
import { sightOf, type Sight } from '#shared/domain/permission/sight.ts';
import type { Notice, NoticedChange } from '#shared/domain/notices/notices-of.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import type { EngineContext } from '../context.ts';

type Recipient = { readonly caller: Caller; readonly sight: Sight };
/** The notice as its recipient may have it; undefined where there is nothing to be told. */
type ShownTo = (notice: Notice) => Notice | undefined;

/**
 * Says what each recipient may be told: only of records that they see (REC-32, BR-42), customers nothing internal and no field that is not
 * theirs.
 */
export function shownToOf({ view }: EngineContext, changes: readonly NoticedChange[]): ShownTo {
  const isSetUp = rolesAreSetUp(view);
  const recipients = new Map<string, Recipient>();
  const recipientOf = (user: string): Recipient => {
    const known = recipients.get(user);
    if (known !== undefined) return known;
    const caller = callerOf(view, user);
    const recipient = { caller, sight: sightOf(view, caller, memberScopes(view, caller)) };
    recipients.set(user, recipient);
    return recipient;
  };
  return (notice) => {
    const { recipient, table, id, internal, fields } = notice;
    const user = view.get('user', recipient);
    if (user === undefined || user.active === false) return undefined;
    // before anyone has a role everyone inside sees everything
    if (!isSetUp) return notice;
    const { caller, sight } = recipientOf(recipient);
    if (internal && caller.rights.isCustomer) return undefined;
    const row: AnyRow | undefined = view.get(table, id) ?? changes.find((change) => change.id === id)?.before;
    if (row === undefined || !sight.sees(table, row)) return undefined;
    return fields === undefined || fields.every((field) => sight.showsField(table, field)) ? notice : undefined;
  };
}
