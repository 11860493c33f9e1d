import { afterEach, expect, test } from 'vitest';
import { createClient } from '#shared/contract/client/client.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { createFakeEngine, settle, type FakeEngine } from '../../../test/support/fake-engine.ts';

let engine: FakeEngine;
afterEach(() => engine.close());

const start = (...args: Parameters<typeof createFakeEngine>): FakeEngine => {
  engine = createFakeEngine(...args);
  engine.serve();
  return engine;
};

/** What the promise is rejected with. */
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => expect.unreachable(`answered ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );

const undoable = { undo: 'Edit' };
const done = { changeSetId: 'c1', id: 'a1' };

test('a query answers with what its handler returned', async () => {
  const { client } = start({ 'records.undoable': () => undoable }).connect();
  await expect(client.call('records.undoable', {})).resolves.toEqual(undoable);
});

test('a refusal arrives as the AppError it was', async () => {
  const refusal = new AppError('rule', 'The hierarchy would be circular.', { rule: 'BR-07', field: 'parent' });
  const { client } = start({ 'records.create': () => Promise.reject(refusal) }).connect();
  const error = await failure(client.command('records.create', { table: 'account', values: {} }));
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'rule', message: refusal.message, details: refusal.details, retryable: false });
});

test('an unforeseen failure is told without its text, and logged without it too', async () => {
  const { client } = start({
    'records.undoable': () => {
      throw new TypeError('secret of ACME');
    },
  }).connect();
  await expect(client.call('records.undoable', {})).rejects.toMatchObject({ code: 'internal' });
  expect(engine.logged).toMatchObject([{ event: 'handler-failed', operation: 'records.undoable', kind: 'TypeError' }]);
  expect(JSON.stringify(engine.logged)).not.toContain('ACME');
});

test('clients that come before the store is open are answered once it is', async () => {
  engine = createFakeEngine({ 'records.undoable': () => undoable });
  const { client } = engine.connect();
  const answer = client.call('records.undoable', {});
  await settle();
  expect(client.state()).toEqual({ kind: 'connecting' });
  engine.serve();
  await expect(answer).resolves.toEqual(undoable);
  expect(client.state()).toEqual({ kind: 'ready', epoch: engine.server.epoch });
});

test('a store that cannot be opened is told to every client, those that come later too', async () => {
  engine = createFakeEngine({});
  const { client } = engine.connect();
  const answer = failure(client.call('records.undoable', {}));
  await settle();
  engine.server.fail(new AppError('storage', 'The store could not be read.'));
  expect(await answer).toMatchObject({ code: 'storage' });
  const { client: later } = engine.connect();
  await settle();
  expect(later.state()).toMatchObject({ kind: 'failed', error: { code: 'storage' } });
  await expect(later.call('records.undoable', {})).rejects.toMatchObject({ code: 'storage' });
});

test('a query that takes too long is stopped at its deadline, in plain words', async () => {
  let signal: AbortSignal | undefined;
  const { client } = start({
    'records.undoable': (_context, _input, call) => {
      ({ signal } = call);
      return new Promise(() => undefined);
    },
  }).connect();
  await settle();
  const answer = failure(client.call('records.undoable', {}));
  await settle();
  engine.clock.advance(10_000);
  const message = 'This took longer than 10 seconds and was stopped. Try again.';
  expect(await answer).toMatchObject({ code: 'deadline', message, retryable: true });
  expect(signal?.aborted).toBe(true);
});

test('who would rather wait sets a deadline of their own', async () => {
  let finish = (): void => undefined;
  start({ 'records.undoable': () => new Promise((resolve) => (finish = () => resolve(undoable))) });
  const client = createClient({ later: engine.clock.later, newId: () => 'patient', deadlines: { query: 600_000, command: 600_000 } });
  engine.attach(client);
  const answer = client.call('records.undoable', {});
  // the connection's heart beats in between
  for (let second = 0; second < 120; second += 3) {
    await settle(4);
    engine.clock.advance(3_000);
  }
  finish();
  await expect(answer).resolves.toEqual(undoable);
});

test('a cancelled query ends at once and its handler is told', async () => {
  let signal: AbortSignal | undefined;
  const { client } = start({
    'records.undoable': (_context, _input, call) => {
      ({ signal } = call);
      return new Promise(() => undefined);
    },
  }).connect();
  const controller = new AbortController();
  const answer = failure(client.call('records.undoable', {}, { signal: controller.signal }));
  await settle();
  controller.abort();
  expect(await answer).toMatchObject({ code: 'cancelled' });
  await settle();
  expect(signal?.aborted).toBe(true);
});

test('a cancelled command tells what became of it: done where it was too late to stop', async () => {
  let finish = (_: typeof done): void => undefined;
  const { client } = start({ 'records.create': () => new Promise((resolve) => (finish = resolve)) }).connect();
  const controller = new AbortController();
  const answer = client.command('records.create', { table: 'account', values: {} }, { signal: controller.signal });
  await settle();
  controller.abort();
  await settle();
  finish(done);
  await expect(answer).resolves.toEqual(done);
});

test('a cancelled job stops and says so', async () => {
  const { client } = start({
    'workspace.demo': (_context, _input, { signal }) =>
      // the reason is the AppError that the session gave
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as AppError))),
  }).connect();
  const controller = new AbortController();
  const answer = client.job('workspace.demo', {}, { signal: controller.signal });
  await settle();
  controller.abort();
  await expect(answer).rejects.toMatchObject({ code: 'cancelled', message: 'Stopped. Nothing was changed.' });
});

test('progress of a job arrives, the newest of a burst only', async () => {
  let tell = (_done: number): void => undefined;
  let finish = (): void => undefined;
  const { client } = start({
    'workspace.demo': (_context, _input, { progress }) =>
      new Promise((resolve) => {
        tell = (done) => progress({ step: 'rows', done, total: 100 });
        finish = () => resolve({ changeSetId: 'c1', engagements: 1 });
      }),
  }).connect();
  const heard: number[] = [];
  const answer = client.job('workspace.demo', {}, { onProgress: ({ done }) => heard.push(done) });
  await settle();
  for (let row = 1; row <= 50; row += 1) tell(row);
  engine.clock.advance(50);
  await settle();
  for (let row = 51; row <= 100; row += 1) tell(row);
  engine.clock.advance(50);
  await settle();
  finish();
  await answer;
  expect(heard).toEqual([50, 100]);
});

test('a command that was sent again under its ID runs once, and both are answered', async () => {
  let runs = 0;
  let finish = (): void => undefined;
  const { client } = start({
    'records.create': () => {
      runs += 1;
      return new Promise((resolve) => (finish = () => resolve(done)));
    },
  }).connect();
  const input = { table: 'account', values: {} } as const;
  const first = client.command('records.create', input, { commandId: 'same' });
  await settle();
  const second = client.command('records.create', input, { commandId: 'same' });
  await settle();
  finish();
  await expect(Promise.all([first, second])).resolves.toEqual([done, done]);
  await expect(client.command('records.create', input, { commandId: 'same' })).resolves.toEqual(done);
  expect(runs).toBe(1);
});

test('a job that only reads keeps no answer: asked again under its ID it runs again', async () => {
  let runs = 0;
  const bytes = new Uint8Array(3);
  const { client } = start({
    'export.table': () => {
      runs += 1;
      return { fileName: 'accounts.csv', bytes };
    },
  }).connect();
  const input = { table: 'account', format: 'csv' } as const;
  await client.job('export.table', input, { commandId: 'same' });
  await client.job('export.table', input, { commandId: 'same' });
  expect(runs).toBe(2);
});

test('a command that failed may be tried again under its ID', async () => {
  let runs = 0;
  const { client } = start({
    'records.create': () => {
      runs += 1;
      if (runs === 1) throw new AppError('quota', 'The disk is full.');
      return done;
    },
  }).connect();
  const input = { table: 'account', values: {} } as const;
  await expect(client.command('records.create', input, { commandId: 'same' })).rejects.toMatchObject({ code: 'quota' });
  await expect(client.command('records.create', input, { commandId: 'same' })).resolves.toEqual(done);
});

test('a command ID belongs to one operation', async () => {
  const { client } = start({ 'records.create': () => done, 'records.undo': () => ({ changeSetId: 'c', label: '' }) }).connect();
  await client.command('records.create', { table: 'account', values: {} }, { commandId: 'same' });
  await expect(client.command('records.undo', {}, { commandId: 'same' })).rejects.toMatchObject({ code: 'contract' });
});
