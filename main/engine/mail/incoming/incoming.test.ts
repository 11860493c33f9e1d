import { expect, test } from 'vitest';
import { writeCalendar, type CalendarEvent } from '#shared/domain/calendar/write-event.ts';
import { mailContent, writeMail, type OutgoingMail } from '#shared/domain/mail/write-mail.ts';
import { utf8Of } from '#shared/util/base64.ts';
import { call } from '../../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../../test/support/portfolio-engine.ts';

async function world() {
  const engine = await engineAsOf('2025-06-11');
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const ann = await add(engine, 'contact', { name: 'Ann', email: 'Ann@acme.example', account });
  const kim = await add(engine, 'user', { name: 'Kim', email: 'kim@example.com' });
  const look = (bytes: Uint8Array<ArrayBuffer>, name = 'dropped.eml') => call(engine, 'mails.look', { name, bytes });
  const ics = (text: string) => look(utf8Of(text), 'dropped.ics');
  const take = (token: string, place?: string) => call(engine, 'mails.take', { token, ...(place === undefined ? {} : { place }) });
  const row = (id: string | undefined) => engine.context.view.get('email', id ?? '');
  const meeting = (id: string) => engine.context.view.get('meeting', id);
  return { engine, account, engagement, touchpoint, ann, kim, look, ics, take, row, meeting };
}

const person = (email: string) => ({ name: email.split('@')[0] ?? '', email });
const mail = (more: Partial<OutgoingMail> = {}) =>
  writeMail({
    messageId: '<in@acme.example>',
    date: '2025-06-10T08:00:00.000Z',
    from: person('ann@acme.example'),
    to: [person('kim@example.com'), person('stranger@other.example')],
    cc: [],
    subject: 'A question',
    text: 'When does it start?',
    ...more,
  });

test('TCH-09 a mail of a customer goes to their one engagement, with its files, and is taken in once', async () => {
  const { engine, engagement, ann, kim, look, take, row } = await world();
  const file = { name: '../plan.pdf', mediaType: 'application/pdf', content: mailContent(new Uint8Array(1_000).fill(7)) };
  const seen = await look(mail({ files: [file] }));
  expect(seen).toMatchObject({
    isSure: true,
    places: [{ ref: `engagement/${engagement}` }],
    mail: { subject: 'A question', files: ['../plan.pdf'] },
  });
  expect(seen.known).toBeUndefined();
  const { mail: id } = await take(seen.token);
  expect(row(id)).toMatchObject({
    direction: 'incoming',
    state: 'received',
    engagement,
    senderContact: ann,
    fromAddress: 'ann@acme.example',
    toUsers: [kim],
    otherAddresses: ['stranger@other.example'],
    sentAt: '2025-06-10T08:00:00.000Z',
    messageId: '<in@acme.example>',
  });
  const [attached] = (await call(engine, 'attachments.list', { about: `email/${id ?? ''}` })).attachments;
  expect(attached).toMatchObject({ size: 1_000 });
  expect(attached?.name).not.toContain('/');
  const again = await look(mail());
  expect(again.known).toBe(id);
  await expect(take(again.token)).rejects.toMatchObject({ code: 'conflict' });
  await expect(take(seen.token)).rejects.toMatchObject({ code: 'not-found' });
  await engine.context.undo.undo({ commandId: 'u', actor: 'user-1' });
  expect(row(id)).toBeUndefined();
});

test('TCH-09 where it is not certain, the person is asked; a stranger’s mail goes where the person says', async () => {
  const { engine, account, engagement, touchpoint, look, take, row } = await world();
  const other = await add(engine, 'engagement', { title: 'Second', account, state: 'inProgress' });
  const seen = await look(mail());
  expect(seen.isSure).toBe(false);
  expect(seen.places.map(({ ref }) => ref).toSorted()).toEqual([`engagement/${engagement}`, `engagement/${other}`].toSorted());
  const strange = await look(mail({ messageId: '<x@y>', from: person('who@nowhere.example'), to: [] }));
  expect([strange.places, strange.isSure]).toEqual([[], false]);
  await expect(take(strange.token)).rejects.toMatchObject({ code: 'validation' });
  const { mail: id } = await take(strange.token, `touchpoint/${touchpoint}`);
  expect(row(id)).toMatchObject({ touchpoint, fromAddress: 'who@nowhere.example' });
});

test('TCH-09 an answer goes to the touchpoint of the mail that it answers, also to the engagement once that has ended, and counts as a response', async () => {
  const { engine, engagement, touchpoint, ann, look, take, row } = await world();
  const values = { subject: 'Hello', body: 'Hello Ann', touchpoint, toContacts: [ann] };
  const { id: ours } = await call(engine, 'mails.queue', { values });
  await call(engine, 'mails.settle', { id: ours, as: 'sent' });
  const outreach = () => engine.context.view.by('outreach', 'contact', ann);
  expect(outreach()).toMatchObject([{ result: 'waiting', engagement, touchpoint, channel: 'email' }]);
  const reply = (messageId: string, more: Partial<OutgoingMail> = {}) =>
    look(mail({ messageId, subject: 'Re: Hello', inReplyTo: row(ours)?.messageId, date: '2025-06-12T08:00:00.000Z', ...more }));
  const seen = await reply('<r1@acme.example>');
  expect(seen).toMatchObject({ isSure: true, places: [{ ref: `touchpoint/${touchpoint}` }, {}] });
  const { mail: id } = await take(seen.token);
  expect(row(id)).toMatchObject({ touchpoint, answers: ours });
  expect(outreach()).toMatchObject([{ result: 'answered', respondedOn: expect.stringMatching(/^20/) as string }]);
  await change(engine, (draft) => draft.close('touchpoint', touchpoint, 'addressed', 'Done'));
  const late = await reply('<r2@acme.example>');
  expect(late.places[0]?.ref).toBe(`engagement/${engagement}`);
  expect(row((await take(late.token)).mail)?.engagement).toBe(engagement);
});

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'outside-1@calendar.example',
  sequence: 0,
  stamp: '2025-06-01T00:00:00.000Z',
  startsAt: '2025-06-20T09:00:00.000Z',
  endsAt: '2025-06-20T10:00:00.000Z',
  summary: 'Review',
  organiser: { name: 'Ann', email: 'ann@acme.example' },
  attendees: [{ name: 'Kim', email: 'kim@example.com' }],
  cancelled: false,
  ...more,
});

test('TCH-09 an invitation from outside becomes a meeting; newer versions and a cancellation follow by UID and SEQUENCE, older ones change nothing', async () => {
  const { engine, kim, ics, take, meeting } = await world();
  const [before] = [[...engine.context.view.all('touchpoint')].length];
  const first = await ics(writeCalendar('REQUEST', [event()]));
  expect(first).toMatchObject({ isSure: true, entries: [{ deed: 'add', summary: 'Review' }] });
  expect(await take(first.token)).toMatchObject({ meetings: 1 });
  const [made] = engine.context.view.by('meeting', 'externalId', 'outside-1@calendar.example');
  expect(made).toMatchObject({ subject: 'Review', state: 'scheduled', users: [kim], calendarVersion: 0 });
  expect([...engine.context.view.all('touchpoint')]).toHaveLength(before + 1);
  const id = made?.id ?? '';
  const newer = await ics(
    writeCalendar('REQUEST', [event({ sequence: 2, startsAt: '2025-06-21T09:00:00.000Z', endsAt: '2025-06-21T10:00:00.000Z' })]),
  );
  expect(newer.entries).toMatchObject([{ deed: 'change', meeting: { id } }]);
  await take(newer.token);
  expect(meeting(id)).toMatchObject({ startsAt: '2025-06-21T09:00:00.000Z', calendarVersion: 2 });
  for (const old of [event({ sequence: 1 }), event({ sequence: 1, cancelled: true })]) {
    const seen = await ics(writeCalendar(old.cancelled ? 'CANCEL' : 'REQUEST', [old]));
    expect(seen.entries).toMatchObject([{ deed: 'known' }]);
    expect(await take(seen.token)).toMatchObject({ meetings: 0 });
  }
  expect(meeting(id)?.startsAt).toBe('2025-06-21T09:00:00.000Z');
  const off = await ics(writeCalendar('CANCEL', [event({ sequence: 3, cancelled: true })]));
  expect(off.entries).toMatchObject([{ deed: 'cancel' }]);
  await take(off.token);
  expect(meeting(id)?.state).toBe('cancelled');
});

test('TCH-09 our own calendar file, brought in again, changes nothing; an answer to it is noted for whom it comes from', async () => {
  const { engine, touchpoint, ann, ics, look, take, row } = await world();
  const id = await add(engine, 'meeting', {
    subject: 'Ours',
    touchpoint,
    type: 'adHoc',
    state: 'scheduled',
    startsAt: '2025-06-20T09:00:00.000Z',
    endsAt: '2025-06-20T10:00:00.000Z',
    contacts: [ann],
  });
  const { text } = await call(engine, 'meetings.calendar', { meeting: id });
  const own = await ics(text);
  expect(own).toMatchObject({ isSure: true, entries: [{ deed: 'known' }], places: [{ ref: `touchpoint/${touchpoint}` }, {}] });
  const reply = text.replace('METHOD:REQUEST', 'METHOD:REPLY').replace('PARTSTAT=NEEDS-ACTION', 'PARTSTAT=ACCEPTED');
  const seen = await look(mail({ messageId: '<re@acme.example>', subject: 'Accepted: Ours', calendar: { method: 'REPLY', text: reply } }));
  expect(seen.entries).toMatchObject([{ deed: 'answer', answers: [{ answer: 'accepted' }] }]);
  const taken = await take(seen.token);
  expect(taken).toMatchObject({ answers: 1, meetings: 0 });
  expect(row(taken.mail)).toMatchObject({ kind: 'answer', meeting: id, touchpoint });
  expect(engine.context.view.by('meetingGuest', 'meeting', id)).toMatchObject([{ person: `contact/${ann}`, response: 'accepted' }]);
});

test('TCH-09 what is no mail and no calendar is refused in words', async () => {
  const { look, ics } = await world();
  await expect(look(utf8Of('hello'))).rejects.toMatchObject({ code: 'file' });
  await expect(ics('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')).rejects.toMatchObject({ code: 'file' });
});
