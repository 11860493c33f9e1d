import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';

async function withTouchpoint() {
  const engine = await engineAsOf('2025-06-11');
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const ann = await add(engine, 'contact', { name: 'Ann', email: 'ann@example.com', account });
  const kim = await add(engine, 'user', { name: 'Kim', email: 'Kim@Satchel.example' });
  const mail = (id: string) => engine.context.view.get('email', id);
  return { engine, account, engagement, touchpoint, ann, kim, mail };
}

test('TCH-05 a mail that is queued has its Message-ID and its outbox at once, and keeps the ID when it is taken back and sent again', async () => {
  const { engine, touchpoint, ann, kim, mail } = await withTouchpoint();
  const values = { subject: 'Hello', body: 'Hello Ann', touchpoint, toContacts: [ann] };
  const { id } = await call(engine, 'mails.queue', { values }, { actor: kim });
  const first = mail(id);
  expect(first).toMatchObject({
    state: 'queued',
    direction: 'outgoing',
    sender: kim,
    messageId: `<${id}@satchel.example>`,
    outbox: 'device-one',
  });
  await call(engine, 'mails.takeBack', { id });
  expect(mail(id)).toMatchObject({ state: 'draft', messageId: first?.messageId });
  expect(mail(id)?.outbox).toBeUndefined();
  await call(engine, 'mails.send', { id }, { actor: kim });
  expect(mail(id)).toMatchObject({ state: 'queued', messageId: first?.messageId });
  await engine.context.undo.undo({ commandId: 'u', actor: kim });
  expect(mail(id)?.state).toBe('draft');
});

test('TCH-05 a mail without people, text or place is not sent; a sent one stays as it was', async () => {
  const { engine, touchpoint, ann, engagement, mail } = await withTouchpoint();
  for (const wrong of [
    { subject: 'A', body: 'B', touchpoint },
    { subject: 'A', touchpoint, toContacts: [ann] },
    { subject: 'A', body: 'B', toContacts: [ann] },
  ])
    await expect(call(engine, 'mails.queue', { values: wrong })).rejects.toMatchObject({ code: 'rule', details: { rule: 'TCH-05' } });
  const { id } = await call(engine, 'mails.queue', {
    values: { subject: 'A', body: 'B', about: `engagement/${engagement}`, toContacts: [ann] },
  });
  expect(mail(id)?.engagement).toBe(engagement);
  await change(engine, (draft) => draft.update('email', id, { state: 'sent' }));
  await expect(call(engine, 'mails.takeBack', { id })).rejects.toMatchObject({ code: 'rule' });
  await expect(change(engine, (draft) => draft.update('email', id, { body: 'C' }))).rejects.toMatchObject({ details: { rule: 'TCH-05' } });
});

async function withMeeting() {
  const world = await withTouchpoint();
  const { engine, touchpoint, ann } = world;
  const meeting = await add(engine, 'meeting', {
    subject: 'Review',
    touchpoint,
    type: 'adHoc',
    state: 'scheduled',
    startsAt: '2025-06-12T09:00:00.000Z',
    endsAt: '2025-06-12T10:00:00.000Z',
    timeZone: 'Europe/Vienna',
    contacts: [ann],
    agenda: 'Numbers',
    notes: 'All is well',
    internalNotes: 'They may leave',
  });
  const send = async (kind: 'invitation' | 'cancellation' | 'minutes', meetings = [meeting]) =>
    world.mail((await call(engine, 'mails.meeting', { kind, meetings })).mail ?? '');
  return { ...world, meeting, send };
}

test('TCH-04 invitation, newer version and cancellation have one UID and a higher SEQUENCE each; notes go out without what is internal', async () => {
  const { engine, meeting, send, mail } = await withMeeting();
  const sent = (id: string | undefined) => change(engine, (draft) => draft.update('email', id ?? '', { state: 'sent' }));
  const invited = await send('invitation');
  expect(invited).toMatchObject({ kind: 'invitation', sequence: 0, subject: 'Invitation: Review' });
  expect(invited?.body).toContain('Thursday, 12 June 2025, 11:00–12:00 (Europe/Vienna)');
  expect(invited?.calendar).toContain(`UID:${meeting}@satchel`);
  expect(invited?.calendar).toContain('METHOD:REQUEST');
  await sent(invited?.id);
  // in one command with the change, as screens do it: the newer version has a higher number all the same
  const newer = await send('invitation');
  expect(newer?.sequence).toBeGreaterThan(invited?.sequence ?? 99);
  const cancelled = await send('cancellation');
  expect(cancelled?.calendar).toMatch(/METHOD:CANCEL[^]*STATUS:CANCELLED/);
  // what still waited is overtaken
  expect(mail(newer?.id ?? '')).toBeUndefined();
  const minutes = await send('minutes');
  expect(minutes?.body).toContain('All is well');
  for (const one of [invited, newer, cancelled, minutes]) expect(JSON.stringify(one)).not.toContain('They may leave');
});

test('TCH-04 a series goes in one mail with one calendar object each; a draft and an empty room get none', async () => {
  const { engine, touchpoint, meeting, send } = await withMeeting();
  const other = await add(engine, 'meeting', {
    subject: 'Review',
    touchpoint,
    type: 'adHoc',
    state: 'scheduled',
    startsAt: '2025-06-19T09:00:00.000Z',
    endsAt: '2025-06-19T10:00:00.000Z',
  });
  const both = await send('invitation', [meeting, other]);
  expect(both?.calendar?.match(/BEGIN:VCALENDAR/g)).toHaveLength(2);
  expect(both?.subject).toBe('Invitation: Review (2 meetings)');
  expect(await send('invitation', [other])).toBeUndefined();
  await change(engine, (draft) => draft.update('meeting', meeting, { state: 'draft' }));
  expect(await send('invitation')).toBeUndefined();
});

test('TCH-02 TCH-04 files of a meeting that the customer may see go with its invitation; others never leave', async () => {
  const { engine, meeting, send } = await withMeeting();
  const hang = (name: string, visibleToCustomer: boolean) =>
    change(engine, (draft) => {
      const id = draft.create('attachment', { about: `meeting/${meeting}`, name, visibleToCustomer });
      draft.setSystemFields('attachment', id, { sha256: 'a'.repeat(64), size: 10, mediaType: 'text/plain' });
    });
  await hang('agenda.txt', true);
  await hang('what-we-think.txt', false);
  const invited = await send('invitation');
  const files = engine.context.view.by('attachment', 'about', `email/${invited?.id ?? ''}`);
  expect(files.map(({ name, size }) => `${name} ${size ?? 0}`)).toEqual(['agenda.txt 10']);
  expect(engine.context.view.by('attachment', 'about', `email/${(await send('cancellation'))?.id ?? ''}`)).toEqual([]);
});
