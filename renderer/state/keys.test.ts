import { describe, expect, test } from 'vitest';
import { isSingleKey, keyName, keyWords, matchKeys } from './keys.ts';

const press = (key: string, more: Partial<Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>> = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('UX-01 keys', () => {
  test.each([
    [press('k', { ctrlKey: true }), 'ctrl+k'],
    [press('k', { metaKey: true }), 'ctrl+k'],
    [press('?', { shiftKey: true }), '?'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'ctrl+shift+z'],
    [press('G'), 'g'],
    [press(' '), 'space'],
    [press('ArrowLeft', { altKey: true }), 'alt+arrowleft'],
  ])('%s', (name, expected) => {
    expect(name).toBe(expected);
  });

  const bindings = [{ keys: 'g p', id: 1 }, { keys: 'g r', id: 2 }, { keys: '?', id: 3 }, { id: 4 }];
  test('a sequence waits for its second key', () => {
    expect(matchKeys(['g'], bindings)).toEqual({ waiting: true });
    expect(matchKeys(['g', 'r'], bindings)).toEqual({ found: { keys: 'g r', id: 2 } });
    expect(matchKeys(['g', 'x'], bindings)).toEqual({ none: true });
    expect(matchKeys(['?'], bindings)).toEqual({ found: { keys: '?', id: 3 } });
  });
  test('the screen on top wins over the shell', () => {
    expect(matchKeys(['?'], [...bindings, { keys: '?', id: 5 }])).toEqual({ found: { keys: '?', id: 5 } });
  });
  test('single keys can be told from chords', () => {
    expect(['g p', '?', 'e'].map(isSingleKey)).toEqual([true, true, true]);
    expect(['ctrl+k', 'alt+arrowleft', 'f2'].map(isSingleKey)).toEqual([false, false, false]);
    expect(keyWords('g p')).toBe('G then P');
    expect(keyWords('ctrl+enter')).toBe('Ctrl+↵');
  });
});
