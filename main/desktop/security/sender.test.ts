import { expect, test } from 'vitest';
import { isFrom, pageAt } from './sender.ts';

const frame = (url: string, parent: unknown = null) => ({ sender: { id: 7 }, senderFrame: { url, parent } });

test.each([
  ['app://ui/index.html', 'ui'],
  ['app://ui/', 'ui'],
  ['app://ui/index.html#/risks?a=b', 'ui'],
  ['app://ui/index.html?x=1', 'ui'],
  ['app://ui/engine.html', 'engine'],
])('%s is the page %s', (url, page) => {
  expect(pageAt(url)).toBe(page);
});

test.each([
  'https://ui/index.html',
  'app://other/index.html',
  'app://ui/index.html.evil',
  'app://ui/assets/x.html',
  'app://ui@evil/index.html',
  'file:///index.html',
  'about:blank',
  'data:text/html,x',
  '',
])('DSK-06 %s is none of our pages', (url) => {
  expect(pageAt(url)).toBeUndefined();
});

test('DSK-06 only the main frame of our own window on our own page is heard', () => {
  const good = frame('app://ui/index.html');
  expect(isFrom(good, 'ui', 7)).toBe(true);
  expect(isFrom(good, 'engine', 7)).toBe(false);
  expect(isFrom(good, 'ui', 8)).toBe(false);
  expect(isFrom(good, 'ui', undefined)).toBe(false);
  expect(isFrom(frame('app://ui/index.html', {}), 'ui', 7)).toBe(false);
  expect(isFrom(frame('https://example.com/'), 'ui', 7)).toBe(false);
  expect(isFrom({ sender: { id: 7 }, senderFrame: null }, 'ui', 7)).toBe(false);
});
