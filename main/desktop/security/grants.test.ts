import { expect, test } from 'vitest';
import { isGranted, mayLoad } from './grants.ts';

const ui = 'app://ui/index.html';
const engine = 'app://ui/engine.html';

test.each([
  'media',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'pointerLock',
  'fullscreen',
  'openExternal',
  'clipboard-read',
  'display-capture',
  'hid',
  'serial',
  'usb',
  'fileSystem',
  'idle-detection',
  'storage-access',
  'window-management',
  'unknown',
])('DSK-06 nobody is granted %s', (permission) => {
  expect(isGranted(permission, ui, 'ui')).toBe(false);
  expect(isGranted(permission, engine, 'engine')).toBe(false);
});

test('DSK-06 what is granted is granted to our pages, each in its own session', () => {
  expect(isGranted('clipboard-sanitized-write', ui, 'ui')).toBe(true);
  expect(isGranted('persistent-storage', engine, 'engine')).toBe(true);
  expect(isGranted('persistent-storage', 'app://ui/', 'engine')).toBe(true);
  expect(isGranted('clipboard-sanitized-write', engine, 'engine')).toBe(false);
  expect(isGranted('persistent-storage', ui, 'ui')).toBe(false);
  for (const foreign of ['https://example.com/', 'app://ui.evil/', 'app://other/', 'null', ''])
    expect(isGranted('clipboard-sanitized-write', foreign, 'ui')).toBe(false);
});

test.each(['app://ui/index.html', 'app://ui/assets/a.js', 'blob:app://ui/8f0c', 'data:image/png;base64,AA'])('%s may be loaded', (url) => {
  expect(mayLoad(url, false)).toBe(true);
});

test.each([
  'https://example.com/',
  'http://localhost/',
  'ws://localhost/',
  'file:///etc/passwd',
  'app://other/x',
  'app://ui.evil/x',
  'blob:https://example.com/8f0c',
  'chrome://gpu',
  'devtools://devtools/bundled/x.html',
  'ftp://example.com/',
])('DSK-06 %s is not loaded', (url) => {
  expect(mayLoad(url, false)).toBe(false);
});

test('developer tools load only where they are on', () => {
  expect(mayLoad('devtools://devtools/bundled/x.html', true)).toBe(true);
  expect(mayLoad('https://example.com/', true)).toBe(false);
});
