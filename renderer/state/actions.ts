import { useEffect } from 'react';
import { create } from 'zustand';
import type { IconName } from '../ui/icon-paths.ts';

/** Something a person can do from anywhere: it stands in the palette and in the list of keys. */
export type Action = {
  readonly id: string;
  readonly label: string;
  readonly group: 'Go to' | 'Do' | 'This screen' | 'View';
  readonly icon?: IconName | undefined;
  /** As `keyName` writes them, sequences with a space: `g p`, `ctrl+l`, `?`. */
  readonly keys?: string | undefined;
  /** Other words it is found by. */
  readonly words?: string | undefined;
  /** Only in the list of keys (for example the arrow keys of a grid). */
  readonly keysOnly?: boolean | undefined;
  readonly run: () => void;
};

type Actions = {
  readonly sets: ReadonlyMap<symbol, readonly Action[]>;
  readonly set: (owner: symbol, actions: readonly Action[] | undefined) => void;
};

const useActionStore = create<Actions>()((set) => ({
  sets: new Map(),
  set: (owner, actions) =>
    set(({ sets }) => {
      const next = new Map(sets);
      if (actions === undefined) next.delete(owner);
      else next.set(owner, actions);
      return { sets: next };
    }),
}));

/** Offers actions while the calling component is on screen; the last one to offer a key has it. */
export function useActions(actions: readonly Action[]): void {
  const set = useActionStore((state) => state.set);
  useEffect(() => {
    const owner = Symbol('actions');
    set(owner, actions);
    return () => set(owner, undefined);
  }, [actions, set]);
}

/** All actions on offer now. */
export function currentActions(): readonly Action[] {
  return [...useActionStore.getState().sets.values()].flat();
}

export function useCurrentActions(): readonly Action[] {
  const sets = useActionStore((state) => state.sets);
  return [...sets.values()].flat();
}
