import { foldAddress, isMailAddress } from '#shared/domain/mail/mail-address.ts';
import type { NewValues, Row } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Call, Draft, EngineContext } from '../context.ts';

export type Mail = Row<'email'>;

/** A mail to be sent: its place (touchpoint, or what it is about), people, subject and text. */
export type NewMail = Omit<NewValues<'email'>, 'direction' | 'state'>;

/** Who sends it, from which device: that one alone has it in its outbox. */
export type MailSender = { readonly actor: string; readonly device: string; readonly now: string };

/** The sender of a command. */
export function senderOf({ host }: Pick<EngineContext, 'host'>, { actor }: Pick<Call, 'actor'>): MailSender {
  return { actor, device: host.deviceId, now: host.now() };
}

/** A Message-ID follows from the record: it stays the same however often the mail is tried. */
function messageIdOf(view: ReadView, mail: Mail): string {
  const email = mail.sender === undefined ? '' : (view.get('user', mail.sender)?.email ?? '');
  const domain = isMailAddress(email) ? foldAddress(email).split('@')[1] : undefined;
  return `<${mail.id}@${domain ?? 'satchel.invalid'}>`;
}

/** A mail of the caller's. Throws AppError `not-found`. */
export function mailById(view: ReadView, id: string): Mail {
  const mail = view.get('email', id);
  if (mail) return mail;
  throw new AppError('not-found', 'This mail does not exist any more.', { table: 'email', recordId: id });
}

/** Puts a mail that was written into the outbox of this device (TCH-05). The rules refuse one without people, text or place. */
export function putInOutbox(draft: Draft, { actor, device, now }: MailSender, id: string): void {
  const mail = mailById(draft.view, id);
  if (mail.direction !== 'outgoing' || !['draft', 'queued', 'failed'].includes(mail.state ?? 'draft'))
    throw new AppError('rule', `“${mail.subject}” has been sent off already.`, { rule: 'TCH-05', table: 'email', recordId: id });
  const sender = mail.sender ?? draft.view.get('user', actor)?.id;
  draft.update('email', id, { state: 'queued', ...(sender === undefined ? {} : { sender }) });
  draft.setSystemFields('email', id, {
    messageId: mail.messageId ?? messageIdOf(draft.view, mailById(draft.view, id)),
    outbox: device,
    queuedAt: now,
    problem: null,
  });
}

/** Makes a mail and puts it into the outbox of this device, within a command of anyone's. Answers its ID. */
export function queueMail(draft: Draft, by: MailSender, mail: NewMail): string {
  const id = draft.create('email', { ...mail, direction: 'outgoing', state: 'draft' });
  putInOutbox(draft, by, id);
  return id;
}
