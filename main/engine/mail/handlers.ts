import { AppError } from '#shared/errors/app-error.ts';
import type { Call, Draft, EngineContext, Handlers } from '../context.ts';
import { queueMeetingMail } from './meeting-mails.ts';
import { mailById, putInOutbox, queueMail, senderOf } from './queue-mail.ts';

type Names = 'mails.queue' | 'mails.send' | 'mails.takeBack' | 'mails.meeting';

/** Runs work on one mail as a command of the caller's. */
async function onMail(context: EngineContext, call: Call, label: string, work: (draft: Draft) => string) {
  const { changeSetId, result } = await context.records.run({ ...call, label }, (draft) => {
    const id = work(draft);
    return { id, number: draft.view.get('email', id)?.number ?? '' };
  });
  return { changeSetId, ...result };
}

/** Takes a mail that has not gone out back out of the outbox. */
function takeBack(draft: Draft, id: string): string {
  const mail = mailById(draft.view, id);
  if (mail.state !== 'queued' && mail.state !== 'failed')
    throw new AppError('rule', `“${mail.subject}” cannot be taken back any more.`, { rule: 'TCH-05', table: 'email', recordId: id });
  draft.update('email', id, { state: 'draft' });
  draft.setSystemFields('email', id, { outbox: null, queuedAt: null, problem: null });
  return id;
}

const LABELS = { invitation: 'Send an invitation', cancellation: 'Call a meeting off by mail', minutes: 'Send meeting notes' } as const;

/** Mails: written, put into the outbox, taken back (TCH-04, TCH-05). */
export const mailHandlers: Handlers<Names> = {
  'mails.queue': (context, { values }, call) =>
    onMail(context, call, 'Send a mail', (draft) => queueMail(draft, senderOf(context, call), values)),
  'mails.send': (context, { id }, call) =>
    onMail(context, call, 'Send a mail', (draft) => {
      putInOutbox(draft, senderOf(context, call), id);
      return id;
    }),
  'mails.takeBack': (context, { id }, call) => onMail(context, call, 'Take a mail back', (draft) => takeBack(draft, id)),
  'mails.meeting': async (context, { kind, meetings, people }, call) => {
    const { timeZone } = context.settings();
    const { changeSetId, result } = await context.records.run({ ...call, label: LABELS[kind] }, (draft) =>
      queueMeetingMail(draft, senderOf(context, call), kind, meetings, { timeZone, ...(people === undefined ? {} : { people }) }),
    );
    return { changeSetId, ...(result === undefined ? {} : { mail: result }) };
  },
};
