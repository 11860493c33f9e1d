import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type Central } from '../../test/support/central.ts';
import { openRateLimit } from './rate-limit.ts';

let central: Central;
let address: string;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
  address = await central.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => central.close());

test('SYN-08 S17 a change on one device wakes the other, which then pulls', async () => {
  const [one, two] = [await central.device('kim', 'One'), await central.device('kim', 'Two')];
  await two.pull();
  const stop = new AbortController();
  const response = await fetch(`${address}/v1/news`, {
    headers: { authorization: `Bearer ${two.tokens.accessToken}` },
    signal: stop.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const heads: number[] = [];
  const hear = async (): Promise<number> => {
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { value: '', done: true };
      if (done) throw new Error('the news ended');
      for (const [, head] of (value ?? '').matchAll(/"head":(\d+)/g)) heads.push(Number(head));
      const last = heads.at(-1);
      if (last !== undefined) return last;
    }
  };
  const before = await hear();
  heads.length = 0;
  const id = await one.create('account', { name: 'News', owner: one.user });
  expect(await hear()).toBeGreaterThan(before);
  await two.pull();
  expect(two.row('account', id)).toBeDefined();
  stop.abort();
});

test('REC-33 a customer hears nothing of when and how much others work: only, from time to time, that they may ask', async () => {
  await central.person('cora', { roles: ['customer'] });
  const [kim, cora] = [await central.device('kim', 'Desk'), await central.device('cora')];
  const stop = new AbortController();
  const response = await fetch(`${address}/v1/news`, {
    headers: { authorization: `Bearer ${cora.tokens.accessToken}` },
    signal: stop.signal,
  });
  const listening = await fetch(`${address}/v1/news`, {
    headers: { authorization: `Bearer ${kim.tokens.accessToken}` },
    signal: stop.signal,
  });
  const colleague = listening.body?.pipeThrough(new TextDecoderStream()).getReader();
  await kim.create('account', { name: 'News', owner: kim.user });
  let told = '';
  while (!told.includes('"head"')) told += (await colleague?.read())?.value ?? '"head"';
  const heard = (await response.body?.pipeThrough(new TextDecoderStream()).getReader().read())?.value ?? '';
  expect(heard).toBe('retry: 2000\n\n');
  stop.abort();
});

test.each([
  [0, ['1.1.1.1', '2.2.2.2', '3.3.3.3'], 429],
  [1, ['1.1.1.1, 9.9.9.9', '2.2.2.2, 9.9.9.9', '3.3.3.3, 9.9.9.9'], 429],
  [1, ['9.9.9.1', '9.9.9.2', '9.9.9.3'], 401],
] as const)(
  'S15 limits count the address that the nearest of %i proxies saw, whatever a caller writes: %j',
  async (trustProxy, forwarded, last) => {
    const strict = await openCentral(undefined, { trustProxy, signInsPerMinute: 2 });
    const statuses: number[] = [];
    for (const address of forwarded) {
      const payload = { tenant: 'acme', login: 'nobody', password: 'x', device: { id: 'd', name: 'd' } };
      const headers = { 'x-forwarded-for': address };
      statuses.push((await strict.app.inject({ method: 'POST', url: '/v1/sign-in', payload, headers })).statusCode);
    }
    expect(statuses).toEqual([401, 401, last]);
    await strict.close();
  },
);

test('a limit lets so many through in a minute, each key by itself, and says how long to wait', () => {
  let now = 0;
  const limit = openRateLimit(2, () => now);
  expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([0, 0, 30_000, 0]);
  now += 30_000;
  expect([limit.take('a'), limit.take('a')]).toEqual([0, 30_000]);
});

test('S18 nothing notifies: not in a transaction, nor anywhere else', () => {
  const folder = join(import.meta.dirname, '..');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  expect(sources.length).toBeGreaterThan(50);
  for (const name of sources)
    expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(/pg_notify|\bnotify\s+[a-z_]+|\blisten\s+[a-z_]+\s*;/i);
});
