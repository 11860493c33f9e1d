import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve, type Served } from './serve.ts';

let folder: string;
let served: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'satchel-serve-'));
  for (const name of ['renderer', 'engine']) mkdirSync(join(folder, 'out', name), { recursive: true });
  writeFileSync(join(folder, 'out', 'renderer', 'index.html'), '<meta nonce="__NONCE__"><style nonce="__NONCE__"></style>');
  writeFileSync(join(folder, 'out', 'engine', 'worker.js'), 'postMessage(1)');
  writeFileSync(join(folder, 'secret.json'), '{}');
  served = await serve(0, join(folder, 'out'));
});

afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

type Answer = { status: number; headers: Record<string, unknown>; body: string };

/** Sends the path as it is: fetch would tidy it. */
function ask(path: string, options: { method?: string; host?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(served.url);
    const headers = options.host === undefined ? {} : { host: options.host };
    const sent = request({ hostname, port, path, method: options.method ?? 'GET', headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('DSK-07 the application is served with the strict policy and a nonce of this load alone', async () => {
  const [first, second] = [await ask('/'), await ask('/')];
  const nonce = /nonce="([^"]+)"/.exec(first.body)?.[1] ?? 'none';
  expect(first.status).toBe(200);
  expect(first.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
  expect(first.headers['x-content-type-options']).toBe('nosniff');
  expect(first.body).not.toContain('__NONCE__');
  expect(second.body).not.toContain(nonce);
});

test('DSK-06 S15 the policy lets pages talk to their own origin and the named central stores alone', async () => {
  expect((await ask('/')).headers['content-security-policy']).toContain("connect-src 'self';");
  const other = await serve(0, join(folder, 'out'), ['https://satchel.example.com:8443/path']);
  const { headers } = await fetch(other.url);
  expect(headers.get('content-security-policy')).toContain("connect-src 'self' https://satchel.example.com:8443;");
  await other.close();
});

test("DSK-07 the engine's worker is served under /engine/, with the policy that its own imports obey", async () => {
  const answer = await ask('/engine/worker.js?epoch=2');
  expect(answer.headers['content-type']).toMatch('text/javascript');
  expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
  expect(answer.body).toBe('postMessage(1)');
});

test.each(['/../secret.json', '/..%2fsecret.json', '/engine/../../secret.json', '/nothing.html', '/renderer/'])(
  'DSK-06 %s answers 404',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);

test('DSK-06 nothing but reading is answered, and no foreign host name', async () => {
  expect((await ask('/', { method: 'POST' })).status).toBe(405);
  expect((await ask('/', { method: 'HEAD' })).body).toBe('');
  expect((await ask('/', { host: 'evil.example' })).status).toBe(421);
});

test('a port that is taken is an error, not a silent other port', async () => {
  await expect(serve(Number(new URL(served.url).port), join(folder, 'out'))).rejects.toThrow('EADDRINUSE');
});
