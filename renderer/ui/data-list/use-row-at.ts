import { useEffect, useReducer, useSyncExternalStore } from 'react';
import type { ListRows } from './types.ts';

const never = () => () => undefined;
const always = () => 0;

/** One row, also once it arrives; −1 is none. Whoever asks is drawn again only when that row is another. */
export function useRowAt<R>({ rowAt, subscribe }: ListRows<R>, index: number): R | undefined {
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const row = index < 0 ? undefined : rowAt(index);
  useEffect(() => {
    if (subscribe === undefined || index < 0) return undefined;
    const look = () => {
      if (!Object.is(rowAt(index), row)) drawAgain();
    };
    look();
    return subscribe(look);
  }, [subscribe, rowAt, index, row]);
  return row;
}

/** Draws whoever asks again when rows arrive. */
export function useArrivals<R>({ subscribe = never, version = always }: ListRows<R>): void {
  useSyncExternalStore(subscribe, version);
}
