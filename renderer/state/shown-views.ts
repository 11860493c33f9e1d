import { create } from 'zustand';

type Store = { readonly byList: Readonly<Record<string, string>>; readonly show: (list: string, view: string) => void };

/** Which kept view each list was opened with, as long as the window lives, as the way back is. */
export const useShownViews = create<Store>()((set) => ({
  byList: {},
  show: (list, view) => set(({ byList }) => ({ byList: { ...byList, [list]: view } })),
}));
