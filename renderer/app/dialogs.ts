import { create } from 'zustand';

type Shown = 'palette' | 'keys' | 'changes' | undefined;
type Dialogs = { readonly open: Shown; readonly show: (dialog: Shown) => void };

/** Which of the shell's own dialogs is open. */
export const useDialogs = create<Dialogs>()((set) => ({ open: undefined, show: (open) => set({ open }) }));
