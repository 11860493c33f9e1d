import { BrowserWindow } from 'electron';
import { webPreferences } from './web-preferences.ts';

/** The hidden window that has IndexedDB for main, in the session of the profile's store. Never throttled: nobody looks at it. */
export function makeEngineWindow(own: { readonly preload: string; readonly partition: string; readonly devTools: boolean }): BrowserWindow {
  return new BrowserWindow({
    show: false,
    width: 200,
    height: 200,
    skipTaskbar: true,
    focusable: false,
    title: 'Satchel engine',
    webPreferences: { ...webPreferences(own), backgroundThrottling: false },
  });
}
