import { expect, test } from 'vitest';
import { createClient, type EngineLink } from '#shared/contract/client/client.ts';
import type { OperationName } from '#shared/contract/engine-contract.ts';
import { storeLock, type WorkerMessage, type WorkerReport } from '#shared/contract/port-protocol.ts';
import { fromDomPort } from '#shared/contract/port.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { EngineContext, Handlers } from '../context.ts';
import type { Host } from '../host/host.ts';
import { runWorker } from './worker-shell.ts';

const newId = () => crypto.randomUUID();
const later = (milliseconds: number, run: () => void) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

// only what the server touches; the handlers below need nothing else
const parts = {
  feed: { subscribe: () => () => undefined, onDerived: () => () => undefined },
  settings: () => ({ currentUser: null, asOf: '2026-01-01' }),
  ready: () => Promise.resolve(),
  view: { get: () => undefined, all: () => [], count: () => 0, by: () => [] },
};
const context = Object.assign(parts, { whole: parts }) as unknown as EngineContext;
const handlers = { 'records.undoable': () => ({ undo: 'Edit' }) } as unknown as Handlers<OperationName>;

/** A worker in this page: what its page says to it, and what it reports. */
function startShell(open: (host: Host) => Promise<EngineContext> = () => Promise.resolve(context)) {
  const target = new EventTarget();
  const reports: WorkerReport[] = [];
  const hosts: Host[] = [];
  const waiting: (() => void)[] = [];
  const scope = {
    postMessage: (report: WorkerReport) => {
      reports.push(report);
      waiting.splice(0).forEach((resolve) => resolve());
    },
    // the events below are of the listeners' kinds
    addEventListener: (type: string, listener: (event: never) => void) => target.addEventListener(type, listener as EventListener),
  };
  runWorker(scope, { handlers, reads: {} }, (host) => {
    hosts.push(host);
    return open(host);
  });
  const say = (message: WorkerMessage, ports: MessagePort[] = []) =>
    target.dispatchEvent(new MessageEvent('message', { data: message, ports }));
  const start = (databaseName: string, host: 'electron' | 'browser') =>
    say({ t: 'start', databaseName, host, deviceId: 'device', storeExpected: false });
  const connect = (): EngineLink => {
    const { port1, port2 } = new MessageChannel();
    const client = createClient({ later, newId });
    say({ t: 'port' }, [port2]);
    client.attach(fromDomPort(port1));
    return client;
  };
  const reported = () => (reports.length > 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve)));
  return { say, start, connect, reports, hosts, reported, target };
}

test('clients that were handed over before the start are served after it', async () => {
  const { start, connect, reported, reports } = startShell();
  const client = connect();
  const answer = client.call('records.undoable', {});
  start(newId(), 'browser');
  await expect(answer).resolves.toEqual({ undo: 'Edit' });
  await reported();
  const state = client.state();
  expect(reports).toEqual([{ t: 'ready', epoch: state.kind === 'ready' ? state.epoch : '' }]);
});

test('DSK-01 in Electron the store is not opened before the journal’s port has come', async () => {
  const { say, start, connect, hosts } = startShell();
  const client = connect();
  const answer = client.call('records.undoable', {});
  start(newId(), 'electron');
  await new Promise((resolve) => setTimeout(resolve));
  expect(hosts).toHaveLength(0);
  say({ t: 'journal-port' }, [new MessageChannel().port2]);
  await expect(answer).resolves.toEqual({ undo: 'Edit' });
  expect(hosts[0]?.journal).toBeDefined();
});

test('a store that cannot be opened is reported, and every client is told why', async () => {
  const { start, connect, reported, reports } = startShell(() => Promise.reject(new AppError('storage', 'The store is damaged.')));
  const client = connect();
  const answer = client.call('records.undoable', {}).catch((error: unknown) => error);
  start(newId(), 'browser');
  expect(await answer).toMatchObject({ code: 'storage', message: 'The store is damaged.' });
  await reported();
  expect(reports).toMatchObject([{ t: 'failed', error: { code: 'storage' } }]);
});

test('an unforeseen failure to open is logged without its text and told as a storage error', async () => {
  const { start, reported, reports } = startShell(() => Promise.reject(new TypeError('ACME')));
  start(newId(), 'browser');
  await reported();
  await reported();
  expect(reports.at(-1)).toMatchObject({ t: 'failed', error: { code: 'storage' } });
  expect(JSON.stringify(reports)).not.toContain('ACME');
});

test('a failure that nobody awaited is logged without its text', async () => {
  const { start, reported, reports, target } = startShell();
  start(newId(), 'browser');
  await reported();
  target.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new RangeError('ACME') }));
  expect(reports.at(-1)).toMatchObject({ t: 'log', entry: { event: 'handler-failed', operation: 'background', kind: 'RangeError' } });
  expect(JSON.stringify(reports)).not.toContain('ACME');
});

test('one store has one engine: the second one waits until the first has ended', async () => {
  const databaseName = newId();
  let release = (): void => undefined;
  const held = navigator.locks.request(storeLock(databaseName), () => new Promise<void>((resolve) => (release = resolve)));
  const { start, hosts, reported } = startShell();
  start(databaseName, 'browser');
  await navigator.locks.query();
  expect(hosts).toHaveLength(0);
  release();
  await held;
  await reported();
  expect(hosts).toHaveLength(1);
});

test('the host of a worker knows the storage it has', async () => {
  const { start, hosts, reported } = startShell();
  const databaseName = newId();
  start(databaseName, 'browser');
  await reported();
  const [host] = hosts;
  expect(host).toMatchObject({ kind: 'browser', databaseName, deviceId: 'device', storeExpected: false });
  const storage = await host?.estimateStorage?.();
  expect(storage?.freeBytes).toBeGreaterThan(0);
  expect(typeof storage?.persisted).toBe('boolean');
  await host?.yieldTurn();
});
