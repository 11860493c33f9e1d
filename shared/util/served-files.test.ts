import { expect, test } from 'vitest';
import { servedFile } from './served-files.ts';

test.each([
  ['/', 'renderer', 'index.html', 'text/html; charset=utf-8'],
  ['/index.html', 'renderer', 'index.html', 'text/html; charset=utf-8'],
  ['/assets/main-B_x-1.js', 'renderer', 'assets/main-B_x-1.js', 'text/javascript; charset=utf-8'],
  ['/engine/worker.js', 'engine', 'worker.js', 'text/javascript; charset=utf-8'],
  ['/engine/chunks/xlsx.js', 'engine', 'chunks/xlsx.js', 'text/javascript; charset=utf-8'],
  ['/engine.html', 'renderer', 'engine.html', 'text/html; charset=utf-8'],
])('DSK-06 %s is a file of ours', (pathname, folder, path, type) => {
  expect(servedFile(pathname)).toEqual({ folder, path, type });
});

test.each([
  '/../package.json',
  '/assets/../../package.json',
  '/..%2f..%2fpackage.json',
  '/%2e%2e/package.json',
  String.raw`/..\package.json`,
  '/C:/windows/win.json',
  '/a.json\0.js',
  '//etc/passwd.js',
  '/.env.json',
  '/assets/',
  '/secret.pem',
  '/engine',
])('DSK-06 %s is refused', (pathname) => {
  expect(servedFile(pathname)).toBeUndefined();
});
