import { foldAddress } from '#shared/domain/mail/mail-address.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { ReadPerson } from './read-mail.ts';

/** Whom of us and of our customers the addresses of a mail mean; an address may be of several contacts (of several accounts). */
export type Known = { readonly contacts: readonly string[]; readonly users: readonly string[] };

/** Looks people up by their addresses; both tables are walked once a mail. */
export function addressBook(view: ReadView): (people: readonly ReadPerson[]) => Known {
  const byAddress = (table: 'contact' | 'user'): ReadonlyMap<string, readonly string[]> => {
    const found = new Map<string, string[]>();
    for (const { id, email } of view.all(table)) {
      if (email === undefined) continue;
      const address = foldAddress(email);
      found.set(address, [...(found.get(address) ?? []), id]);
    }
    return found;
  };
  const contacts = byAddress('contact');
  const users = byAddress('user');
  return (people) => ({
    contacts: [...new Set(people.flatMap(({ email }) => contacts.get(email) ?? []))],
    users: [...new Set(people.flatMap(({ email }) => users.get(email) ?? []))],
  });
}
