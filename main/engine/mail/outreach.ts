import { addDays } from '#shared/util/calendar-days.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { Draft } from '../context.ts';

/** An answer that comes later than this belongs to another conversation. */
const PATIENCE_DAYS = 30;

const KEY = 'mail ';
/** Message-IDs that we make are far shorter than what fits. */
const keyOf = ({ messageId, id }: Row<'email'>): string => `${KEY}${messageId ?? id}`.slice(0, 200);

/** The mail that an attempt to reach someone was; undefined where it was none of ours (a call, an import). */
export function mailOfOutreach(view: ReadView, { externalId = '' }: Row<'outreach'>): Row<'email'> | undefined {
  if (!externalId.startsWith(KEY)) return undefined;
  const name = externalId.slice(KEY.length);
  return view.by('email', 'messageId', name)[0] ?? view.get('email', name);
}

function outreachOf(view: ReadView, mail: Row<'email'>): Row<'outreach'> | undefined {
  return view.by('outreach', 'externalId', keyOf(mail))[0];
}

/** A message that went to a customer is an attempt to reach them: the quality of its engagement counts how many are answered (ENG-04, scoring.md). */
export function noteOutreach(draft: Draft, id: string, today: string): void {
  const mail = draft.view.get('email', id);
  const [contact] = mail?.toContacts ?? [];
  if (mail?.engagement === undefined || contact === undefined || mail.kind !== 'message' || mail.direction !== 'outgoing') return;
  // an answer of ours to theirs waits for nothing; one to our own asks again
  const answered = mail.answers === undefined ? undefined : draft.view.get('email', mail.answers);
  if (answered?.direction === 'incoming' || outreachOf(draft.view, mail) !== undefined) return;
  draft.create('outreach', {
    subject: mail.subject,
    engagement: mail.engagement,
    contact,
    channel: 'email',
    sentOn: today,
    externalId: keyOf(mail),
    ...(mail.sender === undefined ? {} : { user: mail.sender }),
    ...(mail.touchpoint === undefined ? {} : { touchpoint: mail.touchpoint }),
  });
}

/** A mail of a customer's answers the attempt that it refers to, else the latest one to this person that still waits. */
export function answerOutreach(draft: Draft, id: string, today: string): void {
  const { view } = draft;
  const mail = view.get('email', id);
  if (mail?.senderContact === undefined) return;
  const answered = mail.answers === undefined ? undefined : view.get('email', mail.answers);
  const waiting = view
    .by('outreach', 'contact', mail.senderContact)
    .filter(
      ({ result, sentOn, engagement }) =>
        result === 'waiting' && engagement === mail.engagement && sentOn >= addDays(today, -PATIENCE_DAYS),
    )
    .toSorted((a, b) => (a.sentOn < b.sentOn ? 1 : -1));
  const meant = (answered && outreachOf(view, answered)) ?? waiting[0];
  if (meant === undefined || meant.result !== 'waiting') return;
  const on = (mail.sentAt ?? today).slice(0, 10);
  draft.update('outreach', meant.id, { result: 'answered', respondedOn: on < meant.sentOn ? meant.sentOn : on });
}
