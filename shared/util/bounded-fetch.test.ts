import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchNet } from '#engine/host/fetch-net.ts';
import type { NetCall } from '../contract/net.ts';

const asked: string[] = [];
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const ANSWERS: Readonly<Record<string, Answer>> = {
  '/plain': (_request, response) => void response.writeHead(200, { 'X-Mark': 'yes' }).end('hello'),
  '/echo': (request, response) => void request.pipe(response.writeHead(201)),
  '/moved': (_request, response) => void response.writeHead(302, { location: '/plain' }).end(),
  '/silent': () => undefined,
  '/half': (_request, response) => void response.writeHead(200, { 'content-length': '100' }).write('half'),
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setImmediate(() => response.destroy());
  },
  // a thousandth of its size on the way
  '/bomb': (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50 * 2 ** 20))),
  '/packed': (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked')),
  '/cookie': (request, response) => void response.writeHead(200, { 'set-cookie': 'a=b' }).end(String(request.headers.cookie)),
  '/events': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: one\n\n');
    response.end('data: two\n\n');
  },
  '/open': (_request, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n'),
  '/flood': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${'x'.repeat(200_000)}`);
  },
  '/refused': (_request, response) => void response.writeHead(401).end('{}'),
};
const http = createServer((request, response) => {
  const path = request.url ?? '';
  asked.push(path);
  (ANSWERS[path] ?? ((_request, other) => void other.writeHead(404).end()))(request, response);
});
let server: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  server = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(() => http.close());

/** Timers of the test: they go off when it says so. */
const timers = new Map<number, () => void>();
const net = fetchNet((milliseconds, run) => {
  timers.set(milliseconds, run);
  return () => timers.delete(milliseconds);
});
const ask = (path: string, more: Partial<NetCall> = {}) =>
  net.request({ server, method: 'GET', path, deadlineMs: 30_000, maxBytes: 1_000_000, ...more });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('S17 an answer comes with its status, its headers and its body', async () => {
  const { status, headers, body } = await ask('/plain');
  expect([status, headers['x-mark'], text(body)]).toEqual([200, 'yes', 'hello']);
  expect(text((await ask('/echo', { method: 'POST', body: 'sent' })).body)).toBe('sent');
  expect(text((await ask('/echo', { method: 'PUT', body: new Uint8Array([104, 105]) })).body)).toBe('hi');
  expect(text((await ask('/packed')).body)).toBe('unpacked');
  expect((await ask('/none')).status).toBe(404);
});

test('S17 what is larger than agreed is not read, packed or not', async () => {
  await expect(ask('/bomb')).rejects.toMatchObject({ code: 'limit' });
  await expect(ask('/plain', { maxBytes: 4 })).rejects.toMatchObject({ code: 'limit' });
  expect(text((await ask('/plain', { maxBytes: 5 })).body)).toBe('hello');
});

test.each(['/silent', '/half'])('S17 %s: after the deadline it counts as not reached', async (path) => {
  const before = asked.length;
  const asking = ask(path, { deadlineMs: 7 }).catch((error: unknown) => error);
  while (asked.length === before) await new Promise((resolve) => setImmediate(resolve));
  timers.get(7)?.();
  expect(await asking).toMatchObject({ code: 'network', retryable: true });
});

test('S17 no redirect is followed, a cut answer is none, nobody listens at a closed port', async () => {
  await expect(ask('/moved')).rejects.toMatchObject({ code: 'network' });
  expect(asked.at(-1)).toBe('/moved');
  await expect(ask('/cut')).rejects.toMatchObject({ code: 'network' });
  await expect(ask('/plain', { server: 'http://127.0.0.1:1' })).rejects.toMatchObject({ code: 'network' });
});

test('S17 a caller who gives up is answered at once', async () => {
  const ending = new AbortController();
  const asking = ask('/silent', { signal: ending.signal });
  ending.abort();
  await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
  await expect(ask('/plain', { signal: ending.signal })).rejects.toMatchObject({ code: 'cancelled' });
});

test('S15 no cookie is kept or sent', async () => {
  await ask('/cookie');
  expect(text((await ask('/cookie')).body)).toBe('undefined');
});

test.each([
  ['http://example.com', '/plain'],
  ['file:///etc', '/passwd'],
  ['https://example.com@127.0.0.1', '/'],
  ['https://example.com', '//other.example.com/'],
  ['https://example.com', '/a/../b'],
  ['https://example.com', 'plain'],
  ['https://example.com', '/a b'],
  ['https://example.com', '/a#b'],
  ['https://example.com/', '/plain'],
])('S15 %s%s is not asked', async (given, path) => {
  await expect(ask(path, { server: given })).rejects.toMatchObject({ code: 'contract' });
});

test('S17 events are told until the server ends the stream', async () => {
  const heard: string[] = [];
  await net.listen({ server, path: '/events', signal: new AbortController().signal, onEvent: (data) => heard.push(data) });
  expect(heard).toEqual(['one', 'two']);
});

test('S17 a stream that falls silent has broken; one that the caller ends has ended', async () => {
  const until = (ending: AbortController, act: () => void) =>
    net.listen({ server, path: '/open', signal: ending.signal, onEvent: () => setImmediate(act) });
  const ending = new AbortController();
  await until(ending, () => ending.abort());
  await expect(until(new AbortController(), () => timers.get(45_000)?.())).rejects.toMatchObject({ code: 'network' });
});

test.each([
  ['/flood', 'limit'],
  ['/refused', 'unauthorized'],
  ['/plain', 'network'],
])('S17 %s is no stream: %s', async (path, code) => {
  await expect(net.listen({ server, path, signal: new AbortController().signal, onEvent: () => undefined })).rejects.toMatchObject({
    code,
  });
});
