import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import { mailById } from '../mail/queue-mail.ts';
import { composeMail } from '../mail/compose-message.ts';

async function world() {
  const engine = await engineAsOf('2025-06-11');
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const ann = await add(engine, 'contact', { name: 'Ann', email: 'ann@acme.example', account });
  const kim = await add(engine, 'user', { name: 'Kim', email: 'kim@satchel.example' });
  await add(engine, 'responseTemplate', { name: 'Again', category: 'followUp', body: 'Dear {contact}, may I ask again?' });
  const asOf = (value: string) => call(engine, 'workspace.set', { key: 'asOf', value });
  const send = async (values: Readonly<Record<string, unknown>>) => {
    const { id } = await call(engine, 'mails.queue', { values }, { actor: kim });
    await call(engine, 'mails.settle', { id, as: 'sent' }, { actor: kim });
    return id;
  };
  const ask = (actor = kim) => call(engine, 'outreach.unanswered', { limit: 100 }, { actor });
  return { engine, account, engagement, ann, kim, asOf, send, ask };
}

test('T6 a mail that nobody answers comes up, its follow-up is addressed, filled and threads; sent off it is gone, unanswered it comes again', async () => {
  const { engine, engagement, ann, kim, asOf, send, ask } = await world();
  const first = await send({ subject: 'Numbers', body: 'What do you think?', about: `engagement/${engagement}`, toContacts: [ann] });
  expect((await ask()).lines).toEqual([]);
  await asOf('2025-06-14');
  const { lines } = await ask();
  expect(lines).toMatchObject([{ subject: 'Numbers', silentDays: 3, attempts: 1, contact: { label: 'Ann' }, account: 'Acme' }]);
  const chases = lines[0]?.id ?? '';
  const begun = await call(engine, 'mails.begin', { chases });
  expect(begun.values).toMatchObject({ subject: 'Re: Numbers', answers: first, toContacts: [ann] });
  expect(begun.values['body']).toMatch(/^Dear Ann, may I ask again\?\n\nOn 2026-\d\d-\d\d .* wrote:\n> What do you think\?/);
  // written and not yet out: nobody has to ask again
  const { id } = await call(engine, 'mails.queue', { values: { ...begun.values, about: `engagement/${engagement}` } }, { actor: kim });
  expect((await ask()).lines).toEqual([]);
  const { message } = await composeMail(engine.context, mailById(engine.context.view, id), { name: 'Kim', email: 'kim@satchel.example' });
  const text = new TextDecoder().decode(message);
  const messageId = mailById(engine.context.view, first).messageId ?? '';
  expect(text).toContain(`In-Reply-To: ${messageId}`);
  expect(text).toContain(`References: ${messageId}`);
  await call(engine, 'mails.settle', { id, as: 'sent' }, { actor: kim });
  await asOf('2025-06-16');
  expect((await ask()).lines).toEqual([]);
  await asOf('2025-06-17');
  expect((await ask()).lines).toMatchObject([{ subject: 'Re: Numbers', attempts: 2, silentDays: 3 }]);
  // the third of a thread names both before it
  const again = await call(engine, 'mails.begin', { chases: (await ask()).lines[0]?.id ?? '' });
  const third = await call(engine, 'mails.save', { values: { ...again.values, about: `engagement/${engagement}` } }, { actor: kim });
  const composed = await composeMail(engine.context, mailById(engine.context.view, third.id), {
    name: 'Kim',
    email: 'kim@satchel.example',
  });
  const second = mailById(engine.context.view, id).messageId ?? '';
  expect(new TextDecoder().decode(composed.message).replaceAll(/\r\n\s/g, ' ')).toContain(`References: ${messageId} ${second}`);
});

test('T6 W waits until its day and undo brings the line back; E notes the answer; a later touch, too, ends it; others do not see it as theirs', async () => {
  const { engine, engagement, ann, kim, asOf, send, ask } = await world();
  await send({ subject: 'Numbers', body: 'Well?', about: `engagement/${engagement}`, toContacts: [ann] });
  await asOf('2025-06-20');
  const [line] = (await ask()).lines;
  const id = line?.id ?? '';
  await call(engine, 'records.update', { table: 'outreach', id, patch: { waitUntil: '2025-06-27' } }, { actor: kim });
  expect(await ask()).toMatchObject({ lines: [], waiting: 1 });
  await engine.context.undo.undo({ commandId: 'u1', actor: kim });
  expect((await ask()).lines).toHaveLength(1);
  await call(engine, 'records.update', { table: 'outreach', id, patch: { waitUntil: '2025-06-27' } }, { actor: kim });
  await asOf('2025-06-27');
  expect((await ask()).lines).toMatchObject([{ waitedUntil: '2025-06-27' }]);
  const lee = await add(engine, 'user', { name: 'Lee' });
  expect((await ask(lee)).lines).toEqual([]);
  await call(engine, 'records.update', { table: 'outreach', id, patch: { result: 'answered', respondedOn: '2025-06-27' } }, { actor: kim });
  expect((await ask()).total).toBe(0);
  await engine.context.undo.undo({ commandId: 'u2', actor: kim });
  expect((await ask()).total).toBe(1);
  await add(engine, 'touchpoint', { subject: 'She called', engagement, contact: ann, heldOn: '2025-06-26' });
  expect((await ask()).total).toBe(0);
});

test('T6 an attempt that was no mail of ours, as one that was imported, begins a mail of its engagement', async () => {
  const { engine, engagement, ann, ask } = await world();
  await change(engine, (draft) =>
    draft.create('outreach', { subject: 'Called, nobody there', engagement, contact: ann, channel: 'phone', sentOn: '2025-06-01' }),
  );
  const [line] = (await call(engine, 'outreach.unanswered', { whose: 'all', limit: 9 })).lines;
  const begun = await call(engine, 'mails.begin', { chases: line?.id ?? '' });
  expect(begun).toMatchObject({
    places: [{ ref: `engagement/${engagement}` }],
    values: { subject: 'Called, nobody there', toContacts: [ann] },
  });
  expect(begun.values['answers']).toBeUndefined();
  await expect(ask()).resolves.toMatchObject({ days: 3 });
});
