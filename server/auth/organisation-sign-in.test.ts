import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BegunSignIn, Tokens } from '#shared/contract/sync-contract.ts';
import { codeOn, openTestBrowser, type Browsed } from '../../test/support/browse.ts';
import { openCentral, PASSWORD, type Central } from '../../test/support/central.ts';
import { openIdentityProvider, TEST_CLIENT, type IdentityProvider } from '../../test/support/identity-provider.ts';
import { setActive } from '../admin/people.ts';
import { createTenant } from '../admin/tenants.ts';
import { removeProvider, setProvider, unlinkMember, type Provider } from './provider.ts';

const PUBLIC = 'https://satchel.test';
const KIM = { sub: 'provider-kim', email: 'Kim', email_verified: true };

let central: Central;
let idp: IdentityProvider;
let user: string;
beforeAll(async () => {
  central = await openCentral(undefined, { publicUrl: PUBLIC });
  idp = await openIdentityProvider(() => central.clock.now);
  user = await central.person('kim');
  await central.person('lee');
  await createTenant(central.storage, 'zeta', 'Zeta', new Date(central.clock.now));
});
afterAll(async () => {
  await idp.close();
  await central.close();
});
const provider = (more: Partial<Provider> = {}): Provider => ({
  issuer: idp.issuer,
  clientId: TEST_CLIENT.id,
  secret: TEST_CLIENT.secret,
  claim: 'email',
  unknownRole: undefined,
  passwords: true,
  ...more,
});
beforeEach(async () => {
  idp.lie({});
  // what the server keeps of the provider is over
  central.clock.now += 3_700_000;
  await setProvider(central.storage, 'acme', provider());
  for (const id of [user]) await unlinkMember(central.storage, 'acme', id);
});

type Said = {
  readonly status: number;
  readonly body: Tokens & { readonly login: string; readonly error?: { readonly code: string; readonly message: string } };
};
async function post(url: string, payload: object): Promise<Said> {
  const response = await central.app.inject({ method: 'POST', url, payload });
  return { status: response.statusCode, body: response.json() };
}
async function begin(tenant = 'acme', deviceName = 'Laptop'): Promise<BegunSignIn> {
  const { status, body } = await post('/v1/sign-in/organisation', { tenant, deviceName });
  expect(status).toBe(200);
  return body as unknown as BegunSignIn; // of this route
}
const finish = (ticket: string, code: string, device = central.newId()) =>
  post('/v1/sign-in/organisation/finish', { ticket, code, device: { id: device, name: 'Laptop' } });
/** The browser's part, from the page that the device opens to the one with the code. */
async function browse({ page }: BegunSignIn, person: object = KIM, browser = openTestBrowser(central.app)): Promise<Browsed> {
  const gone = await browser.open(page);
  return gone.status === 303 ? browser.open(idp.signIn(gone.location, { ...person })) : gone;
}

test('S15 somebody signs in with their organisation: the page shows a code, the device gets its tokens for it, without an approval code', async () => {
  const begun = await begin();
  expect(begun.page).toMatch(/^https:\/\/satchel\.test\/sign-in\/go\?flow=acme\./);
  const browser = openTestBrowser(central.app);
  const gone = await browser.open(begun.page);
  expect(gone.status).toBe(303);
  const asked = new URL(gone.location);
  expect(`${asked.origin}${asked.pathname}`).toBe(`${idp.issuer}/authorize`);
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: TEST_CLIENT.id,
    redirect_uri: `${PUBLIC}/sign-in/back/acme`,
    code_challenge_method: 'S256',
  });
  expect(String(gone.headers['set-cookie'])).toMatch(/; Path=\/sign-in\/; Max-Age=900; HttpOnly; SameSite=Lax; Secure$/);
  const back = await browser.open(idp.signIn(gone.location, KIM));
  expect([back.status, codeOn(back)]).toEqual([200, expect.stringMatching(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/)]);
  expect(back.headers['content-security-policy']).toContain("default-src 'none'");
  const done = await finish(begun.ticket, codeOn(back).toLowerCase().replace('-', ' '));
  expect(done).toMatchObject({ status: 200, body: { user, login: 'kim' } });
  const me = await central.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${done.body.accessToken}` } });
  expect(me.json()).toMatchObject({ user });
});

test('S15 a code counts once, for five minutes, and only with the ticket of the device that asked', async () => {
  const [mine, other] = [await begin(), await begin()];
  const code = codeOn(await browse(mine));
  expect((await finish(other.ticket, code)).body.error?.code).toBe('approval-needed');
  expect((await finish(`${mine.ticket}x`, code)).status).toBe(401);
  expect((await finish(mine.ticket, code)).status).toBe(200);
  expect((await finish(mine.ticket, code)).status).toBe(401);
  const late = await begin();
  const lateCode = codeOn(await browse(late));
  central.clock.now += 301_000;
  expect((await finish(late.ticket, lateCode)).status).toBe(401);
});

test('S15 a code is not guessed: the fifth wrong one ends the sign-in, and the right one is no use then', async () => {
  const begun = await begin();
  const code = codeOn(await browse(begun));
  for (let tries = 1; tries < 5; tries += 1) expect((await finish(begun.ticket, 'AAAAA-AAAAA')).body.error?.code).toBe('approval-needed');
  expect((await finish(begun.ticket, 'AAAAA-AAAAA')).status).toBe(401);
  expect((await finish(begun.ticket, code)).status).toBe(401);
});

test('S15 tries are limited for each address', async () => {
  const strict = await openCentral(undefined, { publicUrl: PUBLIC, signInsPerMinute: 3 });
  const ask = async () =>
    (
      await strict.app.inject({
        method: 'POST',
        url: '/v1/sign-in/organisation/finish',
        payload: { ticket: 'acme.x', code: 'x', device: { id: 'd', name: 'd' } },
      })
    ).statusCode;
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([401, 401, 401, 429]);
  await strict.close();
});

test('S15 before anyone has signed in the device is told so, and the link is over a quarter of an hour later', async () => {
  const begun = await begin();
  expect((await finish(begun.ticket, 'AAAAA-AAAAA')).body.error).toMatchObject({
    code: 'approval-needed',
    message: expect.stringContaining('first'),
  });
  central.clock.now += 901_000;
  expect((await browse(begun)).status).toBe(410);
});

describe('S15 what is wrong about an ID token lets nobody in', () => {
  const past = () => Math.floor(central.clock.now / 1_000) - 600;
  test.each([
    ['another nonce', () => ({ claims: { nonce: 'of another sign-in' } })],
    ['no nonce', () => ({ claims: { nonce: undefined } })],
    ['another audience', () => ({ claims: { aud: 'another client' } })],
    ['further audiences that it does not answer for', () => ({ claims: { aud: [TEST_CLIENT.id, 'another'], azp: 'another' } })],
    ['another issuer', () => ({ claims: { iss: 'https://elsewhere.example.com' } })],
    ['expired', () => ({ claims: { exp: past(), iat: past() - 300 } })],
    ['no subject', () => ({ claims: { sub: undefined } })],
    ['signed with another key', () => ({ otherKey: true })],
    ['not signed', () => ({ unsigned: true })],
    ['a discovery document of another issuer', () => ({ discovery: { issuer: 'https://elsewhere.example.com' } })],
    ['an issuer beside the code that is another one (mix-up, RFC 9207)', () => ({ iss: 'https://elsewhere.example.com' })],
  ])('%s', async (_what, lies) => {
    idp.lie(lies());
    const begun = await begin();
    const shown = await browse(begun);
    expect([shown.status, codeOn(shown)]).toEqual([502, '']);
    expect((await finish(begun.ticket, 'AAAAA-AAAAA')).body.error?.code).toBe('approval-needed');
  });
});

describe('S15 what comes back is taken from the browser that left, once', () => {
  test('another browser, another state, or the same again', async () => {
    const begun = await begin();
    const browser = openTestBrowser(central.app);
    const { location } = await browser.open(begun.page);
    const back = idp.signIn(location, KIM);
    expect((await openTestBrowser(central.app).open(back)).status).toBe(410);
    const changed = new URL(back);
    changed.searchParams.set('state', 'acme.made-up');
    expect((await browser.open(changed.href)).status).toBe(410);
    expect(idp.exchanged).not.toContain(changed.searchParams.get('code'));
    expect((await browser.open(back)).status).toBe(200);
    expect((await browser.open(back)).status).toBe(410);
  });

  test('a link that is opened twice: only the last one comes back', async () => {
    const begun = await begin();
    const browser = openTestBrowser(central.app);
    const first = await browser.open(begun.page);
    const second = await browser.open(begun.page);
    expect((await browser.open(idp.signIn(first.location, KIM))).status).toBe(410);
    expect((await browser.open(idp.signIn(second.location, KIM))).status).toBe(200);
  });

  test('a code of another sign-in (injection): PKCE and nonce stand in its way', async () => {
    const [theirs, mine] = [await begin(), await begin()];
    const attacker = openTestBrowser(central.app);
    const victim = openTestBrowser(central.app);
    const stolen = new URL(idp.signIn((await victim.open(theirs.page)).location, KIM)).searchParams.get('code') ?? '';
    const back = new URL(idp.signIn((await attacker.open(mine.page)).location, { ...KIM, sub: 'attacker' }));
    back.searchParams.set('code', stolen);
    expect((await attacker.open(back.href)).status).toBe(502);
    expect(idp.exchanged).not.toContain(stolen);
  });

  test('mix-up: each tenant has an address of its own to come back to', async () => {
    await setProvider(central.storage, 'zeta', provider());
    const begun = await begin();
    const browser = openTestBrowser(central.app);
    const back = idp.signIn((await browser.open(begun.page)).location, KIM);
    expect((await browser.open(back.replace('/back/acme', '/back/zeta'))).status).toBe(410);
    expect((await browser.open(back)).status).toBe(200);
    await removeProvider(central.storage, 'zeta');
  });

  test('the provider said no: the page says so and repeats nothing of what came', async () => {
    const begun = await begin();
    const browser = openTestBrowser(central.app);
    const { location } = await browser.open(begun.page);
    const state = new URL(location).searchParams.get('state') ?? '';
    const no = `${PUBLIC}/sign-in/back/acme?error=access_denied&error_description=%3Cscript%3E&state=${state}&iss=${encodeURIComponent(idp.issuer)}`;
    const shown = await browser.open(no);
    expect([shown.status, shown.body.includes('script')]).toEqual([403, false]);
  });

  test('the same parameter twice is refused', async () => {
    const begun = await begin();
    const browser = openTestBrowser(central.app);
    const back = idp.signIn((await browser.open(begun.page)).location, KIM);
    expect((await browser.open(`${back}&code=another`)).status).toBe(400);
  });
});

test('S15 the way out leads to the provider alone, whatever the link says (open redirect)', async () => {
  const browser = openTestBrowser(central.app);
  for (const more of ['&to=https://elsewhere.example.com', '&redirect_uri=https://elsewhere.example.com'])
    expect((await browser.open(`${(await begin()).page}${more}`)).status).toBe(400);
  for (const flow of ['acme.made-up', 'https://elsewhere.example.com', '../acme', ''])
    expect(await browser.open(`${PUBLIC}/sign-in/go?flow=${encodeURIComponent(flow)}`)).toMatchObject({ status: 410, location: '' });
  idp.lie({ discovery: { authorization_endpoint: 'http://elsewhere.example.com/authorize' } });
  expect(await browse(await begin())).toMatchObject({ status: 502, location: '' });
});

test('S15 the name of a device, whatever it holds, stays text on the page', async () => {
  const shown = await browse(await begin('acme', '<script>alert(1)</script>"\''));
  expect(shown.body).not.toContain('<script');
  expect(shown.body).toContain('&#60;script&#62;');
});

describe('S15 who comes in', () => {
  const outcome = async (person: object): Promise<readonly [number, string]> => {
    const begun = await begin();
    const shown = await browse(begun, person);
    const done = codeOn(shown) === '' ? undefined : await finish(begun.ticket, codeOn(shown));
    return [shown.status, done?.body.login ?? ''];
  };

  test('an e-mail address that the provider has not verified is nobody’s login', async () => {
    for (const verified of [false, undefined, 'true']) expect(await outcome({ ...KIM, email_verified: verified })).toEqual([403, '']);
    expect(await outcome({ sub: KIM.sub })).toEqual([403, '']);
  });

  test('after the first time the provider’s own name counts: a login that was given to someone else opens nothing', async () => {
    expect(await outcome(KIM)).toEqual([200, 'kim']);
    expect(await outcome({ ...KIM, sub: 'a new Kim' })).toEqual([403, '']);
    expect(await outcome({ ...KIM, email: 'kim.after.marriage' })).toEqual([200, 'kim']);
    await unlinkMember(central.storage, 'acme', user);
    expect(await outcome({ ...KIM, sub: 'a new Kim' })).toEqual([200, 'kim']);
  });

  test('unknown people are refused, or made with one role', async () => {
    const mia = { sub: 'provider-mia', email: 'Mia@Acme.example', email_verified: true, name: 'Mia\u0000 Meier ' };
    expect(await outcome(mia)).toEqual([403, '']);
    await setProvider(central.storage, 'acme', provider({ unknownRole: 'viewer' }));
    expect(await outcome(mia)).toEqual([200, 'mia@acme.example']);
    expect(await outcome(mia)).toEqual([200, 'mia@acme.example']);
    const by = await post('/v1/sign-in', { tenant: 'acme', login: 'mia@acme.example', password: 'none', device: { id: 'd1', name: 'd' } });
    expect(by.status).toBe(401);
  });

  test('who is switched off stays out, between page and device as well', async () => {
    const tools = { storage: central.storage, now: () => central.clock.now, newId: central.newId };
    const begun = await begin();
    const code = codeOn(await browse(begun));
    await setActive(tools, 'acme', 'kim', false);
    expect((await finish(begun.ticket, code)).status).toBe(401);
    expect(await outcome(KIM)).toEqual([403, '']);
    await setActive(tools, 'acme', 'kim', true);
  });

  test('another claim than the e-mail address, as the tenant’s provider has it', async () => {
    await setProvider(central.storage, 'acme', provider({ claim: 'preferred_username' }));
    expect(await outcome({ sub: 'lee-1', preferred_username: 'LEE' })).toEqual([200, 'lee']);
  });
});

test('S15 a device that was signed off comes back under another ID with the same code', async () => {
  const laptop = await central.device('kim');
  await laptop.call('POST', '/v1/sign-out', {});
  const begun = await begin();
  const code = codeOn(await browse(begun));
  expect((await finish(begun.ticket, code, laptop.tokens.device)).body.error?.code).toBe('forbidden');
  expect((await finish(begun.ticket, code)).status).toBe(200);
});

test('S15 ways to sign in by tenant; where passwords do not count, none does', async () => {
  const ways = async (tenant: string) => (await central.app.inject({ url: `/v1/sign-in/ways?tenant=${tenant}` })).json<unknown>();
  expect(await ways('acme')).toEqual({ password: true, organisation: true });
  for (const tenant of ['zeta', 'nobody', 'Not A Tenant']) expect(await ways(tenant)).toEqual({ password: true, organisation: false });
  await setProvider(central.storage, 'acme', provider({ passwords: false }));
  expect(await ways('acme')).toEqual({ password: false, organisation: true });
  const by = await post('/v1/sign-in', { tenant: 'acme', login: 'kim', password: PASSWORD, device: { id: 'd1', name: 'd' } });
  expect(by.status).toBe(403);
  for (const tenant of ['zeta', 'nobody', 'Not A Tenant'])
    expect((await post('/v1/sign-in/organisation', { tenant, deviceName: 'x' })).body.error?.code).toBe('not-found');
});
