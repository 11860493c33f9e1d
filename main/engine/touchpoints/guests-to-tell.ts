import { parseRef } from '#shared/model/any-reference.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Meeting } from './series-rows.ts';

export type MeetingMailKind = 'invitation' | 'cancellation' | 'minutes';

/** People to be written to; by default all who are invited. */
export type MeetingPeople = { readonly contacts: readonly string[]; readonly users: readonly string[] };

/** Whoever gets mails of a meeting: those invited and, for its notes, those who came without; not the one who writes. */
export function guestsToTell(view: ReadView, meeting: Meeting, kind: MeetingMailKind, actor: string): MeetingPeople {
  const came =
    kind === 'minutes'
      ? view
          .by('meetingGuest', 'meeting', meeting.id)
          .filter(({ attendance }) => attendance === 'attended')
          .map(({ person }) => parseRef(person))
          // a mail goes to people of the customer's and of the teams (BR-44); who of others came in passing is not written to
          .filter((at) => at?.table === 'contact' && view.get('contact', at.id)?.account === meeting.account)
      : [];
  const all = (table: 'contact' | 'user', invited: readonly string[] = []): readonly string[] => [
    ...new Set([...invited, ...came.flatMap((at) => (at?.table === table ? [at.id] : []))]),
  ];
  return { contacts: all('contact', meeting.contacts), users: all('user', meeting.users).filter((user) => user !== actor) };
}
