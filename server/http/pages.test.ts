import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type Central } from '../../test/support/central.ts';

const ORIGIN = 'http://127.0.0.1:47290';
let folder: string;
let central: Central;
let address: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'satchel-app-'));
  for (const name of ['renderer', 'engine']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<style nonce="__NONCE__"></style>');
  writeFileSync(join(folder, 'engine', 'worker.js'), 'postMessage(1)');
  writeFileSync(join(folder, 'secret.json'), '{}');
  central = await openCentral(undefined, { allowedOrigins: [ORIGIN], appFolder: folder });
  await central.person('kim');
  address = await central.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await central.close();
  rmSync(folder, { recursive: true });
});

test('DSK-07 the central store serves the built application, under its policy and a nonce of this load alone', async () => {
  const page = await central.app.inject({ method: 'GET', url: '/' });
  const [, nonce = 'none'] = /nonce="([^"]+)"/.exec(page.body) ?? [];
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
  expect(page.headers['content-security-policy']).toContain("connect-src 'self';");
  expect((await central.app.inject({ method: 'GET', url: '/engine/worker.js' })).body).toBe('postMessage(1)');
});

test.each(['/../secret.json', '/..%2fsecret.json', '/engine/../../secret.json', '/nothing.html', '/v1/nothing', '/renderer/'])(
  'DSK-06 %s answers 404',
  async (url) => {
    expect((await central.app.inject({ method: 'GET', url })).statusCode).toBe(404);
  },
);

test('DSK-06 nothing but reading of pages is answered', async () => {
  expect((await central.app.inject({ method: 'POST', url: '/', payload: {} })).statusCode).toBe(404);
});

const preflight = (origin: string) =>
  central.app.inject({
    method: 'OPTIONS',
    url: '/v1/push',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
  });

test('S15 pages of an allowed origin may ask, without cookies; those of others are told nothing', async () => {
  const allowed = await preflight(ORIGIN);
  expect(allowed.statusCode).toBe(204);
  expect(allowed.headers).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-headers': 'authorization, content-type, content-encoding, satchel-schema',
  });
  expect(allowed.headers['access-control-allow-credentials']).toBeUndefined();
  for (const origin of ['http://127.0.0.1:47291', 'https://evil.example', 'null']) {
    const other = await preflight(origin);
    expect([other.statusCode, other.headers['access-control-allow-origin']]).toEqual([404, undefined]);
    const about = await central.app.inject({ method: 'GET', url: '/v1/about', headers: { origin } });
    expect(about.headers['access-control-allow-origin']).toBeUndefined();
  }
  const about = await central.app.inject({ method: 'GET', url: '/v1/about', headers: { origin: ORIGIN } });
  expect(about.headers['access-control-allow-origin']).toBe(ORIGIN);
  // a refusal is told as well, or the page would take it for a network that is down
  const refused = await central.app.inject({ method: 'GET', url: '/v1/me', headers: { origin: ORIGIN } });
  expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([401, ORIGIN]);
});

test('S17 news reach pages of an allowed origin', async () => {
  const device = await central.device('kim');
  const ending = new AbortController();
  const { headers } = await fetch(`${address}/v1/news`, {
    headers: { authorization: `Bearer ${device.tokens.accessToken}`, origin: ORIGIN },
    signal: ending.signal,
  });
  expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
  ending.abort();
});
