import type { MailTemplate } from '#shared/domain/playbooks/definition.ts';
import { refTo } from '#shared/model/any-reference.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { Play } from './play.ts';
import { filled } from './words.ts';

type Recipients = { readonly contacts: readonly string[]; readonly users: readonly string[] };

const unique = (ids: readonly (string | undefined)[]): readonly string[] => [...new Set(ids.flatMap((id) => id ?? []))];
const textIn = (row: AnyRow, field: string): string | undefined => {
  const value = row[field];
  return typeof value === 'string' ? value : undefined;
};

/** The contact of a record: its own, else its customer team's primary one, else the key contact of its engagement. */
function contactOf(table: TableName, row: AnyRow, view: ReadView): string | undefined {
  const own = textIn(row, 'contact');
  if (own !== undefined) return own;
  const members = view.by('customerTeamMember', 'about', refTo(table, row.id));
  const engagement = textIn(row, 'engagement');
  return (
    members.find(({ primary }) => primary === true)?.contact ??
    (engagement === undefined ? undefined : view.get('engagement', engagement)?.keyContact)
  );
}

/** Whom a mail of a playbook goes to. */
export function recipientsOf(to: MailTemplate['to'], table: TableName, row: AnyRow, view: ReadView): Recipients {
  const about = refTo(table, row.id);
  const none: readonly string[] = [];
  switch (to) {
    case 'contact':
    case 'primary':
      return { contacts: unique([contactOf(table, row, view)]), users: none };
    case 'customerTeam':
      return { contacts: unique(view.by('customerTeamMember', 'about', about).map(({ contact }) => contact)), users: none };
    case 'accountTeam':
      return { contacts: none, users: unique(view.by('accountTeamMember', 'about', about).map(({ user }) => user)) };
    case 'squad':
      return { contacts: none, users: unique(view.by('squadMember', 'about', about).map(({ user }) => user)) };
  }
}

/** Queues a mail about the run's record (ONB-03, PLY-07); it goes out when there is a way. Answers whether there was anyone to write to. */
export function mailOfRun({ draft, state, sender }: Play, mail: MailTemplate): boolean {
  const { table, record } = state();
  const { view } = draft;
  const { contacts, users } = recipientsOf(mail.to, table, record, view);
  if (contacts.length + users.length === 0) return false;
  const body = filled(mail.body, table, record, view);
  queueMail(draft, sender, {
    subject: filled(mail.subject, table, record, view),
    body: body === '' ? filled(mail.subject, table, record, view) : body,
    about: refTo(table, record.id),
    ...(contacts.length === 0 ? {} : { toContacts: contacts }),
    ...(users.length === 0 ? {} : { toUsers: users }),
  });
  return true;
}
