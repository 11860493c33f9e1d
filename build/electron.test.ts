import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { installedElectron, whyNoWindow } from './electron.ts';

test('a runtime is found where ELECTRON_OVERRIDE_DIST_PATH says, and only if it is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-electron-'));
  const names: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const program = join(folder, names[process.platform] ?? 'electron');
  expect(installedElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBeUndefined();
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(program, '');
  expect(installedElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(program);
  rmSync(folder, { recursive: true });
});

test.each([
  ['linux', {}, false, 'there is no display'],
  ['linux', { DISPLAY: ':0' }, true, "Electron's sandbox does not work for root"],
  ['linux', { DISPLAY: ':0' }, false, undefined],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false, undefined],
  ['darwin', {}, false, undefined],
  ['win32', {}, false, undefined],
] as const)('on %s with %j (root: %s) the reason for no window is: %s', (platform, env, isRoot, why) => {
  expect(whyNoWindow(env, platform, isRoot)).toBe(why);
});
