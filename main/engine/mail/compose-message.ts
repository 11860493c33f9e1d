import { isMailAddress, type MailPerson } from '#shared/domain/mail/mail-address.ts';
import { mailContent, writeMail, type MailFile } from '#shared/domain/mail/write-mail.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { refTo } from '#shared/model/any-reference.ts';
import type { EngineContext } from '../context.ts';
import { bytesMissing } from '../bytes/byte-errors.ts';
import { bringAttachment } from '../sync/share-attachments.ts';
import type { Mail } from './queue-mail.ts';

/** A mail ready to leave; `to` is everyone, those who get a blind copy among them. */
export type ComposedMail = { readonly to: readonly string[]; readonly message: Uint8Array<ArrayBuffer> };

/** Octets of attachments that mail servers commonly still take, once they are written in base64. */
export const MAX_MAIL_FILES = 18 * 2 ** 20;
/** Read at a time: lines of base64 hold 57 octets. */
const PART = 57 * 4096;

type Roles = 'to' | 'cc' | 'bcc';

function personOf(view: ReadView, table: 'contact' | 'user', id: string): MailPerson {
  const row = view.get(table, id);
  if (row?.email === undefined || !isMailAddress(row.email))
    throw new AppError('validation', `${row?.name ?? 'Someone'} has no e-mail address that a mail can go to. Fill it in.`, {
      table,
      recordId: id,
      field: 'email',
    });
  return { name: row.name, email: row.email };
}

/** Everyone a mail goes to. Throws AppError `validation` where someone has no address. */
export function peopleOf(view: ReadView, mail: Mail): Readonly<Record<Roles, readonly MailPerson[]>> {
  const people = (contacts: readonly string[] = [], users: readonly string[] = []): readonly MailPerson[] => [
    ...contacts.map((id) => personOf(view, 'contact', id)),
    ...users.map((id) => personOf(view, 'user', id)),
  ];
  return {
    to: people(mail.toContacts, mail.toUsers),
    cc: people(mail.ccContacts, mail.ccUsers),
    bcc: people(mail.bccContacts, mail.bccUsers),
  };
}

async function filesOf(context: EngineContext, mail: Mail): Promise<readonly MailFile[]> {
  const { view, host } = context;
  const rows = view.by('attachment', 'about', refTo('email', mail.id));
  if (rows.reduce((sum, { size = 0 }) => sum + size, 0) > MAX_MAIL_FILES)
    throw new AppError('limit', `The files of “${mail.subject}” are too large for a mail: together at most 18 MB. Leave some out.`, {
      table: 'email',
      recordId: mail.id,
    });
  const files: MailFile[] = [];
  for (const row of rows) {
    const { sha256, name, mediaType = '' } = row;
    if (sha256 === undefined) throw bytesMissing();
    if ((await host.bytes.size(sha256)) === undefined && !(await bringAttachment(context, row))) throw bytesMissing();
    const parts: string[] = [];
    for (let at = 0; ; at += PART) {
      const bytes = await host.bytes.read(sha256, at, PART);
      if (bytes.length > 0) parts.push(mailContent(bytes));
      if (bytes.length < PART) break;
      await host.yieldTurn();
    }
    files.push({ name, mediaType, content: parts.join('\r\n') });
  }
  return files;
}

/** Far more than mail programs look at. */
const LONGEST_THREAD = 50;

/** The Message-IDs of what a mail answers, the first of the conversation first (RFC 5322, 3.6.4). */
function threadOf(view: ReadView, mail: Mail): readonly string[] {
  const thread: string[] = [];
  let next = mail.answers;
  while (next !== undefined && thread.length < LONGEST_THREAD) {
    const answered = view.get('email', next);
    if (answered?.messageId === undefined || thread.includes(answered.messageId)) break;
    thread.unshift(answered.messageId);
    const before = (answered.references ?? '').split(' ').filter((id) => id !== '' && !thread.includes(id));
    // what came in names its conversation itself
    if (before.length > 0) return [...before, ...thread].slice(-LONGEST_THREAD);
    next = answered.answers;
  }
  return thread;
}

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? (other ?? one) : one;

const methodIn = (calendar: string): string => /^METHOD:(\w+)/m.exec(calendar)?.[1] ?? 'PUBLISH';

/**
 * A mail as it leaves (TCH-05). `isUnsent`: for a mail program that is to send it. Throws AppError `validation` where someone has no address,
 * `limit` where its files are too large, `not-found` where one of them is not here.
 */
export async function composeMail(context: EngineContext, mail: Mail, from: MailPerson, isUnsent = false): Promise<ComposedMail> {
  const { view, host } = context;
  const { to, cc, bcc } = peopleOf(view, mail);
  const thread = threadOf(view, mail);
  const message = writeMail({
    messageId: mail.messageId ?? `<${mail.id}@satchel.invalid>`,
    // one that was to go later is of that hour
    date: later(mail.queuedAt, mail.sendAt) ?? host.now(),
    from,
    to,
    cc,
    subject: mail.subject,
    text: mail.body ?? '',
    isImportant: mail.flagged === true,
    inReplyTo: thread.at(-1),
    references: thread,
    calendar: mail.calendar === undefined ? undefined : { method: methodIn(mail.calendar), text: mail.calendar },
    files: await filesOf(context, mail),
    isUnsent,
  });
  return { to: [...new Set([...to, ...cc, ...bcc].map(({ email }) => email))], message };
}
