import type { Row } from '#shared/model/dictionary.ts';
import { personMeant, type NotedTask } from '#shared/domain/touchpoints/call-notes.ts';
import type { ReadView } from '#shared/domain/view.ts';

export type Meant = {
  readonly user: Row<'user'> | undefined;
  readonly contact: Row<'contact'> | undefined;
  readonly unknown: string | undefined;
};
const NOBODY: Meant = { user: undefined, contact: undefined, unknown: undefined };

/** Finds whom the notes of a call name: a colleague before a contact of the account, oneself by `@me`. */
export function peopleOf(view: ReadView, engagement: string | undefined, actor: string): (task: NotedTask) => Meant {
  const users = [...view.all('user')].filter(({ active }) => active !== false);
  const account = engagement === undefined ? undefined : view.get('engagement', engagement)?.account;
  const contacts = account === undefined ? [] : view.by('contact', 'account', account);
  return ({ who }) => {
    if (who === undefined) return NOBODY;
    if (who.toLowerCase() === 'me') return { ...NOBODY, user: view.get('user', actor) };
    const user = personMeant(who, users);
    if (user) return { ...NOBODY, user };
    const contact = personMeant(who, contacts);
    return contact ? { ...NOBODY, contact } : { ...NOBODY, unknown: who };
  };
}
