import { expect, test } from 'vitest';
import { webPreferences } from './web-preferences.ts';

test('DSK-06 every page is sandboxed, isolated, and without Node, whatever else is asked', () => {
  expect(webPreferences({ preload: '/p.cjs', partition: 'persist:ui', devTools: false })).toEqual({
    preload: '/p.cjs',
    partition: 'persist:ui',
    devTools: false,
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
  });
});
