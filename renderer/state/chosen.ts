import { create } from 'zustand';

/** Rows chosen in a list: those named, or (`all`) every row that matches but those named. */
export type Chosen = { readonly all: boolean; readonly ids: ReadonlySet<string> };

export const NONE_CHOSEN: Chosen = { all: false, ids: new Set() };

type Store = { readonly byList: Readonly<Record<string, Chosen>>; readonly set: (list: string, chosen: Chosen) => void };

const MOST_LISTS = 30;

/** What is chosen in which list with which filter, as long as the window lives: it is there again on the way back. */
const useStore = create<Store>()((set) => ({
  byList: {},
  set: (list, chosen) =>
    set(({ byList }) => {
      const { [list]: _before, ...others } = byList;
      const kept = Object.fromEntries(Object.entries(others).slice(-MOST_LISTS));
      return { byList: isNone(chosen) ? kept : { ...kept, [list]: chosen } };
    }),
}));

const isNone = ({ all, ids }: Chosen): boolean => !all && ids.size === 0;

/** The rows chosen in a list; `list` names it with its filter. */
export function useChosen(list: string): readonly [Chosen, (chosen: Chosen) => void] {
  const chosen = useStore((state) => state.byList[list]) ?? NONE_CHOSEN;
  const set = useStore((state) => state.set);
  return [chosen, (next) => set(list, next)];
}

/** Whether a row is chosen. */
export function isChosen({ all, ids }: Chosen, id: string): boolean {
  return all !== ids.has(id);
}

/** With one row chosen or no longer chosen. */
export function toggled({ all, ids }: Chosen, id: string): Chosen {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { all, ids: next };
}

/** With these rows chosen too. */
export function withChosen({ all, ids }: Chosen, more: readonly string[]): Chosen {
  const next = new Set(ids);
  for (const id of more)
    if (all) next.delete(id);
    else next.add(id);
  return { all, ids: next };
}

/** How many of `total` rows are chosen. */
export function countChosen({ all, ids }: Chosen, total: number): number {
  return all ? Math.max(0, total - ids.size) : ids.size;
}
