import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from './menu.ts';

const template = (isMac: boolean) => menuTemplate({ isMac, theme: 'dark', send: () => undefined, revealStorage: () => undefined });

function all(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
}

test('DSK-06 the menu opens no developer tools', () => {
  for (const isMac of [true, false]) expect(all(template(isMac)).filter(({ role }) => role === 'toggleDevTools')).toEqual([]);
});

test('no key stands for two things', () => {
  for (const isMac of [true, false]) {
    const keys = all(template(isMac)).flatMap(({ accelerator }) => (accelerator === undefined ? [] : [String(accelerator)]));
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test('the colours in use are marked', () => {
  const marked = all(template(false)).filter(({ checked }) => checked === true);
  expect(marked.map(({ label }) => label)).toEqual(['Dark']);
});
