import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createFakeEngine, settle, type FakeEngine } from '../../../test/support/fake-engine.ts';
import { CLIENT_LIMITS } from './session.ts';

let engine: FakeEngine;
afterEach(() => engine.close());

const start = (...args: Parameters<typeof createFakeEngine>): FakeEngine => {
  engine = createFakeEngine(...args);
  engine.serve();
  return engine;
};

const answering = { 'records.undoable': () => ({ undo: 'Edit' }) };
const welcomed = async () => {
  const bare = engine.bare();
  bare.post({ t: 'hello', protocol: 1, clientId: 'test' });
  expect(await bare.next()).toEqual({ t: 'welcome', protocol: 1, epoch: engine.server.epoch });
  return bare;
};
const ask = (id: number, name: string, input: unknown = {}) => ({ t: 'call', id, name, input, deadlineMs: 10_000 });

test.each(['records.nothing', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
  'the unknown name “%s” is refused',
  async (name) => {
    start(answering);
    const { post, next } = await welcomed();
    post(ask(1, name));
    expect(await next()).toMatchObject({ t: 'error', id: 1, error: { code: 'contract' } });
    post({ t: 'live', id: 2, name, input: {} });
    expect(await next()).toMatchObject({ t: 'error', id: 2, error: { code: 'contract' } });
  },
);

test.each([
  ['a field too many', { more: 1 }],
  ['no object', 7],
  ['nothing', null],
  ['a date object', new Date()],
  ['a map', new Map([['a', 1]])],
  ['a big integer', { more: 1n }],
])('malformed input (%s) is refused', async (_what, input) => {
  start(answering);
  const { post, next } = await welcomed();
  post(ask(1, 'records.undoable', input));
  expect(await next()).toMatchObject({ t: 'error', id: 1, error: { code: 'contract' } });
});

test('the field that does not fit is named', async () => {
  start(answering);
  const { post, next } = await welcomed();
  post(ask(1, 'records.list', { table: 'account', window: { offset: -1, limit: 10 } }));
  const { error } = await next();
  expect(error).toMatchObject({ code: 'contract', details: { field: 'window' } });
  expect(JSON.stringify(error)).toContain('window.offset');
});

test('a __proto__ field is refused and pollutes nothing', async () => {
  start(answering);
  const { post, next } = await welcomed();
  const values: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
  post({ ...ask(1, 'records.create', { table: 'account', values }), commandId: 'c' });
  expect(await next()).toMatchObject({ t: 'error', id: 1, error: { code: 'contract' } });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('input that is nested without end is refused before anything walks into it', async () => {
  start(answering);
  const { post, next } = await welcomed();
  let deep: unknown = { field: 'name', op: 'is', value: 'x' };
  for (let depth = 0; depth < 500; depth += 1) deep = { not: deep };
  post(ask(1, 'health.matching', { condition: deep }));
  expect(await next()).toMatchObject({ error: { code: 'limit' } });
  const circle: { all: unknown[] } = { all: [] };
  circle.all.push(circle);
  post(ask(2, 'health.matching', { condition: circle }));
  expect(await next()).toMatchObject({ error: { code: 'limit' } });
});

test('input that is too large is refused', async () => {
  start(answering);
  const { post, next } = await welcomed();
  post(ask(1, 'records.find', { text: 'x'.repeat(20_000_001), limit: 1 }));
  expect(await next()).toMatchObject({ error: { code: 'limit' } });
  post(ask(2, 'records.find', { text: Array.from({ length: 300_001 }, () => 0), limit: 1 }));
  expect(await next()).toMatchObject({ error: { code: 'limit' } });
});

test('a question carries no command ID and a change must', async () => {
  start(answering);
  const { post, next } = await welcomed();
  post({ ...ask(1, 'records.undoable'), commandId: 'c' });
  expect(await next()).toMatchObject({ error: { code: 'contract' } });
  post(ask(2, 'records.redo'));
  expect(await next()).toMatchObject({ error: { code: 'contract' } });
});

test('a client of another version is told so and let go', async () => {
  start(answering);
  const { post, next } = engine.bare();
  post({ t: 'hello', protocol: 2, clientId: 'newer' });
  expect(await next()).toMatchObject({ t: 'fatal', error: { code: 'contract' } });
});

test('a client that has not said hello is asked to', async () => {
  start(answering);
  const { post, next } = engine.bare();
  post(ask(1, 'records.undoable'));
  expect(await next()).toEqual({ t: 'again' });
});

test('a request ID that is in use is refused, and the first one still answered', async () => {
  let finish = (): void => undefined;
  start({ 'records.undoable': () => new Promise((resolve) => (finish = () => resolve({}))) });
  const { post, next } = await welcomed();
  post(ask(1, 'records.undoable'));
  await settle();
  post(ask(1, 'records.undoable'));
  expect(await next()).toMatchObject({ t: 'error', id: 1 });
  finish();
  expect(await next()).toMatchObject({ t: 'result', id: 1 });
});

test('a client that sends nonsense on and on is let go; the others are served', async () => {
  start(answering);
  const bad = await welcomed();
  const { client } = engine.connect();
  for (let message = 0; message <= CLIENT_LIMITS.faults; message += 1) bad.post({ t: 'nonsense', message });
  expect(await bad.next()).toMatchObject({ t: 'fatal', error: { code: 'contract' } });
  await expect(client.call('records.undoable', {})).resolves.toEqual({ undo: 'Edit' });
});

test('a flood of one client is capped, and another is answered in between', async () => {
  const order: string[] = [];
  start({
    'records.undoable': () => ({}),
    'records.find': (_context, { text }) => {
      order.push(text);
      return { found: [] };
    },
  });
  const flood = await welcomed();
  const { client } = engine.connect();
  await client.call('records.undoable', {});
  const sent = CLIENT_LIMITS.calls + 500;
  for (let id = 1; id <= sent; id += 1) flood.post(ask(id, 'records.find', { text: 'flood', limit: 1 }));
  const answer = client.call('records.find', { text: 'other', limit: 1 });
  await answer;
  // the flood's work was begun, and the other one did not wait for its end
  expect(order.indexOf('other')).toBeLessThan(CLIENT_LIMITS.calls / 2);
  const answers = await Promise.all(Array.from({ length: sent }, () => flood.next()));
  expect(answers.filter(({ t }) => t === 'result').length).toBeGreaterThanOrEqual(CLIENT_LIMITS.calls);
  expect(answers.filter(({ t }) => t === 'error').every(({ error }) => (error as { code: string }).code === 'limit')).toBe(true);
});

test('what cannot be cloned is an error to the one who asked, and no more', async () => {
  // a handler that breaks its type
  start({ ...answering, 'records.redo': () => ({ changeSetId: 'c', label: (() => '') as unknown as string }) });
  const { client } = engine.connect();
  await expect(client.command('records.redo', {})).rejects.toMatchObject({ code: 'internal' });
  await expect(client.call('records.undoable', {})).resolves.toEqual({ undo: 'Edit' });
});

test('whatever a client sends, the engine goes on answering the others', async () => {
  start(answering);
  const messages = fc.oneof(
    fc.record(
      {
        t: fc.constantFrom('hello', 'call', 'cancel', 'live', 'ack', 'stop', 'ping', 'nonsense'),
        id: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.anything()),
        n: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.anything()),
        name: fc.oneof(fc.constantFrom('records.undoable', 'records.redo', 'workspace.demo', '__proto__'), fc.string()),
        input: fc.oneof(fc.constant({}), fc.anything()),
        commandId: fc.oneof(fc.constantFrom('a', 'b', undefined), fc.anything()),
        deadlineMs: fc.oneof(fc.constant(0), fc.integer(), fc.anything()),
        protocol: fc.constant(1),
        clientId: fc.constant('c'),
      },
      { requiredKeys: ['t'] },
    ),
    fc.anything(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(messages, { maxLength: 40 }), async (sent) => {
      const bad = engine.bare();
      bad.post({ t: 'hello', protocol: 1, clientId: 'bad' });
      for (const message of sent) {
        try {
          bad.post(message);
        } catch {
          // not even a port takes it
        }
      }
      const { client } = engine.connect();
      await expect(client.call('records.undoable', {})).resolves.toEqual({ undo: 'Edit' });
      client.close();
      bad.post({ t: 'bye' });
    }),
    { numRuns: 60 },
  );
});
