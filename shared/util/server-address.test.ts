import { expect, test } from 'vitest';
import { isServerAddress, serverAddress } from './server-address.ts';

test.each([
  ['satchel.example.com', 'https://satchel.example.com'],
  [' HTTPS://Satchel.Example.com/ ', 'https://satchel.example.com'],
  ['https://example.com:8443/Satchel/', 'https://example.com:8443/Satchel'],
  ['localhost:47300', 'http://localhost:47300'],
  ['127.0.0.1', 'http://127.0.0.1'],
  ['[::1]:47300', 'http://[::1]:47300'],
  ['localhost.example.com', 'https://localhost.example.com'],
  ['http://127.0.0.1:47300', 'http://127.0.0.1:47300'],
  ['http://localhost:47300/', 'http://localhost:47300'],
  ['http://[::1]:47300', 'http://[::1]:47300'],
])('S15 %s is %s', (typed, kept) => {
  expect(serverAddress(typed)).toBe(kept);
  expect(isServerAddress(kept)).toBe(true);
});

test.each([
  '',
  'http://example.com',
  'http://127.0.0.1.example.com',
  'http://localhost@example.com',
  'https://user:secret@example.com',
  'https://example.com/?a=b',
  'https://example.com/#a',
  'https://example.com/../x',
  'https://exa mple.com',
  'https://example.com:99999',
  'https://example.com:0',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'ftp://example.com',
  'https://',
  'https:example.com',
  'https://exämple.com',
])('S15 %s is refused', (typed) => {
  expect(() => serverAddress(typed)).toThrow(expect.objectContaining({ code: 'validation' }));
  expect(isServerAddress(typed)).toBe(false);
});
