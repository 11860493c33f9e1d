// The way to the central store in a real Electron: main makes the requests, to the server alone that the person agreed to.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startCentralHost } from '../e2e/central-host.ts';
import { answerDialogs } from './dialogs.ts';
import { ask } from './probe.ts';
import { expect, test } from './satchel.ts';
import { outside } from './security/server-outside.ts';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

test('S15 SYN-11 DSK-06 signing in: the person agrees to the server first, the token lies in no file in clear, and the device can be erased from another', async ({
  desktop,
}) => {
  const { app, ui, profile } = await desktop.start();
  const central = await startCentralHost();
  const other = await outside();
  await central.person('kim');
  let attempts = 0;
  const signIn = async (server: string) =>
    ask(
      ui,
      'sync.signIn',
      { server, tenant: 'acme', login: 'kim', password: central.password, deviceName: 'Desk', code: await central.code('kim') },
      `sign-in-${(attempts += 1)}`,
    ).then(
      ({ outcome }) => outcome,
      (error: Error) => error.message,
    );
  const said = await answerDialogs(app, ['Cancel', 'Connect', 'Connect']);
  expect(await signIn(other.url)).toContain('was not allowed to connect');
  expect(other.reached).toEqual([]);
  // whoever said no is not asked again at once
  await expect.poll(() => signIn(central.server), { intervals: [1_000] }).toBe('signed-in');
  expect((await said()).at(-1)).toContain(`Connect to ${central.server}?`);

  // as the server makes them, in eight bits or sixteen
  const token = /acme\.[\w-]{43}|a\0c\0m\0e\0\.\0(?:[\w-]\0){43}/;
  for (const path of filesBelow(profile)) {
    const content = readFileSync(path).toString('latin1');
    expect(token.test(content), `${path} has a token`).toBe(false);
    expect(content.includes(central.password), `${path} has the password`).toBe(false);
  }
  // erased from another device: the engine starts anew without its records, and main's second copy of them is gone
  await ask(ui, 'records.create', { table: 'account', values: { name: 'Borealis' } }, 'create');
  const journal = join(profile, 'journal');
  const hasWords = () => filesBelow(journal).some((path) => readFileSync(path).toString('latin1').includes('Borealis'));
  expect(hasWords()).toBe(true);
  const phone = await central.device('kim', 'Phone');
  const { devices } = (await phone.call('GET', '/v1/devices')).body as { devices: readonly { id: string; name: string }[] }; // the route's answer
  const here = devices.find(({ name }) => name === 'Desk')?.id ?? '';
  expect((await phone.call('POST', `/v1/devices/${here}/erase`, {})).status).toBe(200);
  await ask(ui, 'sync.now', {}, 'now');
  const notice = ui.getByRole('dialog', { name: 'This device was erased' });
  await expect(notice).toContainText(central.server);
  expect(hasWords()).toBe(false);
  await notice.getByRole('button', { name: 'Start empty' }).click();
  await expect(notice).toBeHidden();
  await expect.poll(async () => JSON.stringify((await phone.call('GET', '/v1/devices')).body)).toContain('"erased"');
  other.close();
  await central.close();
});
