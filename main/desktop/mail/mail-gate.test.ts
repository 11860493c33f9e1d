import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeMail } from '#shared/domain/mail/write-mail.ts';
import type { MailCall, MailServer } from '#shared/contract/mail-gate.ts';
import { scriptedSmtp as scripted } from '../../../test/support/scripted-smtp.ts';
import { REFUSED, startMailServer, whyNoMailServer, type TestMailServer } from '../../../test/support/smtp-server.ts';
import { createMailGate } from './mail-gate.ts';
import { openMailLog } from './mail-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'satchel-gate-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

function mailTo(server: MailServer, more: Partial<MailCall> = {}): MailCall {
  count += 1;
  const messageId = `<${count}@gate.test>`;
  const person = (email: string) => ({ name: 'Ann', email });
  const message = writeMail({
    messageId,
    date: '2025-06-11T09:00:00.000Z',
    from: person('kim@example.com'),
    to: [person('ann@example.com')],
    cc: [],
    subject: 'Grüße',
    text: 'A line\n.\n..and dots',
  });
  return { server, messageId, from: 'kim@example.com', to: ['ann@example.com'], message, ...more };
}
const gate = async (name: string, more: { ca?: string; allow?: () => Promise<void>; timeoutMs?: number } = {}) =>
  createMailGate({
    log: await openMailLog(join(folder, name)),
    now: () => '2025-06-11T09:00:00.000Z',
    allow: async () => undefined,
    timeoutMs: 3_000,
    ...more,
  });

const why = whyNoMailServer();
describe.skipIf(why !== undefined)(`TCH-05 a real mail server${why === undefined ? '' : ` (${why})`}`, () => {
  let server: TestMailServer;
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  beforeAll(async () => {
    const made = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ];
    spawnSync('openssl', [...made, '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate]);
    spawnSync('chmod', ['a+rx', folder]);
    spawnSync('chmod', ['a+r', key]);
    server = await startMailServer({ tls: { key, certificate } });
  }, 120_000);
  afterAll(() => server.stop());

  test('TCH-05 a mail arrives once, with its dots, however often it is handed over', async () => {
    const sender = await gate('once');
    const call = mailTo({ host: '127.0.0.1', port: server.port, security: 'none' });
    const [one, two] = await Promise.all([sender.send(call), sender.send(call)]);
    expect([one.outcome, two.outcome]).toEqual(['sent', 'sent']);
    expect((await sender.send(call)).outcome).toBe('sent');
    // another process, as after a restart
    const again = await gate('once');
    expect(await again.known(call.messageId)).toMatchObject({ outcome: 'sent' });
    expect((await again.send(call)).outcome).toBe('sent');
    await expect.poll(() => server.counts()[call.messageId]).toBe(1);
    expect(server.mails().find((mail) => mail.includes(call.messageId))).toContain('A line\n.\n..and dots');
  });

  test('TCH-05 who is refused is named; where nobody is left the mail is refused', async () => {
    const sender = await gate('refused');
    const to: MailServer = { host: '127.0.0.1', port: server.port, security: 'none' };
    expect(await sender.send(mailTo(to, { to: ['ann@example.com', `${REFUSED}@example.com`] }))).toMatchObject({
      outcome: 'sent',
      refused: [`${REFUSED}@example.com`],
    });
    const none = mailTo(to, { to: [`${REFUSED}@example.com`] });
    expect(await sender.send(none)).toMatchObject({ outcome: 'refused', message: expect.stringContaining('no such person') as string });
    expect(await sender.known(none.messageId)).toEqual({ outcome: 'none' });
  });

  test('TCH-05 a certificate that nobody trusts keeps the mail here; a trusted one lets it out', async () => {
    const to: MailServer = { host: 'localhost', port: server.port, security: 'starttls' };
    const call = mailTo(to);
    expect(await (await gate('tls')).send(call)).toMatchObject({ outcome: 'setup' });
    expect(server.counts()[call.messageId]).toBeUndefined();
    expect(await (await gate('tls', { ca: readFileSync(certificate, 'utf8') })).send(call)).toMatchObject({ outcome: 'sent' });
  });

  test('TCH-05 a server without encryption gets nothing where encryption was asked for; a password is not sent to one that wants none', async () => {
    const bare = await startMailServer();
    const to: MailServer = { host: '127.0.0.1', port: bare.port, security: 'starttls' };
    expect((await (await gate('bare')).send(mailTo(to))).outcome).toBe('setup');
    const signing = mailTo({ ...to, security: 'none', user: 'kim' }, { password: 'secret' });
    expect((await (await gate('bare')).send(signing)).outcome).toBe('setup');
    expect(bare.mails()).toEqual([]);
    await bare.stop();
  });
});

test('TCH-05 a server that goes silent after the last dot leaves the outcome open, and the mail is not sent again unasked', async () => {
  let times = 0;
  const { port, close } = await scripted((socket) => {
    times += 1;
    socket.destroy();
  });
  const call = mailTo({ host: '127.0.0.1', port, security: 'none' });
  const sender = await gate('silent');
  expect(await sender.send(call)).toEqual({ outcome: 'unknown' });
  expect(await (await gate('silent')).send(call)).toEqual({ outcome: 'unknown' });
  expect(times).toBe(1);
  await sender.send({ ...call, again: true });
  expect(times).toBe(2);
  close();
});

test('TCH-05 a server that says no after the last dot has not taken it: now, or for good', async () => {
  let word = '451 later';
  const { port, close } = await scripted((socket) => socket.write(`${word}\r\n`));
  const call = mailTo({ host: '127.0.0.1', port, security: 'none' });
  const sender = await gate('says');
  expect(await sender.send(call)).toMatchObject({ outcome: 'later' });
  word = '554 never';
  expect(await sender.send(call)).toMatchObject({ outcome: 'refused' });
  word = '250 taken';
  expect(await sender.send(call)).toMatchObject({ outcome: 'sent' });
  close();
});

test('TCH-05 nothing goes anywhere that the person did not allow, nor in clear to another machine', async () => {
  const refusing = await gate('allow', { allow: () => Promise.reject(new Error('not allowed')) });
  await expect(refusing.send(mailTo({ host: '127.0.0.1', port: 9, security: 'none' }))).rejects.toThrow('not allowed');
  const sender = await gate('allow');
  await expect(sender.send(mailTo({ host: 'mail.example.com', port: 25, security: 'none' }))).rejects.toMatchObject({ code: 'contract' });
  await expect(sender.send(mailTo({ host: 'a b', port: 25, security: 'tls' }))).rejects.toMatchObject({ code: 'contract' });
  expect(await sender.send(mailTo({ host: '127.0.0.1', port: 9, security: 'none' }))).toMatchObject({ outcome: 'unreached' });
});

test('TCH-05 a log that was cut in the middle of a line still knows what stands before it', async () => {
  const path = join(folder, 'cut');
  const log = await openMailLog(path);
  await log.write({ id: '<a@b>', at: 'then', phase: 'sent' });
  await log.close();
  appendFileSync(path, '{"id":"<c@d>","at":"th');
  const again = await openMailLog(path);
  expect([again.last('<a@b>')?.phase, again.last('<c@d>')]).toEqual(['sent', undefined]);
  await again.write({ id: '<e@f>', at: 'now', phase: 'ending' });
  expect((await openMailLog(path)).last('<e@f>')?.phase).toBe('ending');
});
