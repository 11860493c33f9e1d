import { refTo } from '#shared/model/any-reference.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Call, Draft, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { beginMail } from './begin-mail.ts';
import { nowOf, untoldOf } from '../touchpoints/tell-guests.ts';
import type { MeetingMailKind } from '../touchpoints/guests-to-tell.ts';
import { queueMeetingMail } from './meeting-mails.ts';
import { mailById, putInOutbox, queueMail, senderOf } from './queue-mail.ts';

type Names = 'mails.queue' | 'mails.save' | 'mails.attach' | 'mails.begin' | 'mails.send' | 'mails.takeBack' | 'mails.meeting';

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

function isNews(context: EngineContext, draft: Draft, { actor }: Call, id: string, kind: MeetingMailKind): boolean {
  const meeting = draft.view.get('meeting', id);
  return meeting !== undefined && untoldOf(draft.view, meeting, nowOf(context), actor)?.kind === kind;
}

const LABELS = { invitation: 'Send an invitation', cancellation: 'Call a meeting off by mail', minutes: 'Send meeting notes' } as const;

/** Mails: written, put into the outbox, taken back (TCH-04, TCH-05). */
export const mailHandlers: Handlers<Names> = {
  'mails.queue': (context, { id, values }, call) =>
    onMail(context, call, 'Send a mail', (draft) => {
      const sender = senderOf(context, call);
      if (id === undefined) return queueMail(draft, sender, values);
      draft.update('email', id, values);
      putInOutbox(draft, sender, id);
      return id;
    }),
  'mails.save': (context, { id, values }, call) =>
    onMail(context, call, 'Write a mail', (draft) => {
      if (id === undefined) return draft.create('email', { ...values, direction: 'outgoing', state: 'draft' });
      draft.update('email', id, values);
      return id;
    }),
  'mails.attach': (context, { id, attachment }, call) =>
    onMail(context, call, 'Attach a file to a mail', (draft) => {
      const file = context.view.get('attachment', attachment);
      if (file === undefined) throw new AppError('not-found', 'This file does not exist any more.');
      const { name, mediaType, size, sha256 } = file;
      const copy = draft.create('attachment', { about: refTo('email', mailById(draft.view, id).id), name });
      draft.setSystemFields('attachment', copy, { mediaType, size, sha256 });
      return id;
    }),
  'mails.begin': beginMail,
  'mails.send': (context, { id }, call) =>
    onMail(context, call, 'Send a mail', (draft) => {
      putInOutbox(draft, senderOf(context, call), id);
      return id;
    }),
  'mails.takeBack': (context, { id }, call) => onMail(context, call, 'Take a mail back', (draft) => takeBack(draft, id)),
  'mails.meeting': async (context, { kind, meetings, people, unlessKnown }, call) => {
    const { timeZone } = context.settings();
    const { changeSetId, result } = await context.records.run({ ...call, label: LABELS[kind] }, (draft) => {
      const news = unlessKnown === true ? meetings.filter((id) => isNews(context, draft, call, id, kind)) : meetings;
      return queueMeetingMail(draft, senderOf(context, call), kind, news, { timeZone, ...(people === undefined ? {} : { people }) });
    });
    return { changeSetId, ...(result === undefined ? {} : { mail: result }) };
  },
};

export const mailReads: ReadsOf<Names> = {
  'mails.begin': ['email', 'touchpoint', 'engagement', 'contact', 'user', 'responseTemplate', 'attachment', 'account', 'outreach'],
};
