import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tokens } from '#shared/contract/sync-contract.ts';
import { openCentral, PASSWORD, type Central } from '../../test/support/central.ts';
import { setActive, setPassword } from '../admin/people.ts';
import { hashPassword, isPassword, newCode, readCode } from './secrets.ts';
import { issueCode } from './sign-in.ts';

let central: Central;
let user: string;
beforeAll(async () => {
  central = await openCentral();
  user = await central.person('kim');
});
afterAll(() => central.close());

const tools = () => ({ storage: central.storage, now: () => central.clock.now, newId: central.newId, accessSeconds: 900 });
const post = async (url: string, payload: object, token?: string) => {
  const response = await central.app.inject({
    method: 'POST',
    url,
    payload,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: response.statusCode, body: response.json<Tokens & { error?: { code: string } }>() };
};
const signIn = (device: string, more: object = {}) =>
  post('/v1/sign-in', { tenant: 'acme', login: 'kim', password: PASSWORD, device: { id: device, name: 'Laptop' }, ...more });
const me = async (token: string) =>
  (await central.app.inject({ method: 'GET', url: '/v1/me', headers: { authorization: `Bearer ${token}` } })).statusCode;

test('S15 a password is kept as argon2id with a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword('secret words'), hashPassword('secret words')]);
  expect(one).toMatch(/^argon2id\$/);
  expect(one).not.toBe(two);
  expect([
    await isPassword('secret words', one),
    await isPassword('secret word', one),
    await isPassword('secret words', undefined),
  ]).toEqual([true, false, false]);
});

test('an approval code is read however it was typed', () => {
  const code = newCode();
  expect(code).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
  expect(readCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(code);
});

test('S15 a new device needs a code once; the code is good for one device and one week', async () => {
  expect((await signIn('d1')).body.error?.code).toBe('approval-needed');
  const code = await issueCode(tools(), 'acme', user);
  expect((await signIn('d1', { code, password: 'wrong' })).status).toBe(401);
  const first = await signIn('d1', { code });
  expect(first).toMatchObject({ status: 200, body: { user, device: 'd1', block: 1 } });
  expect((await signIn('d2', { code })).body.error?.code).toBe('approval-needed');
  expect((await signIn('d1')).body).toMatchObject({ block: 1 });
  const old = await issueCode(tools(), 'acme', user);
  central.clock.now += 8 * 86_400_000;
  expect((await signIn('d2', { code: old })).body.error?.code).toBe('approval-needed');
});

test('S15 nothing tells whether it is the tenant, the name or the password that is wrong', async () => {
  const wrong = [{ tenant: 'nobody' }, { tenant: 'Not A Tenant' }, { login: 'nobody' }, { password: 'nothing' }];
  const answers = await Promise.all(wrong.map((more) => signIn('d9', more)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
});

test('S15 an access token lives for a quarter of an hour, a refresh token gives a new pair', async () => {
  const { body } = await signIn('d1');
  expect(await me(body.accessToken)).toBe(200);
  central.clock.now += 901_000;
  expect(await me(body.accessToken)).toBe(401);
  const next = await post('/v1/refresh', { refreshToken: body.refreshToken });
  expect(next.status).toBe(200);
  expect(await me(next.body.accessToken)).toBe(200);
});

test('S15 an answer lost on its way locks nobody out; a copied refresh token signs the device off', async () => {
  const { body } = await signIn('d1');
  // the answer to the first is lost
  await post('/v1/refresh', { refreshToken: body.refreshToken });
  const second = await post('/v1/refresh', { refreshToken: body.refreshToken });
  expect(second.status).toBe(200);
  expect(await me(second.body.accessToken)).toBe(200);
  // the new pair has been used, so whoever sends the old one now has a copy
  expect((await post('/v1/refresh', { refreshToken: body.refreshToken })).status).toBe(401);
  expect(await me(second.body.accessToken)).toBe(401);
  expect((await post('/v1/refresh', { refreshToken: second.body.refreshToken })).status).toBe(401);
  expect((await signIn('d1')).body.error?.code).toBe('forbidden');
});

test('SYN-11 a device that is signed off is out at once, its tokens and its stored session', async () => {
  const laptop = await central.device('kim', 'Laptop');
  const phone = await central.device('kim', 'Phone');
  expect((await laptop.call('GET', '/v1/devices')).body).toMatchObject({
    devices: expect.arrayContaining([expect.objectContaining({ id: phone.tokens.device, name: 'Phone', revoked: false })]) as unknown,
  });
  expect((await laptop.call('POST', `/v1/devices/${phone.tokens.device}/revoke`, {})).status).toBe(200);
  expect((await phone.call('GET', '/v1/pull')).status).toBe(401);
  expect((await post('/v1/refresh', { refreshToken: phone.tokens.refreshToken })).status).toBe(401);
  expect((await laptop.call('POST', '/v1/sign-out', {})).status).toBe(200);
  expect((await laptop.call('GET', '/v1/me')).status).toBe(401);
});

test('SYN-11 a device gives the code for the next one', async () => {
  const laptop = await central.device('kim', 'Laptop');
  const { body } = await laptop.call('POST', '/v1/devices/code', {});
  const { code } = body as { code: string }; // the route's answer
  expect((await signIn('d7', { code })).status).toBe(200);
});

test('SYN-11 switched off, or with a new password, a person is out everywhere', async () => {
  const laptop = await central.device('kim', 'Laptop');
  await setActive(tools(), 'acme', 'kim', false);
  expect((await laptop.call('GET', '/v1/me')).status).toBe(401);
  expect((await signIn('d7')).status).toBe(401);
  await setActive(tools(), 'acme', 'kim', true);
  const again = await signIn('d7');
  await setPassword(tools(), 'acme', 'kim', 'a new long password');
  expect(await me(again.body.accessToken)).toBe(401);
  const third = await signIn('d7', { password: 'a new long password' });
  expect((await post('/v1/password', { old: 'wrong', new: 'another long one' }, third.body.accessToken)).status).toBe(403);
  expect((await post('/v1/password', { old: 'a new long password', new: PASSWORD }, third.body.accessToken)).status).toBe(200);
  expect((await signIn('d7')).status).toBe(200);
});
