import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SyncFailure, Tokens } from '#shared/contract/sync-contract.ts';
import { openCentral, PASSWORD, type Central } from '../../test/support/central.ts';
import type { Running } from '../server.ts';
import { sql } from '../storage/storage.ts';
import { forgetOldGuesses } from './guesses.ts';

let central: Central;
let second: Running;
beforeAll(async () => {
  central = await openCentral();
  second = central.another();
  for (const login of ['kim', 'lee', 'ann', 'bob', 'cho']) await central.person(login);
});
afterAll(() => central.close());

type Said = Tokens & Partial<SyncFailure>;
const signIn = async (login: string, more: object = {}, app = central.app) => {
  const payload = { tenant: 'acme', login, password: 'a wrong guess', device: { id: 'elsewhere', name: 'x' }, ...more };
  const response = await app.inject({ method: 'POST', url: '/v1/sign-in', payload });
  const body = response.json<Said>();
  return { status: response.statusCode, code: body.error?.code, waitMs: body.error?.retryAfterMs ?? 0, message: body.error?.message };
};
const right = { password: PASSWORD };
/** Guesses until one has to wait; answers how many were looked at. */
const guessUntilHeld = async (login: string, more: object = {}): Promise<number> => {
  for (let tries = 0; tries < 50; tries += 1) if ((await signIn(login, more)).status === 429) return tries;
  return Infinity;
};

test('S15 wrong passwords of one login make the next one wait, longer each time, through whichever instance and device they come', async () => {
  const waits: number[] = [];
  for (let tries = 0; waits.length < 9; tries += 1) {
    const said = await signIn('kim', { device: { id: `d${tries}`, name: 'x' } }, tries % 2 === 0 ? central.app : second.app);
    if (said.status === 401) continue;
    // held up, the right one is not looked at either: nothing is learnt
    expect(await signIn('kim', right, second.app)).toEqual(said);
    waits.push(said.waitMs);
    central.clock.now += said.waitMs;
  }
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000]);
});

test('S15 a hundred guesses at the same time are a hundred: no more of them are looked at', async () => {
  const said = await Promise.all(Array.from({ length: 15 }, () => signIn('lee')));
  expect(said.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(6);
});

test('S15 guesses from elsewhere hold nobody up who has a device, or a code for a new one', async () => {
  const ann = await central.device('ann');
  await guessUntilHeld('ann');
  expect((await signIn('ann', right)).status).toBe(429);
  expect((await signIn('ann', { ...right, device: { id: ann.tokens.device, name: 'Laptop' } })).status).toBe(200);
  const code = await central.code('ann');
  expect((await signIn('ann', { ...right, code, device: { id: 'new-laptop', name: 'New' } })).status).toBe(200);
  // whoever has the device in their hands cannot go on for ever either
  expect(await guessUntilHeld('ann', { device: { id: ann.tokens.device, name: 'Laptop' } })).toBeLessThan(10);
  expect((await signIn('ann', { ...right, device: { id: 'new-laptop', name: 'New' } })).status).toBe(200);
});

test('S15 a login, or a tenant, that is not there is answered as one that is', async () => {
  const said = async (login: string, tenant: string) => {
    const all = [];
    for (let tries = 0; tries < 9; tries += 1) all.push(await signIn(login, { tenant }));
    return all;
  };
  const [real, ...made] = [await said('bob', 'acme'), await said('nobody', 'acme'), await said('bob', 'no-such-tenant')];
  expect(real?.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 429, 429, 429]);
  for (const one of made) expect(one).toEqual(real);
});

test('S15 codes for a device are not to be guessed by who knows the password', async () => {
  const wrongCodes = [];
  for (let tries = 0; tries < 9; tries += 1) {
    wrongCodes.push((await signIn('cho', { ...right, code: `AAAAA-AAAA${tries + 2}` })).status);
    // without a code the password is right each time, which forgives nothing
    wrongCodes.push((await signIn('cho', right)).status);
  }
  expect(wrongCodes.filter((status) => status === 403).length).toBe(6);
  expect(wrongCodes.at(-1)).toBe(429);
});

test('S15 the old password is not to be guessed by who has found a device signed in', async () => {
  const { call } = await central.device('bob');
  const change = (old: string) => call('POST', '/v1/password', { old, new: 'a new long password' });
  const said = [];
  for (let tries = 0; tries < 8; tries += 1) said.push((await change(`guess ${tries}`)).status);
  expect(said).toEqual([403, 403, 403, 403, 403, 403, 429, 429]);
  central.clock.now += 10_000;
  expect((await change(PASSWORD)).status).toBe(200);
});

test('what was counted is forgotten after a day, and says of nobody who they are', async () => {
  await signIn('kim');
  const all = sql('test-guesses', 'select key from sign_in_guess');
  const keys = await central.storage.global<{ key: string }>(all, []);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.every(({ key }) => /^[\w-]{43}$/.test(key))).toBe(true);
  expect(await forgetOldGuesses(central.storage, central.clock.now)).toBeLessThan(keys.length);
  central.clock.now += 2 * 86_400_000;
  await forgetOldGuesses(central.storage, central.clock.now);
  expect(await central.storage.global(all, [])).toEqual([]);
});
