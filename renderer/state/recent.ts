import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Reference } from '../ui/reference.ts';

type Recent = { readonly records: readonly Reference[]; readonly opened: (record: Reference) => void };

/** Records opened lately, newest first: what the palette offers before anything is typed. */
export const useRecent = create<Recent>()(
  persist(
    (set) => ({
      records: [],
      opened: (record) => set(({ records }) => ({ records: [record, ...records.filter(({ id }) => id !== record.id)].slice(0, 8) })),
    }),
    { name: 'satchel.recent', version: 1 },
  ),
);
