import { afterEach, expect, test } from 'vitest';
import { createFakeEngine, settle, type FakeEngine } from '../../../test/support/fake-engine.ts';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { AppError } from '../../errors/app-error.ts';
import type { ClientMessage, EngineMessage } from '../port-protocol.ts';
import type { Port } from '../port.ts';
import { createClient, type EngineLink } from './client.ts';
import { HEARTBEAT, type Loss } from './connection.ts';

const engines: FakeEngine[] = [];
afterEach(() => engines.splice(0).forEach((engine) => engine.close()));

function start(...args: Parameters<typeof createFakeEngine>): FakeEngine {
  const engine = createFakeEngine(...args);
  engines.push(engine);
  engine.serve();
  return engine;
}

let ids = 0;
const clientOn = (clock: ManualClock, onLost?: (how: Loss) => void): EngineLink =>
  createClient({ later: clock.later, newId: () => `c${(ids += 1)}`, ...(onLost === undefined ? {} : { onLost }) });

/** A port whose other end is the test itself. */
function testPort() {
  const sent: ClientMessage[] = [];
  let receive = (_message: EngineMessage): void => undefined;
  let closed = false;
  const port: Port = {
    // the client posts messages of the protocol
    post: (message) => sent.push(message as ClientMessage),
    open: (onMessage) => (receive = onMessage),
    close: () => (closed = true),
  };
  const calls = () => sent.filter((message) => message.t === 'call');
  const welcome = (epoch: string) => receive({ t: 'welcome', protocol: 1, epoch });
  return { port, sent, calls, welcome, answer: (message: EngineMessage) => receive(message), isClosed: () => closed };
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => expect.unreachable(`answered ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
const create = { table: 'account', values: {} } as const;
const done = { changeSetId: 'c1', id: 'a1' };

test('DSK-01 an open command is sent again to the next engine under the same ID, and answered once', async () => {
  const clock = createManualClock();
  const client = clientOn(clock);
  const first = testPort();
  client.attach(first.port);
  first.welcome('one');
  const answer = client.command('records.create', create);
  const [sent] = first.calls();
  const second = testPort();
  client.attach(second.port);
  expect(first.isClosed()).toBe(true);
  expect(client.state().kind).toBe('lost');
  expect(second.calls()).toEqual([]);
  second.welcome('two');
  const [again] = second.calls();
  expect(again).toEqual(sent);
  const id = again?.id ?? -1;
  // the old engine's answer comes late and on a closed port
  first.answer({ t: 'result', id, output: { changeSetId: 'late', id: 'late' } });
  second.answer({ t: 'result', id, output: done });
  second.answer({ t: 'result', id, output: { changeSetId: 'twice', id: 'twice' } });
  await expect(answer).resolves.toEqual(done);
});

test('questions that were open are asked again, and live queries go on at the next engine', async () => {
  const one = start({ 'records.undoable': () => ({ undo: 'one' }), 'records.find': () => new Promise(() => undefined) });
  const two = start({ 'records.undoable': () => ({ undo: 'two' }), 'records.find': () => ({ found: [] }) });
  const client = clientOn(createManualClock());
  one.attach(client);
  const heard: unknown[] = [];
  client.live('records.undoable', {}, { next: ({ undo }) => heard.push(undo), error: (error) => heard.push(error) });
  const answer = client.call('records.find', { text: '', limit: 1 });
  await settle();
  expect(heard).toEqual(['one']);
  two.attach(client);
  await expect(answer).resolves.toEqual({ found: [] });
  await settle();
  expect(heard).toEqual(['one', 'two']);
  expect(client.state()).toEqual({ kind: 'ready', epoch: two.server.epoch });
});

test('a call that no engine survives is given up after three', async () => {
  const client = clientOn(createManualClock());
  const answer = failure(client.command('records.create', create));
  for (const epoch of ['one', 'two', 'three', 'four']) {
    const { port, welcome } = testPort();
    client.attach(port);
    welcome(epoch);
  }
  expect(await answer).toMatchObject({ code: 'engine-lost' });
});

test('DSK-01 commands that merely waited are not given up, however many engines end before their turn', async () => {
  const client = clientOn(createManualClock());
  const answers = Array.from({ length: 10 }, () => client.command('records.create', create));
  for (let turn = 0; turn < 10; turn += 1) {
    const { port, calls, welcome, answer } = testPort();
    client.attach(port);
    welcome(`engine ${turn}`);
    // each engine gets one done, the oldest
    expect(calls()).toHaveLength(10 - turn);
    answer({ t: 'result', id: calls()[0]?.id ?? -1, output: { changeSetId: `c${turn}`, id: 'a' } });
  }
  expect((await Promise.all(answers)).map(({ changeSetId }) => changeSetId)).toEqual(answers.map((_, turn) => `c${turn}`));
});

test('the oldest command is given up for the others, which then have their turn', async () => {
  const client = clientOn(createManualClock());
  const deadly = failure(client.command('records.create', create));
  const behind = client.command('records.create', create);
  for (const epoch of ['one', 'two', 'three']) {
    const { port, welcome } = testPort();
    client.attach(port);
    welcome(epoch);
  }
  const { port, calls, welcome, answer } = testPort();
  client.attach(port);
  welcome('four');
  expect(await deadly).toMatchObject({ code: 'engine-lost', retryable: true });
  expect(String(await deadly)).toContain('Look whether it was saved');
  expect(calls()).toHaveLength(1);
  answer({ t: 'result', id: calls()[0]?.id ?? -1, output: done });
  await expect(behind).resolves.toEqual(done);
});

test('an engine that does not answer a call is told in plain words after its deadline', async () => {
  const clock = createManualClock();
  const client = clientOn(clock);
  const { port, welcome, answer } = testPort();
  client.attach(port);
  welcome('one');
  const question = failure(client.call('records.undoable', {}));
  const change = failure(client.command('records.create', create));
  const job = client.job('workspace.demo', {});
  clock.advance(12_000);
  expect(await question).toMatchObject({ code: 'deadline', message: 'Satchel did not answer within 10 seconds. Try again.' });
  // its heart beats, it only does not answer
  for (let n = 1; n <= 10; n += 1) {
    answer({ t: 'pong', n });
    clock.advance(HEARTBEAT.everyMs);
  }
  expect(await change).toMatchObject({ code: 'deadline' });
  expect(String(await change)).toContain('It may still have been saved');
  client.fail(new AppError('storage', 'gone'));
  expect(await failure(job)).toMatchObject({ code: 'storage' });
});

test('DSK-01 a command whose engine hangs outlives its deadline, and is sent to the next engine', async () => {
  const clock = createManualClock();
  const client = clientOn(clock);
  const first = testPort();
  client.attach(first.port);
  first.welcome('one');
  const answer = client.command('records.create', create);
  clock.advance(60_000);
  expect(client.state().kind).toBe('lost');
  const second = testPort();
  client.attach(second.port);
  second.welcome('two');
  second.answer({ t: 'result', id: second.calls()[0]?.id ?? -1, output: done });
  await expect(answer).resolves.toEqual(done);
});

test('a call whose engine is replaced has all its time again at the next one', async () => {
  const clock = createManualClock();
  const client = clientOn(clock);
  const first = testPort();
  client.attach(first.port);
  first.welcome('one');
  const answer = client.command('records.create', create);
  clock.advance(25_000);
  // the host knows before the heartbeat does
  client.detach();
  clock.advance(20_000);
  const second = testPort();
  client.attach(second.port);
  clock.advance(20_000);
  second.welcome('two');
  clock.advance(20_000);
  second.answer({ t: 'result', id: second.calls()[0]?.id ?? -1, output: done });
  await expect(answer).resolves.toEqual(done);
});

test('a call without an engine waits a minute for one', async () => {
  const clock = createManualClock();
  const client = clientOn(clock);
  const answer = failure(client.call('records.undoable', {}));
  clock.advance(59_999);
  expect(clock.waiting()).toBe(1);
  clock.advance(1);
  expect(await answer).toMatchObject({ code: 'engine-lost', retryable: true });
});

test('a call waits for an engine that is opening its store, however long that takes', async () => {
  const clock = createManualClock();
  const client = clientOn(clock);
  const { port, calls, welcome, answer } = testPort();
  client.attach(port);
  const asked = client.call('records.undoable', {});
  for (let n = 1; n <= 30; n += 1) {
    clock.advance(10_000);
    answer({ t: 'pong', n });
  }
  welcome('one');
  answer({ t: 'result', id: calls()[0]?.id ?? -1, output: {} });
  await expect(asked).resolves.toEqual({});
});

test('an engine that falls silent is noticed by its heartbeat', () => {
  const clock = createManualClock();
  const lost: string[] = [];
  const client = clientOn(clock, (how) => lost.push(how));
  const { port, sent, welcome, answer, isClosed } = testPort();
  client.attach(port);
  welcome('one');
  clock.advance(HEARTBEAT.everyMs);
  expect(sent.at(-1)).toEqual({ t: 'ping', n: 1 });
  answer({ t: 'pong', n: 1 });
  clock.advance(HEARTBEAT.everyMs * HEARTBEAT.misses);
  expect(lost).toEqual([]);
  clock.advance(HEARTBEAT.everyMs);
  expect(lost).toEqual(['silent']);
  expect(isClosed()).toBe(true);
  expect(client.state()).toEqual({ kind: 'lost' });
});

test('a port whose other end is closed counts as lost at once', async () => {
  const engine = start({});
  const lost: string[] = [];
  const client = clientOn(createManualClock(), (how) => lost.push(how));
  engine.attach(client);
  await settle();
  engine.close();
  await settle();
  expect(lost).toEqual(['closed']);
  expect(client.state()).toEqual({ kind: 'lost' });
});

test('an engine that has forgotten the client is greeted once, and everything is asked again', () => {
  const client = clientOn(createManualClock());
  const { port, sent, welcome, answer } = testPort();
  client.attach(port);
  welcome('one');
  void client.call('records.undoable', {});
  const stop = client.live('records.undoable', {}, { next: () => undefined, error: () => undefined });
  answer({ t: 'again' });
  answer({ t: 'again' });
  expect(sent.filter(({ t }) => t === 'hello')).toHaveLength(2);
  welcome('one');
  expect(sent.filter(({ t }) => t === 'call')).toHaveLength(2);
  expect(sent.filter(({ t }) => t === 'live')).toHaveLength(2);
  stop();
  expect(sent.at(-1)).toMatchObject({ t: 'stop' });
});

test('a push is acknowledged once its listener has had it, even one that throws', () => {
  const client = clientOn(createManualClock());
  const { port, sent, welcome, answer } = testPort();
  client.attach(port);
  welcome('one');
  client.live(
    'records.undoable',
    {},
    {
      next: () => {
        expect(sent.filter(({ t }) => t === 'ack')).toEqual([]);
        throw new Error('a screen failed');
      },
      error: () => undefined,
    },
  );
  const id = sent.flatMap((message) => (message.t === 'live' ? [message.id] : []))[0] ?? -1;
  expect(() => answer({ t: 'push', id, n: 1, output: {} })).toThrow('a screen failed');
  expect(sent.at(-1)).toEqual({ t: 'ack', id, n: 1 });
});

test('cancelling before an engine was there sends nothing', async () => {
  const client = clientOn(createManualClock());
  const controller = new AbortController();
  const answer = failure(client.command('records.create', create, { signal: controller.signal }));
  controller.abort();
  expect(await answer).toMatchObject({ code: 'cancelled' });
  const { port, calls, welcome } = testPort();
  client.attach(port);
  welcome('one');
  expect(calls()).toEqual([]);
  expect(await failure(client.call('records.undoable', {}, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled' });
});

test('input that no port takes is refused', async () => {
  const engine = start({});
  const client = clientOn(createManualClock());
  engine.attach(client);
  await settle();
  const values = { name: () => 'not data' };
  expect(await failure(client.command('records.create', { table: 'account', values }))).toMatchObject({ code: 'contract' });
});

test('closing refuses what is open and says goodbye', async () => {
  const client = clientOn(createManualClock());
  const { port, sent, welcome, isClosed } = testPort();
  client.attach(port);
  welcome('one');
  const answer = failure(client.call('records.undoable', {}));
  client.close();
  expect(await answer).toMatchObject({ code: 'cancelled' });
  expect(sent.at(-1)).toEqual({ t: 'bye' });
  expect(isClosed()).toBe(true);
});

test('listeners hear each change of the connection', () => {
  const client = clientOn(createManualClock());
  const heard: string[] = [];
  const stop = client.onState(() => heard.push(client.state().kind));
  const { port, welcome } = testPort();
  client.attach(port);
  welcome('one');
  client.detach();
  client.fail(new AppError('storage', 'gone'));
  stop();
  client.attach(port);
  expect(heard).toEqual(['ready', 'lost', 'failed']);
});
