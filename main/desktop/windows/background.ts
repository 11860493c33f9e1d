import { app, globalShortcut, type BrowserWindow } from 'electron';
import type { WindowMemory } from './window-memory.ts';

/** Logs a call from wherever one is: on every system the same keys. */
export const CALL_SHORTCUT = 'CommandOrControl+Alt+L';

export type Background = {
  readonly state: () => { readonly keepRunning: boolean; readonly shortcut: boolean };
  readonly change: (changes: { readonly keepRunning?: boolean | undefined; readonly shortcut?: boolean | undefined }) => void;
  /** A window that is closed is only hidden while Satchel is to go on in the tray. */
  readonly guard: (window: BrowserWindow) => void;
};

/** What Satchel does without its window: goes on in the tray, so that reminders come, and hears one shortcut everywhere (DSK-04, TCH-10). */
export function background(memory: WindowMemory, logCall: () => void, hasTray: () => boolean): Background {
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  const state = () => ({ keepRunning: memory.state().keepRunning ?? true, shortcut: memory.state().shortcut ?? true });
  const listen = (): void => {
    globalShortcut.unregister(CALL_SHORTCUT);
    // another program may have it: then it stays theirs
    if (state().shortcut) globalShortcut.register(CALL_SHORTCUT, logCall);
  };
  listen();
  return {
    state,
    change: ({ keepRunning, shortcut }) => {
      memory.keep({ ...(keepRunning === undefined ? {} : { keepRunning }), ...(shortcut === undefined ? {} : { shortcut }) });
      listen();
    },
    guard: (window) => {
      window.on('close', (event) => {
        // where there is no tray, a hidden window could not be found again
        if (quitting || !state().keepRunning || !hasTray() || process.platform === 'darwin') return;
        event.preventDefault();
        window.hide();
      });
    },
  };
}
