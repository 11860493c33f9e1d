import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { expect, test } from 'vitest';
import type { BegunSignIn } from '#shared/contract/sync-contract.ts';
import { codeOn, openTestBrowser } from '../../test/support/browse.ts';
import { openCentral } from '../../test/support/central.ts';
import { setProvider } from './provider.ts';

const PUBLIC = 'http://127.0.0.1:47300';

/** Signs in on a provider's own pages, as a browser does: cookies, forms, and wherever it is sent. Answers where it is sent outside. */
async function onTheirPages(start: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(start);
  let at = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 12; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    form = undefined;
    if (location !== null) at = new URL(location, at).href;
    if (location !== null && !at.startsWith(origin)) return at;
    if (location !== null) continue;
    const page = await response.text();
    const [, action = ''] = /<form[^>]+action="([^"]+)"/.exec(page) ?? [];
    const [, prompt = ''] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
    if (action === '') throw new Error(`no form at ${at}: ${page.slice(0, 500)}`);
    at = new URL(action, at).href;
    form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'x' } : { prompt });
  }
  throw new Error('the provider sends the browser around');
}

test('S15 the whole way with a certified provider (oidc-provider): its pages, PKCE, its keys, and the e-mail address from its user info', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'satchel', client_secret: 'a secret of the test', redirect_uris: [`${PUBLIC}/sign-in/back/acme`] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@acme.example`, email_verified: true, name: 'Kim' }),
    }),
    pkce: { required: () => true },
  });
  server.on('request', provider.callback());
  const central = await openCentral(undefined, { publicUrl: PUBLIC }, Date.now);
  const user = await central.person('kim@acme.example');
  await setProvider(central.storage, 'acme', {
    issuer,
    clientId: 'satchel',
    secret: 'a secret of the test',
    claim: 'email',
    unknownRole: undefined,
    passwords: false,
  });
  const post = async (url: string, payload: object) => (await central.app.inject({ method: 'POST', url, payload })).json<unknown>();
  const { ticket, page } = (await post('/v1/sign-in/organisation', { tenant: 'acme', deviceName: 'Laptop' })) as BegunSignIn; // of this route
  const browser = openTestBrowser(central.app);
  const shown = await browser.open(await onTheirPages((await browser.open(page)).location, 'kim'));
  expect([shown.status, codeOn(shown)]).toEqual([200, expect.stringMatching(/^\w{5}-\w{5}$/)]);
  const device = { id: central.newId(), name: 'Laptop' };
  expect(await post('/v1/sign-in/organisation/finish', { ticket, code: codeOn(shown), device })).toMatchObject({
    user,
    login: 'kim@acme.example',
  });
  await central.close();
  server.closeAllConnections();
  server.close();
});
