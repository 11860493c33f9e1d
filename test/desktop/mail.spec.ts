// A mail in a real Electron: main sends it, once, over the server alone that the person agreed to.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { axeFaults } from '../support/browser-host.ts';
import { scriptedSmtp } from '../support/scripted-smtp.ts';
import { answerDialogs } from './dialogs.ts';
import { ask } from './probe.ts';
import { expect, test } from './satchel.ts';

test('TCH-05 DSK-06 a mail leaves through main once the person has agreed to the server; killed, it does not leave again', async ({
  desktop,
}) => {
  const server = await scriptedSmtp((socket) => void socket.write('250 taken\r\n'));
  const first = await desktop.start();
  const { ui } = first;
  const said = await answerDialogs(first.app, ['Cancel', 'Connect']);
  const create = async (table: 'account' | 'engagement' | 'contact' | 'touchpoint', values: Readonly<Record<string, unknown>>) =>
    (await ask(ui, 'records.create', { table, values }, `create-${table}`)).id;
  const account = await create('account', { name: 'Acme' });
  const engagement = await create('engagement', { title: 'Acme', account });
  const contact = await create('contact', { name: 'Ann', email: 'ann@example.com', account });
  const touchpoint = await create('touchpoint', { subject: 'Talk', engagement });
  const setup = { host: '127.0.0.1', port: server.port, security: 'none' as const, user: '', name: 'Kim', email: 'kim@example.com' };
  await ask(ui, 'mails.keepSetup', { setup }, 'setup');
  // the screen where all this is set up, which only the desktop shows whole
  await ui.evaluate(() => void (location.hash = '/mails/setup'));
  await expect(ui.getByRole('textbox', { name: 'Mail server' })).toHaveValue('127.0.0.1');
  expect(await axeFaults(ui)).toEqual([]);
  const values = { subject: 'Hello', body: 'Hello Ann', touchpoint, toContacts: [contact] };
  const { id } = await ask(ui, 'mails.queue', { values }, 'queue');
  await expect.poll(async () => (await ask(ui, 'mails.outbox', {})).problem ?? '').toContain('was not allowed to connect');
  expect(server.mails).toEqual([]);

  // whoever said no is not asked again at once
  let tries = 0;
  const state = async () => {
    await ask(ui, 'mails.sendNow', {}, `again-${(tries += 1)}`);
    return (await ask(ui, 'records.get', { table: 'email', id })).row['state'];
  };
  await expect.poll(state, { intervals: [1_000] }).toBe('sent');
  expect((await said()).at(-1)).toContain(`Send mails over 127.0.0.1:${server.port}?`);
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]).toContain(`Message-ID: <${id}@`);

  await first.kill();
  const second = await desktop.start();
  await expect.poll(async () => (await ask(second.ui, 'records.get', { table: 'email', id })).row['state']).toBe('sent');
  expect((await ask(second.ui, 'mails.outbox', {})).mails).toEqual([]);
  expect(server.mails).toHaveLength(1);
  const log = readdirSync(second.profile, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('mail-log.jsonl')) ?? '';
  const path = join(second.profile, log);
  expect(statSync(path).isFile()).toBe(true);
  // IDs and what happened, never whom or what
  expect(readFileSync(path, 'utf8')).not.toContain('ann@example.com');
  server.close();
});
