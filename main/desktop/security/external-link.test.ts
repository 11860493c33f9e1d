import { expect, test } from 'vitest';
import { externalLink } from './external-link.ts';

test.each([
  ['https://example.com', 'https://example.com/'],
  ['HTTPS://Example.com/a b?q=1#x', 'https://example.com/a%20b?q=1#x'],
  ['mailto:ann@example.com', 'mailto:ann@example.com'],
  ['mailto:ann@example.com?subject=Renewal&body=Dear%20Ann', 'mailto:ann@example.com?subject=Renewal&body=Dear%20Ann'],
])('DSK-06 %s may be opened outside', (address, opened) => {
  expect(externalLink(address)).toBe(opened);
});

test.each([
  'http://example.com',
  'https://user:secret@example.com',
  'https://example.com@evil.example',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://server/share',
  'ms-msdt:/id',
  'vbscript:x',
  'app://ui/index.html',
  'mailto:ann@example.com?attach=/etc/passwd',
  'mailto:?subject=x',
  'mailto://evil.example/x',
  'https://',
  '//example.com',
  'C:\\windows\\system32\\calc.exe',
  '',
  `https://example.com/${'a'.repeat(2048)}`,
])('DSK-06 %s is not opened', (address) => {
  expect(externalLink(address)).toBeUndefined();
});
