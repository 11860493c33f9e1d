import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createScriptedClient } from '../../test/support/scripted-client.ts';
import { createLiveStore } from './live-store.ts';
import { createWindowStore } from './window-store.ts';

const answer = (offset: number, total: number, names: Readonly<Record<string, string>> = {}, prefix = 'r') => ({
  total,
  refs: Object.fromEntries(Object.entries(names).map(([id, label]) => [id, { label }])),
  rows: Array.from({ length: Math.min(300, total - offset) }, (_, at) => ({ row: {}, derived: {}, label: `${prefix}${offset + at}` })),
});

function opened() {
  const { client, lives } = createScriptedClient();
  const store = createWindowStore(createLiveStore(client), 'records.list', { table: 'account' });
  const told = { rows: 0, known: 0 };
  store.subscribe(() => (told.rows += 1));
  const leave = store.subscribeKnown(() => (told.known += 1));
  const label = (index: number) => store.rowAt(index)?.label;
  return { store, lives, told, label, leave };
}
const offsets = (lives: readonly { readonly input: unknown }[]) =>
  lives.map(({ input }) => (input as { readonly window: { readonly offset: number } }).window.offset); // as the list queries take it

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('UX-01 the windows of a list', () => {
  test('a list that rushes by asks now and then, for where it is by then, and lets go of what it has passed', () => {
    const { store, lives, label } = opened();
    lives[0]?.next(answer(0, 100_000));
    for (let at = 1; at <= 30; at += 1) {
      vi.advanceTimersByTime(10);
      store.onRange(at * 1_000, at * 1_000 + 24);
    }
    vi.advanceTimersByTime(1_000);
    expect(offsets(lives).length).toBeLessThanOrEqual(5);
    expect(offsets(lives).at(-1)).toBe(29_950);
    expect(lives.filter(({ stopped }) => !stopped)).toHaveLength(1);
    lives.at(-1)?.next(answer(29_950, 100_000));
    expect(label(30_000)).toBe('r30000');
  });

  test('rows are asked for before they are in sight, in both directions', () => {
    const { store, lives } = opened();
    lives[0]?.next(answer(0, 100_000));
    vi.advanceTimersByTime(1_000);
    store.onRange(150, 174);
    expect(offsets(lives)).toEqual([0]);
    store.onRange(160, 184);
    store.onRange(180, 204);
    expect(offsets(lives)).toEqual([0, 100]);
    lives[1]?.next(answer(100, 100_000));
    vi.advanceTimersByTime(1_000);
    store.onRange(230, 254);
    store.onRange(215, 239);
    expect(offsets(lives)).toEqual([0, 100, 0]);
  });

  test('whoever shows what comes beside the rows hears nothing of rows; names come to those that are known', () => {
    const { store, lives, told } = opened();
    lives[0]?.next(answer(0, 1_000, { a: 'Ann' }));
    const before = store.known();
    expect(told).toEqual({ rows: 1, known: 1 });
    vi.advanceTimersByTime(1_000);
    store.onRange(500, 520);
    lives[1]?.next(answer(400, 1_000, { b: 'Bob' }));
    expect(told).toEqual({ rows: 2, known: 1 });
    expect(store.known()).toBe(before);
    expect(before.data?.refs).toEqual({ a: { label: 'Ann' }, b: { label: 'Bob' } });
    // another name must be drawn wherever it stands
    lives[1]?.next(answer(400, 1_000, { b: 'Robert' }, 'n'));
    expect(told).toEqual({ rows: 3, known: 2 });
    expect(store.known().data?.refs).toEqual({ a: { label: 'Ann' }, b: { label: 'Robert' } });
    expect(before.data?.refs).toEqual({ a: { label: 'Ann' }, b: { label: 'Bob' } });
  });

  test('a failure leaves the rows where they are and is told', () => {
    const { store, lives, told, label } = opened();
    lives[0]?.next(answer(0, 1_000));
    lives[0]?.error({ code: 'limit', message: 'No.', details: undefined, retryable: false } as never); // only that it is there counts
    expect(store.known().error?.message).toBe('No.');
    expect(label(3)).toBe('r3');
    expect(told).toEqual({ rows: 1, known: 2 });
  });

  test('a list that nobody shows any more asks nothing and is let go of a little later', () => {
    const { client, lives } = createScriptedClient();
    const store = createWindowStore(createLiveStore(client), 'records.list', { table: 'account' });
    const leave = store.subscribe(() => undefined);
    lives[0]?.next(answer(0, 1_000));
    vi.advanceTimersByTime(50);
    store.onRange(500, 520);
    store.onRange(900, 920);
    leave();
    vi.advanceTimersByTime(60_000);
    expect(offsets(lives)).toEqual([0, 450]);
    expect(lives.every(({ stopped }) => stopped)).toBe(true);
  });
});
