import { useState, useSyncExternalStore } from 'react';
import type { Input, Output, QueryName } from '#shared/contract/engine-contract.ts';
import type { AppError } from '#shared/errors/app-error.ts';
import { useAccess, useConnection } from './client-provider.tsx';
import { inputKey, type LiveEntry } from './live-store.ts';

export type Live<O> = {
  /** The newest result; while a changed input is being answered, the last result of the input before. */
  readonly data: O | undefined;
  readonly error: AppError | undefined;
  /** Nothing to show yet. */
  readonly loading: boolean;
  /** What is shown may be out of date: the input has just changed, or the engine is restarting. */
  readonly stale: boolean;
};

const idle: LiveEntry<never> = {
  snapshot: () => idleSnapshot,
  subscribe: () => () => undefined,
};
const idleSnapshot = { data: undefined, error: undefined };

/**
 * The result of a query, kept up to date by the engine. Equal inputs need not be the same object. `undefined` as input asks
 * nothing (a panel that shows no record).
 */
export function useLive<N extends QueryName>(name: N, input: Input<N> | undefined): Live<Output<N>> {
  const { lives } = useAccess();
  const connection = useConnection();
  const key = input === undefined ? undefined : inputKey(input);
  // the store finds it by the input's key: a screen makes its input anew at every render
  const entry: LiveEntry<Output<N>> = input === undefined ? idle : lives.entry(name, input);
  const { data, error } = useSyncExternalStore(entry.subscribe, entry.snapshot);
  const [shown, setShown] = useState<Output<N>>();
  // while rendering, as React advises for state that follows other state; the result of before stays until there is a new one
  if (shown !== data && (data !== undefined || key === undefined)) setShown(data);
  if (key === undefined) return { data: undefined, error: undefined, loading: false, stale: false };
  const kept = data ?? shown;
  const stale = kept !== undefined && (data === undefined || connection.kind !== 'ready');
  return { data: kept, error, loading: kept === undefined && error === undefined, stale };
}
