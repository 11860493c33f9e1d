import { create } from 'zustand';
import type { Progress } from '#shared/contract/define.ts';

type TakingBack = {
  /** The undo (or redo) that is under way, once it has taken noticeably long. */
  readonly work: { readonly title: string; readonly progress: Progress | undefined; readonly cancel: () => void } | undefined;
};

/** Long undo and redo, with progress and a way to stop (UX-05). */
export const useTakingBack = create<TakingBack>()(() => ({ work: undefined }));
