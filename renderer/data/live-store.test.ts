import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { createScriptedClient } from '../../test/support/scripted-client.ts';
import { createLiveStore, inputKey } from './live-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('equal inputs share one subscription, whatever the order of their keys', () => {
  const { client, lives } = createScriptedClient();
  const store = createLiveStore(client);
  const one = store.entry('records.get', { table: 'account', id: 'a' });
  const two = store.entry('records.get', { id: 'a', table: 'account' });
  expect(two).toBe(one);
  const stops = [one.subscribe(() => undefined), two.subscribe(() => undefined)];
  expect(lives).toHaveLength(1);
  expect(store.entry('records.get', { table: 'account', id: 'b' })).not.toBe(one);
  stops.forEach((stop) => stop());
});

test('the order of a list matters to its key', () => {
  expect(inputKey({ sort: ['a', 'b'] })).not.toBe(inputKey({ sort: ['b', 'a'] }));
  expect(inputKey({ a: { c: 1, b: 2 } })).toBe(inputKey({ a: { b: 2, c: 1 } }));
});

test('a query that nobody watches is kept for a while, then stopped', () => {
  const { client, lives } = createScriptedClient();
  const store = createLiveStore(client);
  const entry = store.entry('records.undoable', {});
  const stop = entry.subscribe(() => undefined);
  stop();
  vi.advanceTimersByTime(9_000);
  // back in time: nothing is asked again
  const again = entry.subscribe(() => undefined);
  vi.advanceTimersByTime(20_000);
  expect(lives.map(({ stopped }) => stopped)).toEqual([false]);
  again();
  vi.advanceTimersByTime(10_000);
  expect(lives.map(({ stopped }) => stopped)).toEqual([true]);
  expect(store.entry('records.undoable', {})).not.toBe(entry);
});

test('a failure keeps the data of before, and a result clears the failure', () => {
  const { client, lives } = createScriptedClient();
  const entry = createLiveStore(client).entry('records.undoable', {});
  const heard = vi.fn<() => void>();
  entry.subscribe(heard);
  lives[0]?.next({ undo: 'Edit' });
  const { data } = entry.snapshot();
  lives[0]?.next({ undo: 'Edit' });
  expect(heard).toHaveBeenCalledTimes(1);
  expect(entry.snapshot().data).toBe(data);
  const error = new AppError('not-found', 'It was deleted.');
  lives[0]?.error(error);
  expect(entry.snapshot()).toEqual({ data: { undo: 'Edit' }, error });
  lives[0]?.next({ undo: 'Edit' });
  expect(entry.snapshot()).toEqual({ data: { undo: 'Edit' }, error: undefined });
});
