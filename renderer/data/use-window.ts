import { useMemo, useState, useSyncExternalStore } from 'react';
import { useAccess } from './client-provider.tsx';
import { inputKey } from './live-store.ts';
import { createWindowStore, type Known, type ListName, type RowOf, type WindowStore, type WithoutWindow } from './window-store.ts';

export type { ListName } from './window-store.ts';

export type WindowedRows<N extends ListName> = {
  readonly total: number | undefined;
  readonly rowAt: (index: number) => RowOf<N> | undefined;
  readonly onRange: (first: number, last: number) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly version: () => number;
  readonly queryKey: string;
  readonly error: Known<N>['error'];
  /** What comes beside the rows. */
  readonly data: Known<N>['data'];
};

/**
 * A list of any length, read in windows that follow the scroll position and stay live. Rows seen before are shown at once
 * when scrolling back and are asked again. Whoever calls it is drawn again for what comes beside the rows only; rows that arrive are
 * drawn by those who subscribe to them.
 */
export function useWindow<N extends ListName>(name: N, input: WithoutWindow<N>): WindowedRows<N> {
  const { lives } = useAccess();
  const queryKey = `${name} ${inputKey(input)}`;
  const [made, setMade] = useState<WindowStore<N>>(() => createWindowStore(lives, name, input));
  let store = made;
  // while rendering, as React advises for state that follows what is given
  if (store.queryKey !== queryKey || store.lives !== lives) {
    store = createWindowStore(lives, name, input);
    setMade(store);
  }
  const { total, data, error } = useSyncExternalStore(store.subscribeKnown, store.known);
  return useMemo(() => {
    const { rowAt, onRange, subscribe, version } = store;
    return { total, rowAt, onRange, subscribe, version, queryKey: store.queryKey, error, data };
  }, [store, total, error, data]);
}
