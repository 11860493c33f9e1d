import type { CalendarEntry } from '#shared/domain/calendar/read-calendar.ts';
import { foldAddress } from '#shared/domain/mail/mail-address.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import type { Draft } from '../../context.ts';
import { answerOutreach } from '../outreach.ts';
import { noteAnswer } from './note-answer.ts';
import { addressBook, type Known } from './people.ts';
import { planIncoming, type IncomingPlan, type PlannedEntry } from './plan-incoming.ts';
import type { ReadIncoming } from './read-file.ts';

export type KeptFile = { readonly name: string; readonly mediaType: string; readonly size: number; readonly sha256: string };
export type Taking = {
  /** Where it is to belong, as `table/id`. */
  readonly place: string;
  /** Its record's ID: the files lie there already. */
  readonly mailId: string;
  readonly files: readonly KeptFile[];
  readonly now: string;
  readonly today: string;
};

/** What was made of a file. */
export type Taken = { readonly mail: string | undefined; readonly meetings: number; readonly answers: number };

/** The touchpoint of a place; a new meeting of an engagement gets one of its own. */
function touchpointFor(draft: Draft, place: string, entry: CalendarEntry): string {
  const at = parseRef(place);
  if (at?.table === 'touchpoint') return at.id;
  const row = at === undefined ? undefined : draft.view.get(at.table, at.id);
  const engagement = at?.table === 'engagement' ? at.id : row !== undefined && 'engagement' in row ? row.engagement : undefined;
  if (typeof engagement !== 'string')
    throw new AppError('rule', 'A meeting belongs to a touchpoint of an engagement. Choose one of them as its place.', { rule: 'TCH-09' });
  return draft.create('touchpoint', { subject: entry.summary, engagement, channel: 'meeting', heldOn: entry.startsAt.slice(0, 10) });
}

const isLink = (text: string | undefined): boolean => text !== undefined && /^https?:\/\/\S{1,1900}$/.test(text);

/** The fields that an entry says of a meeting. */
const timesOf = ({ startsAt, endsAt, summary, url }: CalendarEntry) => ({
  startsAt,
  endsAt,
  subject: summary,
  ...(isLink(url) ? { link: url } : {}),
});

function addMeeting(draft: Draft, place: string, entry: CalendarEntry, find: ReturnType<typeof addressBook>): string {
  const { contacts, users } = find(entry.guests);
  const [organiser] = entry.organiser === undefined ? [] : find([entry.organiser]).users;
  const id = draft.create('meeting', {
    ...timesOf(entry),
    touchpoint: touchpointFor(draft, place, entry),
    state: 'scheduled',
    type: 'adHoc',
    externalId: entry.uid,
    ...(entry.description === undefined ? {} : { agenda: entry.description }),
    ...(organiser === undefined ? {} : { organiser }),
    ...(contacts.length === 0 ? {} : { contacts }),
    ...(users.length === 0 ? {} : { users }),
  });
  draft.setSystemFields('meeting', id, { calendarVersion: entry.sequence });
  return id;
}

/** Notes who said whether they come: those of the entry whom we know. Answers how many. */
function noteAnswers(draft: Draft, { entry, meeting }: PlannedEntry, find: ReturnType<typeof addressBook>, now: string): number {
  if (meeting === undefined) return 0;
  let noted = 0;
  for (const guest of entry.guests) {
    if (guest.answer === undefined) continue;
    const { contacts, users } = find([guest]);
    // of several people with one address, the one who was invited
    const contact = contacts.find((id) => meeting.contacts?.includes(id) === true) ?? contacts[0];
    const person = contact === undefined ? users.map((id) => refTo('user', id))[0] : refTo('contact', contact);
    if (person === undefined) continue;
    noteAnswer(draft, meeting.id, person, guest.answer, now);
    noted += 1;
  }
  return noted;
}

function applyEntry(
  draft: Draft,
  planned: PlannedEntry,
  place: string,
  find: ReturnType<typeof addressBook>,
  isFromCustomer: boolean,
): number {
  const { entry, deed, meeting } = planned;
  if (deed === 'add') {
    addMeeting(draft, place, entry, find);
    return 1;
  }
  if (meeting === undefined) return 0;
  if (deed === 'change') draft.update('meeting', meeting.id, timesOf(entry));
  else if (deed === 'cancel')
    draft.update('meeting', meeting.id, { state: 'cancelled', ...(isFromCustomer ? { cancelledBy: 'customer' } : {}) });
  else return 0;
  draft.setSystemFields('meeting', meeting.id, { calendarVersion: entry.sequence });
  return 1;
}

/** The record of a mail that came in; one that a colleague sent is one that went out. */
function addMail(
  draft: Draft,
  { mail, calendar }: ReadIncoming,
  plan: IncomingPlan,
  { place, mailId, files, now }: Taking,
  find: ReturnType<typeof addressBook>,
): void {
  if (mail === undefined) return;
  const { view } = draft;
  const at = parseRef(place);
  const none: Known = { contacts: [], users: [] };
  const from = mail.from === undefined ? none : find([mail.from]);
  const to = find(mail.to);
  const cc = find(mail.cc);
  const known = new Set([...to.contacts, ...cc.contacts].map((id) => foldAddress(view.get('contact', id)?.email ?? '')));
  for (const id of [...to.users, ...cc.users]) known.add(foldAddress(view.get('user', id)?.email ?? ''));
  const others = [...mail.to, ...mail.cc].map(({ email }) => email).filter((email) => !known.has(email));
  const some = (name: string, ids: readonly string[]) => (ids.length === 0 ? {} : { [name]: ids });
  const [senderContact] = from.contacts;
  const meeting = plan.entries.find((one) => one.meeting !== undefined)?.meeting;
  const isAnswer = plan.entries.some(({ deed }) => deed === 'answer');
  draft.create(
    'email',
    {
      subject: mail.subject,
      ...(at?.table === 'touchpoint' ? { touchpoint: at.id } : { about: place }),
      // whoever wrote it: it came in, and whom it names are not people that we choose (BR-44)
      direction: 'incoming',
      state: 'received',
      kind: isAnswer ? 'answer' : 'message',
      ...(mail.text === '' ? {} : { body: mail.text }),
      ...(senderContact === undefined ? {} : { senderContact }),
      ...(senderContact === undefined && from.users[0] !== undefined ? { sender: from.users[0] } : {}),
      ...some('toContacts', to.contacts),
      ...some('toUsers', to.users),
      ...some('ccContacts', cc.contacts),
      ...some('ccUsers', cc.users),
      ...some('otherAddresses', others.filter((email) => email.length <= 100).slice(0, 200)),
      ...(plan.answered === undefined ? {} : { answers: plan.answered.id }),
      ...(meeting === undefined ? {} : { meeting: meeting.id }),
    },
    { id: mailId },
  );
  draft.setSystemFields('email', mailId, {
    sentAt: mail.sentAt ?? now,
    ...(mail.from === undefined ? {} : { fromAddress: mail.from.email }),
    ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
    ...(mail.answers.length === 0 ? {} : { references: mail.answers.toReversed().join(' ').slice(0, 4_000) }),
    ...(calendar === undefined || calendar.length > 100_000 ? {} : { calendar }),
  });
  for (const { name, ...facts } of files) {
    const file = draft.create('attachment', { about: refTo('email', mailId), name });
    draft.setSystemFields('attachment', file, facts);
  }
}

/**
 * Takes a mail or calendar file in as one change: the mail with its files, answers to invitations, newer versions and cancellations of
 * meetings (by UID and SEQUENCE), new meetings (TCH-09). A mail that a person wrote counts as a response. Throws AppError `conflict` where
 * the mail is here already.
 */
export function takeIncoming(draft: Draft, read: ReadIncoming, taking: Taking): Taken {
  const { view } = draft;
  // as things stand now, not as they stood when it was looked at
  const plan = planIncoming(view, read);
  if (plan.known !== undefined)
    throw new AppError('conflict', `This mail is here already: ${plan.known.number ?? plan.known.subject}.`, {
      table: 'email',
      recordId: plan.known.id,
    });
  const find = addressBook(view);
  const { mail } = read;
  const isFromCustomer = mail?.from !== undefined && find([mail.from]).contacts.length > 0;
  addMail(draft, read, plan, taking, find);
  let meetings = 0;
  let answers = 0;
  for (const planned of plan.entries) {
    meetings += applyEntry(draft, planned, taking.place, find, isFromCustomer);
    if (planned.deed === 'answer') answers += noteAnswers(draft, planned, find, taking.now);
  }
  if (mail !== undefined && isFromCustomer && !mail.isAutomatic) answerOutreach(draft, taking.mailId, taking.today);
  return { mail: mail === undefined ? undefined : taking.mailId, meetings, answers };
}
