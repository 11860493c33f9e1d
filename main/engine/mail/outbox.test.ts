import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { openEngine } from '../engine.ts';
import { attach } from '../../../test/support/attach.ts';
import { call } from '../../../test/support/call-engine.ts';
import { fakeMail } from '../../../test/support/fake-mail.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { add, addCustomer, change } from '../../../test/support/portfolio-engine.ts';
import { outboxOf } from './outbox.ts';

const SETUP = {
  host: 'smtp.example.com',
  port: 465,
  security: 'tls',
  user: 'kim',
  password: 'secret',
  name: 'Kim Ä',
  email: 'kim@example.com',
} as const;

async function world(mail = fakeMail()) {
  const host = memoryHost({ mail });
  const engine = await openEngine(host);
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const ann = await add(engine, 'contact', { name: 'Ann', email: 'ann@example.com', account });
  const queue = async (subject: string, more: Record<string, unknown> = {}) =>
    (await call(engine, 'mails.queue', { values: { subject, body: 'Hello', touchpoint, toContacts: [ann], ...more } })).id;
  const state = (id: string) => engine.context.view.get('email', id)?.state;
  const outbox = outboxOf(engine.context);
  return { host, engine, account, touchpoint, ann, queue, state, outbox, mail };
}

test('TCH-05 mails wait until a server is set up, then leave in order, each once, with everyone in the envelope', async () => {
  const { engine, queue, state, outbox, mail, account } = await world();
  const bo = await add(engine, 'contact', { name: 'Bo', email: 'bo@example.com', account });
  const one = await queue('One', { bccContacts: [bo], flagged: true });
  const two = await queue('Two');
  await outbox.run();
  expect([state(one), mail.calls.length]).toEqual(['queued', 0]);
  expect(await call(engine, 'mails.outbox', {})).toMatchObject({ way: 'not-set-up', waiting: 2 });
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  await outbox.run();
  await outbox.run();
  expect([state(one), state(two)]).toEqual(['sent', 'sent']);
  expect(mail.calls.map(({ messageId }) => messageId)).toEqual([`<${one}@satchel.invalid>`, `<${two}@satchel.invalid>`]);
  const [first] = mail.calls;
  expect(first).toMatchObject({ from: 'kim@example.com', to: ['ann@example.com', 'bo@example.com'], password: 'secret' });
  const read = await PostalMime.parse(first?.message ?? '');
  expect(read.from).toMatchObject({ name: 'Kim Ä', address: 'kim@example.com' });
  // who gets a blind copy stands in no mail
  expect(JSON.stringify(read.headers)).not.toContain('bo@example.com');
  expect(engine.context.view.get('email', one)?.sentAt).toBe('2025-06-11T10:00:00.000Z');
  expect(await call(engine, 'mails.outbox', {})).toMatchObject({ way: 'ready', waiting: 0, mails: [] });
});

test('TCH-05 the password lies among the secrets and in no answer; an open connection to others is refused', async () => {
  const { engine, host } = await world();
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  expect(JSON.stringify(await call(engine, 'mails.setup', {}))).not.toContain('secret');
  // saved again without it, it stays; for another server it does not
  await call(engine, 'mails.keepSetup', { setup: { ...SETUP, password: '', name: 'Kim' } });
  expect((await call(engine, 'mails.setup', {})).setup).toMatchObject({ hasPassword: true, name: 'Kim' });
  await call(engine, 'mails.keepSetup', { setup: { ...SETUP, password: '', host: 'other.example.com' } });
  expect((await call(engine, 'mails.setup', {})).setup).toMatchObject({ hasPassword: false });
  for (const [wrong, field] of [
    [{ security: 'none' }, 'security'],
    [{ email: 'kim@example.com\r\nBcc: x@y.z' }, 'email'],
    [{ host: 'a b' }, 'host'],
  ] as const)
    await expect(call(engine, 'mails.keepSetup', { setup: { ...SETUP, ...wrong } })).rejects.toMatchObject({
      code: 'validation',
      details: { field },
    });
  await call(engine, 'mails.keepSetup', {});
  expect(await host.keys.get('mail-setup')).toBeUndefined();
});

test('TCH-05 what the server says decides: refused, later, not reached, uncertain', async () => {
  const { engine, host, queue, state, outbox, mail } = await world();
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  const [refused, later, fine] = [await queue('Refused'), await queue('Later'), await queue('Fine')];
  mail.answers.push({ outcome: 'refused', message: 'no such person' }, { outcome: 'later', message: 'busy' });
  await outbox.run();
  // one that is not wanted now holds up no other
  expect([state(refused), state(later), state(fine)]).toEqual(['failed', 'queued', 'sent']);
  expect(engine.context.view.get('email', refused)?.problem).toBe('no such person');
  host.setNow('2027-01-01T00:00:00.000Z');
  mail.answers.push({ outcome: 'unreached', message: 'no network' });
  await outbox.run();
  expect(await call(engine, 'mails.outbox', {})).toMatchObject({ problem: 'no network', waiting: 1, needsPerson: 1 });
  const tried = mail.calls.length;
  await outbox.run();
  expect(mail.calls).toHaveLength(tried);
  host.setNow('2027-01-02T00:00:00.000Z');
  mail.answers.push({ outcome: 'unknown' });
  await outbox.run();
  expect(state(later)).toBe('uncertain');
  await call(engine, 'mails.settle', { id: later, as: 'again' });
  await outbox.run();
  expect([state(later), mail.calls.at(-1)?.again]).toEqual(['sent', true]);
  await call(engine, 'mails.settle', { id: refused, as: 'sent' });
  expect(state(refused)).toBe('sent');
  await expect(call(engine, 'mails.settle', { id: refused, as: 'again' })).rejects.toMatchObject({ code: 'rule' });
});

test('TCH-05 an engine that died while sending asks its host how far it came', async () => {
  const mail = fakeMail();
  const { engine, host, queue } = await world(mail);
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  const ids = [await queue('A'), await queue('B'), await queue('C')];
  await change(engine, (draft) => ids.forEach((id) => draft.setSystemFields('email', id, { state: 'sending' })));
  const [, b = '', c = ''] = ids;
  mail.knows.set(`<${b}@satchel.invalid>`, { outcome: 'sent', at: '2025-06-11T08:00:00.000Z', refused: ['x@y.z'] });
  mail.knows.set(`<${c}@satchel.invalid>`, { outcome: 'unknown' });
  await engine.close();
  const again = await openEngine({ ...host });
  await outboxOf(again.context).run();
  expect(ids.map((id) => again.context.view.get('email', id)?.state)).toEqual(['sent', 'sent', 'uncertain']);
  expect(mail.calls.map(({ messageId }) => messageId)).toEqual([`<${ids[0] ?? ''}@satchel.invalid>`]);
  expect(again.context.view.get('email', b)).toMatchObject({
    sentAt: '2025-06-11T08:00:00.000Z',
    problem: expect.stringContaining('x@y.z') as string,
  });
});

test('TCH-05 a mail without an address fails with the name; a host that does not try leaves the mail where it is', async () => {
  const { engine, queue, state, outbox, mail, account } = await world();
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  const nobody = await add(engine, 'contact', { name: 'Cy', account });
  const bad = await queue('Bad', { toContacts: [nobody] });
  const good = await queue('Good');
  mail.answers.push(new AppError('permission', 'not allowed to connect'));
  await outbox.run();
  expect(engine.context.view.get('email', bad)).toMatchObject({ state: 'failed', problem: expect.stringContaining('Cy') as string });
  expect(state(good)).toBe('queued');
  expect((await call(engine, 'mails.outbox', {})).problem).toBe('not allowed to connect');
});

test('TCH-05 another device leaves a mail alone until a person has it sent from there; taken back, it is not sent', async () => {
  const { engine, queue, state, outbox, mail } = await world();
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  const [theirs, taken] = [await queue('Theirs'), await queue('Taken')];
  await change(engine, (draft) => draft.setSystemFields('email', theirs, { outbox: 'device-two' }));
  await call(engine, 'mails.takeBack', { id: taken });
  await outbox.run();
  expect([state(theirs), state(taken), mail.calls.length]).toEqual(['queued', 'draft', 0]);
  expect((await call(engine, 'mails.outbox', {})).mails).toMatchObject([{ id: theirs, isElsewhere: true }]);
  // its device died, or is lost, while it was sending
  await change(engine, (draft) => draft.setSystemFields('email', theirs, { state: 'sending' }));
  await call(engine, 'mails.settle', { id: theirs, as: 'here' });
  await outbox.run();
  expect(state(theirs)).toBe('sent');
});

test('TCH-05 a mail leaves as a file, too, with its attachments, for a mail program to send', async () => {
  const { engine, queue } = await world();
  const id = await queue('Grüße: an alle?');
  const content = new Uint8Array(300_000).map((_, at) => at % 251);
  await attach(engine, `email/${id}`, { name: 'plan.pdf', mediaType: 'application/pdf', bytes: content });
  const file = await call(engine, 'mails.file', { id });
  expect(file.fileName).toMatch(/^Grüße.*\.eml$/);
  const read = await PostalMime.parse(file.bytes);
  expect(read.headers.find(({ key }) => key === 'x-unsent')?.value).toBe('1');
  expect(new Uint8Array(read.attachments[0]?.content as ArrayBuffer)).toEqual(content);
});

test('TCH-05 an outbox that goes on by itself sends what comes, claims what was set to wait in another way, and rests when there is nothing to do', async () => {
  const timers: number[] = [];
  const mail = fakeMail();
  const base = memoryHost({ mail });
  const host = {
    ...base,
    later: (milliseconds: number, run: () => void) => {
      timers.push(milliseconds);
      return base.later(milliseconds, run);
    },
  };
  const engine = await openEngine(host);
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const ann = await add(engine, 'contact', { name: 'Ann', email: 'ann@example.com', account });
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  const stop = outboxOf(engine.context).start();
  const id = await add(engine, 'email', {
    subject: 'By form',
    body: 'Hello',
    touchpoint,
    toContacts: [ann],
    direction: 'outgoing',
    state: 'queued',
  });
  await expect
    .poll(() => engine.context.view.get('email', id))
    .toMatchObject({ state: 'sent', messageId: `<${id}@satchel.invalid>`, outbox: 'device-one' });
  await expect.poll(() => timers.some((milliseconds) => milliseconds > 50_000)).toBe(true);
  stop();
  expect(mail.calls).toHaveLength(1);
});

test('TCH-05 a mail for a later time waits for it, over a restart and whatever the clock did meanwhile, holds up no other and goes once', async () => {
  const { host, engine, queue, state, outbox, mail } = await world();
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  host.setNow('2025-06-11T10:00:00.000Z');
  const later = await queue('Later', { sendAt: '2025-06-13T08:00:00.000Z' });
  const now = await queue('Now');
  await outbox.run();
  expect([state(later), state(now)]).toEqual(['queued', 'sent']);
  expect(await call(engine, 'mails.outbox', {})).toMatchObject({ waiting: 1, later: 1, mails: [{ sendAt: '2025-06-13T08:00:00.000Z' }] });
  // asking to send now is for what waits for a server, not for its hour
  await call(engine, 'mails.sendNow', {});
  await outbox.run();
  expect(state(later)).toBe('queued');
  // another time, then a clock that goes back and forth
  await change(engine, (draft) => draft.update('email', later, { sendAt: '2025-06-12T08:00:00.000Z' }));
  host.setNow('2025-06-10T08:00:00.000Z');
  await outbox.run();
  expect(state(later)).toBe('queued');
  await engine.close();
  const again = await openEngine({ ...host });
  await outboxOf(again.context).run();
  expect(again.context.view.get('email', later)?.state).toBe('queued');
  host.setNow('2025-06-12T08:00:01.000Z');
  await outboxOf(again.context).run();
  host.setNow('2025-06-11T08:00:00.000Z');
  await outboxOf(again.context).run();
  expect(mail.calls.map(({ messageId }) => messageId)).toEqual([`<${now}@satchel.invalid>`, `<${later}@satchel.invalid>`]);
  const read = await PostalMime.parse(mail.calls[1]?.message ?? '');
  expect(new Date(read.date ?? '').toISOString()).toBe('2025-06-12T08:00:00.000Z');
  // a sent one keeps its time
  await expect(change(again, (draft) => draft.update('email', later, { sendAt: '2027-01-01T00:00:00.000Z' }))).rejects.toMatchObject({
    code: 'rule',
  });
});

test('TCH-05 a mail for a later time is called back as a draft with its time, or sent at once', async () => {
  const { engine, queue, state, outbox } = await world();
  await call(engine, 'mails.keepSetup', { setup: SETUP });
  const id = await queue('Later', { sendAt: '2027-01-01T08:00:00.000Z' });
  await call(engine, 'mails.takeBack', { id });
  expect((await call(engine, 'mails.begin', { id })).values).toMatchObject({ sendAt: '2027-01-01T08:00:00.000Z' });
  await call(engine, 'mails.send', { id });
  await outbox.run();
  expect(state(id)).toBe('queued');
  await call(engine, 'records.update', { table: 'email', id, patch: { sendAt: null } });
  await outbox.run();
  expect(state(id)).toBe('sent');
});
