import { expect, test } from 'vitest';
import { awaitTyping, handTyped, keepTyped } from './early-typing.ts';

const takeTyped = () => {
  let taken = '';
  handTyped((text) => (taken = text));
  return taken;
};
const press = (key: string, more: { readonly timeStamp?: number; readonly ctrlKey?: boolean } = {}) =>
  keepTyped({ key, ctrlKey: false, metaKey: false, altKey: false, timeStamp: 1_000, ...more });

test('UX-02 what is typed while the search is on its way is kept for it, in order', () => {
  expect(press('n')).toBe(false);
  awaitTyping(1_000);
  expect(['n', 'o', 'x', 'Backspace', 'r'].map((key) => press(key))).toEqual([true, true, true, true, true]);
  expect(takeTyped()).toBe('nor');
  expect(press('d')).toBe(false);
  expect(takeTyped()).toBe('');
});

test('UX-01 Enter behind it is kept too, and what comes after it is not', () => {
  awaitTyping(1_000);
  for (const key of ['a', 'c', 'Enter', 'x']) expect(press(key)).toBe(true);
  const taken: unknown[] = [];
  handTyped((text, entered) => taken.push(text, entered));
  expect(taken).toEqual(['ac', true]);
});

test('chords and keys that write nothing stay what they are', () => {
  awaitTyping(1_000);
  expect(press('k', { ctrlKey: true })).toBe(false);
  expect(press('ArrowDown')).toBe(false);
  expect(takeTyped()).toBe('');
});

test('Escape gives it up, and so does a screen that does not come', () => {
  awaitTyping(1_000);
  press('a');
  expect(press('Escape')).toBe(false);
  expect(press('b')).toBe(false);
  awaitTyping(1_000);
  expect(press('c', { timeStamp: 4_001 })).toBe(false);
  expect(takeTyped()).toBe('');
});
