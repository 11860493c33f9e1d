import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { EMPTY_DRAFT, type FormDraft } from '../ui/record-form/record-form.tsx';

type Drafts = {
  readonly drafts: Readonly<Record<string, FormDraft>>;
  readonly setDraft: (key: string, draft: FormDraft) => void;
};

/**
 * What has been typed and not saved, by record. Kept on the device at every keystroke, so that neither Back nor a reload nor
 * a crash loses it; gone once it is saved or discarded.
 */
export const useDrafts = create<Drafts>()(
  persist(
    (set) => ({
      drafts: {},
      setDraft: (key, draft) =>
        set(({ drafts }) => {
          const { [key]: _before, ...others } = drafts;
          return { drafts: Object.keys(draft.values).length === 0 ? others : { ...others, [key]: draft } };
        }),
    }),
    { name: 'satchel.drafts', version: 1, storage: createJSONStorage(() => localStorage), partialize: ({ drafts }) => ({ drafts }) },
  ),
);

/** One record's draft and how to change it. */
export function useDraft(key: string): readonly [FormDraft, (draft: FormDraft) => void] {
  const draft = useDrafts((state) => state.drafts[key]) ?? EMPTY_DRAFT;
  const setDraft = useDrafts((state) => state.setDraft);
  return [draft, (next) => setDraft(key, next)];
}
