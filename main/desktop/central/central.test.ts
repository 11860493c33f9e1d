import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fromNodePort } from '#shared/contract/port.ts';
import type { MailGate } from '#shared/contract/mail-gate.ts';
import type { KeyStore, Net } from '#shared/contract/net.ts';
import { openCentral, PASSWORD, type Central } from '../../../test/support/central.ts';
import { crashDisk } from '../../../test/support/crash-disk.ts';
import { noNet } from '../../../test/support/fake-net.ts';
import { keysOf, netOf } from '../../engine/host/central-port.ts';
import { fetchNet } from '../../engine/host/fetch-net.ts';
import { callMain } from '../../engine/host/main-calls.ts';
import { memoryKeys } from '../../engine/host/memory-keys.ts';
import { openCentralStore } from '../../engine/sync/central-store.ts';
import { openJournal } from '../journal/journal.ts';
import { serveJournal } from '../journal/journal-service.ts';
import { allowedServer } from './allowed-server.ts';
import { centralService } from './central-service.ts';
import { sealedKeys, type Seal } from './sealed-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'satchel-central-'));
let central: Central;
let server: string;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
  server = await central.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await central.close();
  rmSync(folder, { recursive: true });
});
const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

const realNet = fetchNet((milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
});
const agree = async (): Promise<void> => undefined;
const noMail: MailGate = { send: async () => ({ outcome: 'unknown' }), known: async () => ({ outcome: 'none' }) };

async function engineSide({
  net = realNet,
  allow = agree,
  keys = memoryKeys(),
}: { net?: Net; allow?: (server: string) => Promise<void>; keys?: KeyStore } = {}) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveJournal(fromNodePort(port1), await openJournal(crashDisk()), {
    storeExists: agree,
    erase: () => openJournal(crashDisk()),
    files: () => Promise.resolve(null),
    central: centralService({ net, keys, mail: noMail, allow, newAbort: () => new AbortController() }),
    remind: () => Promise.resolve(),
    report: () => undefined,
  });
  const ask = callMain(port2);
  return { net: netOf(ask), keys: keysOf(ask), port: port2 };
}

test('S15 the engine signs in, works and hears news through main', async () => {
  const asked: string[] = [];
  const host = await engineSide({ allow: async (given) => void asked.push(given) });
  const store = openCentralStore(host);
  const device = { id: central.newId(), name: 'Laptop' };
  await store.signIn({ server, tenant: 'acme', login: 'kim', password: PASSWORD, device, code: await central.code('kim') });
  expect((await store.pull({})).rows.length).toBeGreaterThan(0);
  const ending = new AbortController();
  const heard = new Promise<void>((resolve) => {
    void store.news(() => resolve(), ending.signal).finally(resolve);
  });
  await heard;
  ending.abort();
  await store.signOut();
  expect(new Set(asked)).toEqual(new Set([server]));
});

test('DSK-06 what does not fit is refused before anything goes out, and answered', async () => {
  let requests = 0;
  const { net, keys, port } = await engineSide({
    net: { ...noNet, request: async () => ({ status: 200, headers: {}, body: new Uint8Array([++requests]) }) },
  });
  const ask = { server, method: 'GET' as const, path: '/v1/about', deadlineMs: 1_000, maxBytes: 1_000 };
  for (const wrong of [
    { deadlineMs: 1e9 },
    { maxBytes: 1e12 },
    { path: 'x'.repeat(5_000) },
    { headers: { cookie: 'a=b' } },
    { headers: { host: 'example.com' } },
    { server: 'x'.repeat(301) },
    { method: 'TRACE' as 'GET' },
  ])
    await expect(net.request({ ...ask, ...wrong })).rejects.toMatchObject({ code: 'contract' });
  await expect(keys.get('../../etc')).rejects.toMatchObject({ code: 'contract' });
  port.postMessage({ call: 'netRequest', id: 'x' });
  expect(requests).toBe(0);
  expect((await net.request(ask)).body).toEqual(new Uint8Array([1]));
});

test('DSK-06 what the person did not allow is not asked', async () => {
  const refuse = allowedServer({ path: join(folder, 'refused.json'), ask: async () => false, now: () => 0 });
  const { net } = await engineSide({ allow: refuse });
  await expect(net.request({ server, method: 'GET', path: '/v1/about', deadlineMs: 1_000, maxBytes: 1_000 })).rejects.toMatchObject({
    code: 'permission',
  });
});

test('S17 an engine that gives up, or goes, ends its requests; so many at a time', async () => {
  const signals: { aborted: boolean }[] = [];
  const pending: Net = {
    request: ({ signal }) =>
      new Promise((_resolve, reject) => {
        if (signal) signals.push(signal);
        signal?.addEventListener('abort', () => reject(new Error('ended')));
      }),
    listen: () => Promise.resolve(),
  };
  const { net, port } = await engineSide({ net: pending });
  const call = { server, method: 'GET' as const, path: '/', deadlineMs: 1_000, maxBytes: 1 };
  const ending = new AbortController();
  const asking = net.request({ ...call, signal: ending.signal });
  ending.abort();
  await expect(asking).rejects.toMatchObject({ code: 'internal' });
  const many = Array.from({ length: 33 }, () => net.request(call).catch((error: unknown) => error));
  expect(await many[32]).toMatchObject({ code: 'limit', retryable: true });
  port.close();
  await Promise.all(many);
  await expect.poll(() => signals.every(({ aborted }) => aborted)).toBe(true);
});

test('DSK-06 the person is asked once for each server, and the answer is remembered', async () => {
  const path = join(folder, 'central.json');
  const asked: string[] = [];
  let answer = true;
  let now = 0;
  const open = () =>
    allowedServer({
      path,
      now: () => now,
      ask: async (given) => {
        asked.push(given);
        return answer;
      },
    });
  const allow = open();
  await Promise.all([allow('https://a.example.com'), allow('https://a.example.com')]);
  await open()('https://a.example.com');
  expect(asked).toEqual(['https://a.example.com']);
  answer = false;
  await expect(allow('https://b.example.com')).rejects.toMatchObject({ code: 'permission' });
  // at once again: not asked
  await expect(allow('https://b.example.com')).rejects.toMatchObject({ code: 'permission' });
  await expect(allow('http://b.example.com')).rejects.toMatchObject({ code: 'contract' });
  expect(asked).toHaveLength(2);
  now += 2_000;
  await expect(allow('https://b.example.com')).rejects.toMatchObject({ code: 'permission' });
  now += 1_000;
  answer = true;
  await allow('https://b.example.com');
  // another one takes the place of the first
  answer = false;
  now += 3_000;
  await expect(open()('https://a.example.com')).rejects.toMatchObject({ code: 'permission' });
  expect(asked).toHaveLength(4);
});

test('DSK-06 while one question is open no other server gets in with its answer', async () => {
  let agreeNow: (agreed: boolean) => void = () => undefined;
  const ask = () =>
    new Promise<boolean>((resolve) => {
      agreeNow = resolve;
    });
  const agreed: string[] = [];
  const allow = allowedServer({ path: join(folder, 'two.json'), ask, now: () => 0, onAgreed: (one) => void agreed.push(one) });
  const first = allow('https://a.example.com');
  await expect(allow('https://evil.example')).rejects.toMatchObject({ code: 'permission' });
  expect(agreed).toEqual([]);
  agreeNow(true);
  await first;
  // and it is known at the next start, before anything is asked
  allowedServer({ path: join(folder, 'two.json'), ask, now: () => 0, onAgreed: (one) => void agreed.push(`again ${one}`) });
  expect(agreed).toEqual(['https://a.example.com', 'again https://a.example.com']);
});

const KEY = 7;
const seal = (isSafe = true): Seal => ({
  isSafe: async () => isSafe,
  encrypt: async (text) => Buffer.from(Buffer.from(text).map((byte) => byte ^ KEY)),
  decrypt: async (bytes) => {
    if (bytes.length > 100) throw new Error('not ours');
    return Buffer.from(bytes.map((byte) => byte ^ KEY)).toString('utf8');
  },
});

test('S15 secrets outlive Satchel, sealed', async () => {
  const path = join(folder, 'secrets.json');
  const keys = sealedKeys(path, seal());
  await Promise.all([keys.set('one', 'acme.secret-token'), keys.set('two', 'other')]);
  expect(await sealedKeys(path, seal()).get('one')).toBe('acme.secret-token');
  expect(readFileSync(path, 'utf8')).not.toContain('secret-token');
  await keys.remove('one');
  expect([await keys.get('one'), await keys.get('two')]).toEqual([undefined, 'other']);
});

test('S15 without a key store of the system secrets are in memory alone', async () => {
  const path = join(folder, 'unsafe.json');
  const keys = sealedKeys(path, seal(false));
  await keys.set('one', 'acme.secret-token');
  expect(await keys.get('one')).toBe('acme.secret-token');
  expect(() => readFileSync(path)).toThrow('ENOENT');
  expect(await sealedKeys(path, seal(false)).get('one')).toBeUndefined();
});

test('S15 what cannot be opened or read any more counts as none', async () => {
  const path = join(folder, 'damaged.json');
  writeFileSync(path, JSON.stringify({ one: Buffer.alloc(200).toString('base64') }));
  expect(await sealedKeys(path, seal()).get('one')).toBeUndefined();
  writeFileSync(path, '{"one":');
  const keys = sealedKeys(path, seal());
  expect(await keys.get('one')).toBeUndefined();
  await keys.set('one', 'new');
  expect(await keys.get('one')).toBe('new');
});
