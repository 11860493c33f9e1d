import type { ChangeFeed, Touched } from '../context.ts';

/** The engine's side of the change feed: `tell` announces a commit. */
export type OpenFeed = ChangeFeed & { readonly tell: (touched: Touched) => void };

/** Makes a change feed. A listener that throws does not keep the others from hearing; `failed` is told. */
export function createFeed(failed: (thrown: unknown) => void): OpenFeed {
  const listeners = new Set<(touched: Touched) => void>();
  const derivedListeners = new Set<(topics: ReadonlySet<string>) => void>();
  const callAll = <T>(all: ReadonlySet<(value: T) => void>, value: T): void => {
    for (const listener of all)
      try {
        listener(value);
      } catch (thrown) {
        failed(thrown);
      }
  };
  const join = <T>(all: Set<T>, listener: T) => {
    all.add(listener);
    return () => void all.delete(listener);
  };
  return {
    subscribe: (listener) => join(listeners, listener),
    onDerived: (listener) => join(derivedListeners, listener),
    announceDerived: (topics) => callAll(derivedListeners, topics),
    tell: (touched) => callAll(listeners, touched),
  };
}
