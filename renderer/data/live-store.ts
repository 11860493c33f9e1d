import type { EngineClient } from '#shared/contract/client/client.ts';
import type { Input, Output, QueryName } from '#shared/contract/engine-contract.ts';
import type { AppError } from '#shared/errors/app-error.ts';
import { shareUnchanged } from './share-unchanged.ts';

/** What is known of a live query. After a failure the data of before stays. */
export type LiveSnapshot<O> = { readonly data: O | undefined; readonly error: AppError | undefined };

export type LiveEntry<O> = {
  readonly snapshot: () => LiveSnapshot<O>;
  /** For `useSyncExternalStore`: the query is asked while anyone listens, and a while longer if the last one leaves without another word. */
  readonly subscribe: (listener: () => void) => (lingerMs?: number) => void;
};

export type LiveStore = { readonly entry: <N extends QueryName>(name: N, input: Input<N>) => LiveEntry<Output<N>> };

/** Milliseconds that an unwatched query stays subscribed, so that a step back or aside shows its data at once. */
export const LINGER_MS = 10_000;

const nothing: LiveSnapshot<never> = { data: undefined, error: undefined };

/** The same text for equal inputs, whatever the order of their keys. */
export function inputKey(input: unknown): string {
  return JSON.stringify(input, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function createEntry<N extends QueryName>(client: EngineClient, name: N, input: Input<N>, onUnused: () => void): LiveEntry<Output<N>> {
  const listeners = new Set<() => void>();
  let snapshot: LiveSnapshot<Output<N>> = nothing;
  let stop: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const become = (next: LiveSnapshot<Output<N>>): void => {
    snapshot = next;
    for (const listener of listeners) listener();
  };

  const start = (): (() => void) =>
    client.live(name, input, {
      next: (output) => {
        const data = shareUnchanged(snapshot.data, output);
        if (data !== snapshot.data || snapshot.error !== undefined) become({ data, error: undefined });
      },
      error: (error) => become({ data: snapshot.data, error }),
    });

  return {
    snapshot: () => snapshot,
    subscribe: (listener) => {
      clearTimeout(timer);
      listeners.add(listener);
      stop ??= start();
      return (lingerMs = LINGER_MS) => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        timer = setTimeout(() => {
          stop?.();
          stop = undefined;
          onUnused();
        }, lingerMs);
      };
    },
  };
}

/** One subscription per query and input, however many components ask for it. */
export function createLiveStore(client: EngineClient): LiveStore {
  const entries = new Map<string, LiveEntry<unknown>>();
  return {
    entry: (name, input) => {
      const key = `${name} ${inputKey(input)}`;
      const known = entries.get(key);
      const entry = known ?? createEntry(client, name, input, () => entries.delete(key));
      entries.set(key, entry);
      // the key holds the name, so the entry was made for it
      return entry as ReturnType<LiveStore['entry']> as LiveEntry<Output<typeof name>>;
    },
  };
}
