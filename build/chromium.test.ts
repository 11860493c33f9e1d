import { expect, test } from 'vitest';
import { chromiumArgs, findChromium, findShell, type Machine } from './chromium.ts';

function machine(changes: Partial<Machine>): Machine {
  return {
    env: { PATH: '/usr/bin' },
    platform: 'linux',
    isRoot: false,
    isFile: () => false,
    playwrightPath: () => '/playwright/chrome',
    installPackage: () => false,
    ...changes,
  };
}

test('CHROMIUM_PATH comes first', () => {
  expect(findChromium(machine({ env: { CHROMIUM_PATH: '/mine', PATH: '/usr/bin' }, isFile: () => true }))).toBe('/mine');
});

test('a CHROMIUM_PATH that is no program is refused by name, not replaced', () => {
  const wrong = machine({ env: { CHROMIUM_PATH: '/gone', PATH: '/usr/bin' }, isFile: (path) => path !== '/gone' });
  expect(() => findChromium(wrong)).toThrow('/gone');
});

test("Playwright's own comes before the system's", () => {
  expect(findChromium(machine({ isFile: () => true }))).toBe('/playwright/chrome');
  expect(findChromium(machine({ isFile: (path) => path === '/usr/bin/google-chrome' }))).toBe('/usr/bin/google-chrome');
});

test('root on Debian gets the package installed, and it is then found', () => {
  let installed = false;
  const fresh = machine({
    isRoot: true,
    isFile: (path) => installed && path === '/usr/bin/chromium',
    installPackage: (name) => (installed = name === 'chromium'),
  });
  expect(findChromium(fresh)).toBe('/usr/bin/chromium');
});

test('nobody else gets anything installed, and is told the way out', () => {
  const fresh = machine({
    installPackage: () => {
      throw new Error('must not be called');
    },
  });
  expect(() => findChromium(fresh)).toThrow('CHROMIUM_PATH');
});

test('a Chromium without windows is taken where there is one, installed by root on Debian, and else replaced by the whole one', () => {
  const shell = '/usr/bin/chromium-headless-shell';
  expect(findShell(machine({ isFile: () => true }))).toBe(shell);
  let installed = false;
  const fresh = { isRoot: true, isFile: (path: string) => (installed && path === shell) || path === '/usr/bin/chromium' };
  expect(findShell(machine({ ...fresh, installPackage: (name) => (installed = name === 'chromium-headless-shell') }))).toBe(shell);
  installed = false;
  expect(findShell(machine(fresh))).toBe('/usr/bin/chromium');
});

test('the sandbox is given up for root alone', () => {
  expect(chromiumArgs(true)).toContain('--no-sandbox');
  expect(chromiumArgs(false)).not.toContain('--no-sandbox');
});
