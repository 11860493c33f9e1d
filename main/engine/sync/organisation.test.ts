import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask } from '../../../test/support/call-as.ts';
import { codeOn, openTestBrowser } from '../../../test/support/browse.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { openIdentityProvider, TEST_CLIENT, type IdentityProvider } from '../../../test/support/identity-provider.ts';
import { letInBy } from '../../../test/support/organisation.ts';
import { openSyncedEngine, type SyncedEngine } from '../../../test/support/synced-engine.ts';

const SERVER = 'http://127.0.0.1:1';
const KIM = { sub: 'provider-kim', email: 'kim', email_verified: true };

let central: Central;
let idp: IdentityProvider;
let laptop: SyncedEngine;
beforeEach(async () => {
  central = await openCentral(undefined, { publicUrl: SERVER });
  idp = await openIdentityProvider(() => central.clock.now);
  await central.person('kim');
  await central.person('lee');
  laptop = await openSyncedEngine(central, 'kim');
});
afterEach(async () => {
  await laptop.engine.close();
  await idp.close();
  await central.close();
});

const at = { server: SERVER, tenant: 'acme' };
const begin = () => laptop.call('sync.beginSignIn', { ...at, deviceName: 'Laptop' });
async function browse(page: string, person: object = KIM): Promise<string> {
  const browser = openTestBrowser(central.app);
  const { location } = await browser.open(page);
  return codeOn(await browser.open(idp.signIn(location, { ...person })));
}

test('S15 SYN-11 a device signs in with the organisation: it asks how, opens a page, takes the code, and syncs', async () => {
  expect(await ask(laptop.engine, 'sync.ways', at)).toEqual({ reached: true, password: true, organisation: false });
  await expect(begin()).rejects.toMatchObject({ code: 'not-found' });
  await letInBy(central, idp.issuer, TEST_CLIENT);
  expect(await ask(laptop.engine, 'sync.ways', at)).toEqual({ reached: true, password: true, organisation: true });
  await expect(laptop.call('sync.finishSignIn', { code: 'AAAAA-AAAAA' })).rejects.toMatchObject({ code: 'conflict' });
  const { page } = await begin();
  expect(page).toMatch(/^http:\/\/127\.0\.0\.1:1\/sign-in\/go\?flow=/);
  expect(await laptop.call('sync.finishSignIn', { code: 'AAAAA-AAAAA' })).toMatchObject({ outcome: 'code-needed' });
  const code = await browse(page);
  expect(await laptop.call('sync.finishSignIn', { code: 'AAAAA-AAAAA' })).toMatchObject({ outcome: 'code-needed' });
  expect(await laptop.call('sync.finishSignIn', { code })).toEqual({ outcome: 'signed-in' });
  await laptop.sync();
  expect(await ask(laptop.engine, 'sync.status', {})).toMatchObject({
    state: 'idle',
    connection: { login: 'kim', tenant: 'acme', deviceName: 'Laptop' },
  });
});

test('S15 a profile belongs to one person: somebody else’s sign-in is refused and leaves no session behind', async () => {
  await letInBy(central, idp.issuer, TEST_CLIENT);
  await laptop.signIn();
  await laptop.sync();
  const { page } = await begin();
  const code = await browse(page, { sub: 'provider-lee', email: 'lee', email_verified: true });
  await expect(laptop.call('sync.finishSignIn', { code })).rejects.toMatchObject({ code: 'conflict' });
  expect(await laptop.engine.sync.central.session()).toBeUndefined();
});

test('S15 a server that would send people elsewhere than to its own pages is not followed', async () => {
  await letInBy(central, idp.issuer, TEST_CLIENT);
  for (const page of [
    'https://elsewhere.example.com/sign-in/go?flow=x',
    'javascript:alert(1)',
    `${SERVER}.example.com/sign-in/go?flow=x`,
  ]) {
    laptop.net.next({ status: 200, body: JSON.stringify({ ticket: 'acme.x', page, expiresIn: 900 }) });
    await expect(begin()).rejects.toMatchObject({ code: expect.stringMatching(/^(validation|contract)$/) as unknown });
  }
});
