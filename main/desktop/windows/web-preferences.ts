import type { WebPreferences } from 'electron';

/** How every page of ours runs: sandboxed, apart from its preload, without Node and without embedded pages. */
export function webPreferences(own: { readonly preload: string; readonly partition: string; readonly devTools: boolean }): WebPreferences {
  return {
    ...own,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
  };
}
