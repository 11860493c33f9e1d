import { afterEach, expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { createFakeEngine, settle, type FakeEngine } from '../../../test/support/fake-engine.ts';

let engine: FakeEngine;
afterEach(() => engine.close());

const start = (...args: Parameters<typeof createFakeEngine>): FakeEngine => {
  engine = createFakeEngine(...args);
  engine.serve();
  return engine;
};

/** A live query that counts its runs and answers with what the test sets. */
function counted(reads: Parameters<typeof createFakeEngine>[1] = {}) {
  const query = { runs: 0, label: 'first' };
  start(
    {
      'records.undoable': () => {
        query.runs += 1;
        return { undo: query.label };
      },
    },
    reads,
  );
  return query;
}

function watch() {
  const heard: (string | undefined)[] = [];
  const { client, port } = engine.connect();
  const stop = client.live(
    'records.undoable',
    {},
    { next: ({ undo }) => heard.push(undo), error: ({ code, message }) => heard.push(`${code}: ${message}`) },
  );
  return { heard, stop, client, port };
}

test('a live query answers at once and after each change that touches what it reads', async () => {
  const query = counted({ 'records.undoable': ['account', 'derived:health'] });
  const { heard } = watch();
  await settle();
  query.label = 'second';
  engine.change('contact');
  engine.derive('risk');
  await settle();
  expect(heard).toEqual(['first']);
  engine.change('account');
  await settle();
  query.label = 'third';
  engine.derive('derived:health');
  await settle();
  expect(heard).toEqual(['first', 'second', 'third']);
  expect(query.runs).toBe(3);
});

test('a live query that declares nothing is run again after every change', async () => {
  const query = counted();
  const { heard } = watch();
  await settle();
  query.label = 'second';
  engine.derive('risk');
  await settle();
  query.label = 'third';
  engine.change('setting');
  await settle();
  expect(heard).toEqual(['first', 'second', 'third']);
});

test('changes of one turn make one run, and a result that looks the same is not pushed', async () => {
  const query = counted();
  const { heard } = watch();
  await settle();
  for (let change = 0; change < 100; change += 1) engine.change('account');
  await settle();
  expect(query.runs).toBe(2);
  expect(heard).toEqual(['first']);
});

test('the engine sends one push until it is acknowledged, and then only the newest result', async () => {
  const query = counted();
  const { post, next } = engine.bare();
  post({ t: 'hello', protocol: 1, clientId: 'slow' });
  await next();
  post({ t: 'live', id: 1, name: 'records.undoable', input: {} });
  expect(await next()).toMatchObject({ t: 'push', id: 1, n: 1, output: { undo: 'first' } });
  for (const label of ['second', 'third', 'fourth']) {
    query.label = label;
    engine.change('account');
    await settle();
  }
  expect(query.runs).toBe(1);
  post({ t: 'ack', id: 1, n: 1 });
  expect(await next()).toMatchObject({ t: 'push', id: 1, n: 2, output: { undo: 'fourth' } });
  expect(query.runs).toBe(2);
  // an acknowledgement of something else counts for nothing
  query.label = 'fifth';
  engine.change('account');
  post({ t: 'ack', id: 1, n: 1 });
  await settle();
  expect(query.runs).toBe(2);
});

test('a change during a run is not lost', async () => {
  let finish = (): void => undefined;
  let runs = 0;
  start({
    'records.undoable': () => {
      runs += 1;
      const label = `run ${runs}`;
      return new Promise((resolve) => (finish = () => resolve({ undo: label })));
    },
  });
  const { heard } = watch();
  await settle();
  engine.change('account');
  finish();
  await settle();
  finish();
  await settle();
  expect(heard).toEqual(['run 1', 'run 2']);
});

test('a failing run is told, and a later change makes it answer again', async () => {
  let gone = false;
  start({
    'records.undoable': () => {
      if (gone) throw new AppError('not-found', 'The record was deleted.');
      return { undo: 'there' };
    },
  });
  const { heard } = watch();
  await settle();
  gone = true;
  engine.change('account');
  await settle();
  engine.change('account');
  await settle();
  gone = false;
  engine.change('account');
  await settle();
  expect(heard).toEqual(['there', 'not-found: The record was deleted.', 'there']);
});

/** Lets a minute pass, in which the connection's heart beats. */
async function passMinute(): Promise<void> {
  for (let second = 0; second < 60; second += 3) {
    engine.clock.advance(3_000);
    await settle(4);
  }
}

test('at midnight every live query is run again', async () => {
  const query = counted({ 'records.undoable': ['account'] });
  const { heard } = watch();
  await settle();
  query.label = 'tomorrow';
  await passMinute();
  expect(heard).toEqual(['first']);
  engine.setDay('2026-01-02');
  await passMinute();
  expect(heard).toEqual(['first', 'tomorrow']);
});

test('a stopped live query is not run again', async () => {
  const query = counted();
  const { heard, stop } = watch();
  await settle();
  stop();
  await settle();
  query.label = 'second';
  engine.change('account');
  await settle();
  expect(heard).toEqual(['first']);
  expect(query.runs).toBe(1);
});

test('a client that leaves takes its live queries with it', async () => {
  const query = counted();
  const { client } = watch();
  await settle();
  client.close();
  await settle();
  engine.change('account');
  await settle();
  expect(query.runs).toBe(1);
});

test('a client that was silent for long loses its subscriptions, and gets them back when it speaks', async () => {
  const query = counted();
  const { post, next } = engine.bare();
  post({ t: 'hello', protocol: 1, clientId: 'asleep' });
  await next();
  post({ t: 'live', id: 1, name: 'records.undoable', input: {} });
  await next();
  post({ t: 'ack', id: 1, n: 1 });
  await settle();
  engine.clock.advance(16 * 60_000);
  // another one comes
  engine.bare();
  engine.change('account');
  await settle();
  expect(query.runs).toBe(1);
  post({ t: 'ping', n: 1 });
  expect(await next()).toEqual({ t: 'again' });
  post({ t: 'hello', protocol: 1, clientId: 'asleep' });
  expect(await next()).toMatchObject({ t: 'welcome' });
});

test('only questions can be subscribed to', async () => {
  counted();
  const { client } = engine.connect();
  const heard: string[] = [];
  // a screen cannot say this; a page that was broken into could
  client.live('records.create' as 'records.undoable', {}, { next: () => undefined, error: ({ code }) => heard.push(code) });
  await settle();
  expect(heard).toEqual(['contract']);
});
