import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SyncFailure } from '#shared/contract/sync-contract.ts';
import { openCentral, type Central, type TestDevice } from '../../test/support/central.ts';
import { runAdmin } from '../admin/run-admin.ts';
import { setActive } from '../admin/people.ts';

let central: Central;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
  await central.person('lee');
});
afterAll(() => central.close());

const tools = () => ({
  storage: central.storage,
  now: () => central.clock.now,
  newId: central.newId,
  password: undefined,
  clientSecret: undefined,
  publicUrl: undefined,
});
const post = async (url: string, payload: object) => {
  const response = await central.app.inject({ method: 'POST', url, payload });
  return { status: response.statusCode, error: response.json<Partial<SyncFailure>>().error };
};
const refresh = (refreshToken: string) => post('/v1/refresh', { refreshToken });
const erased = (refreshToken: string) => post('/v1/erased', { refreshToken });
const order = async (by: TestDevice, of: TestDevice) => (await by.call('POST', `/v1/devices/${of.tokens.device}/erase`, {})).status;
const lineOf = async (by: TestDevice, of: TestDevice) =>
  ((await by.call('GET', '/v1/devices')).body as { devices: readonly { id: string }[] }).devices.find(({ id }) => id === of.tokens.device); // the route's answer
const plain = { status: 401, error: { code: 'unauthorized', message: 'Sign in again.' } };

test('S15 a device to be erased is out at once and told so by its own token, until it says that it is done', async () => {
  const laptop = await central.device('kim', 'Laptop');
  const phone = await central.device('kim', 'Phone');
  const other = await central.device('lee');
  expect(await erased(phone.tokens.refreshToken)).toEqual(plain);
  expect(await order(laptop, phone)).toBe(200);
  const asked = new Date(central.clock.now).toISOString();
  expect(await phone.call('GET', '/v1/me')).toEqual({ status: 401, body: { error: { code: 'unauthorized', message: 'Sign in again.' } } });
  central.clock.now += 60_000;
  // asked for again, the first time counts; told as often as it asks
  expect(await order(laptop, phone)).toBe(200);
  for (let time = 0; time < 2; time += 1)
    expect(await refresh(phone.tokens.refreshToken)).toMatchObject({
      status: 401,
      error: { code: 'erase', erase: { device: phone.tokens.device, asked } },
    });
  expect(await lineOf(laptop, phone)).toMatchObject({ revoked: true, eraseAsked: asked });
  // nobody else hears of it, and nobody else can say that it was done
  const [, secret = ''] = phone.tokens.refreshToken.split('.');
  for (const token of [`acme.${'x'.repeat(43)}`, `zeta.${secret}`, `../x.${secret}`, phone.tokens.accessToken, other.tokens.accessToken]) {
    expect(await refresh(token)).toEqual(plain);
    expect(await erased(token)).toEqual(plain);
  }
  for (const live of [laptop, other]) expect(await erased(live.tokens.refreshToken)).toEqual(plain);
  expect(await lineOf(laptop, phone)).not.toHaveProperty('erased');
  expect((await erased(phone.tokens.refreshToken)).status).toBe(200);
  // once only
  expect(await erased(phone.tokens.refreshToken)).toEqual(plain);
  expect(await refresh(phone.tokens.refreshToken)).toEqual(plain);
  expect(await order(laptop, phone)).toBe(404);
  expect(await lineOf(laptop, phone)).toMatchObject({ revoked: true, erased: new Date(central.clock.now).toISOString() });
  // the other devices are as they were
  for (const live of [laptop, other]) expect((await refresh(live.tokens.refreshToken)).status).toBe(200);
});

test('S15 a token that is over, which may be a copy, is told nothing; the one before a lost answer is', async () => {
  const laptop = await central.device('kim', 'Laptop');
  const phone = await central.device('kim', 'Phone');
  const next = await central.app.inject({ method: 'POST', url: '/v1/refresh', payload: { refreshToken: phone.tokens.refreshToken } });
  const { refreshToken: newest, accessToken } = next.json<{ refreshToken: string; accessToken: string }>();
  expect(await order(laptop, phone)).toBe(200);
  // the answer with the new pair was lost: the device still has the one before
  expect((await refresh(phone.tokens.refreshToken)).error?.code).toBe('erase');
  expect((await refresh(newest)).error?.code).toBe('erase');
  const tablet = await central.device('kim', 'Tablet');
  const after = await central.app.inject({ method: 'POST', url: '/v1/refresh', payload: { refreshToken: tablet.tokens.refreshToken } });
  const fresh = after.json<{ accessToken: string }>().accessToken;
  expect((await central.app.inject({ method: 'GET', url: '/v1/me', headers: { authorization: `Bearer ${fresh}` } })).statusCode).toBe(200);
  expect(await order(laptop, tablet)).toBe(200);
  expect(await refresh(tablet.tokens.refreshToken)).toEqual(plain);
  expect(await refresh(accessToken)).toEqual(plain);
});

test('S15 one that was only signed off can still be told, also of a person who is switched off; one that signed itself off cannot', async () => {
  const phone = await central.device('lee', 'Phone');
  const gone = await central.device('lee', 'Old laptop');
  const id = phone.tokens.device;
  await runAdmin(tools(), ['revoke-device', 'acme', 'lee', id]);
  expect(await refresh(phone.tokens.refreshToken)).toEqual(plain);
  await gone.call('POST', '/v1/sign-out', {});
  await setActive(tools(), 'acme', 'lee', false);
  await expect(runAdmin(tools(), ['erase-device', 'acme', 'lee', gone.tokens.device])).rejects.toThrow('can still be told');
  await expect(runAdmin(tools(), ['erase-device', 'acme', 'kim', id])).rejects.toThrow('can still be told');
  expect(await runAdmin(tools(), ['erase-device', 'acme', 'lee', id])).toEqual([expect.stringContaining('erases itself')]);
  expect((await runAdmin(tools(), ['devices', 'acme', 'lee'])).find((line) => line.startsWith(id))).toContain('to be erased since');
  expect((await refresh(phone.tokens.refreshToken)).error?.code).toBe('erase');
  expect((await erased(phone.tokens.refreshToken)).status).toBe(200);
  expect((await runAdmin(tools(), ['devices', 'acme', 'lee'])).find((line) => line.startsWith(id))).toContain('erased on');
});
