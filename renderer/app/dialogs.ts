import { create } from 'zustand';

type Dialogs = { readonly open: 'palette' | 'keys' | undefined; readonly show: (dialog: 'palette' | 'keys' | undefined) => void };

/** Which of the shell's own dialogs is open. */
export const useDialogs = create<Dialogs>()((set) => ({ open: undefined, show: (open) => set({ open }) }));
