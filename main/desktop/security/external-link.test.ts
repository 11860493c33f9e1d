import { expect, test } from 'vitest';
import { externalLink, signInPage } from './external-link.ts';

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

const FLOW = `acme.${'aB3-_'.repeat(8)}xyz`;
test.each(['http://127.0.0.1:47300', 'http://localhost:47300', 'http://[::1]:47300', 'http://localhost:8080/satchel'])(
  'S15 DSK-06 the sign-in page of %s may be opened outside once the person agreed to that server',
  (server) => {
    const page = `${server}/sign-in/go?flow=${FLOW}`;
    expect([signInPage(page, server), signInPage(page, undefined), externalLink(page)]).toEqual([page, undefined, undefined]);
  },
);

test.each([
  ['another port', `http://127.0.0.1:22/sign-in/go?flow=${FLOW}`],
  ['another name of this machine', `http://localhost:47300/sign-in/go?flow=${FLOW}`],
  ['another page', `http://127.0.0.1:47300/v1/push?flow=${FLOW}`],
  ['a longer path', `http://127.0.0.1:47300/sign-in/go/../../x?flow=${FLOW}`],
  ['more than the flow', `http://127.0.0.1:47300/sign-in/go?flow=${FLOW}&to=x`],
  ['a part of the page', `http://127.0.0.1:47300/sign-in/go?flow=${FLOW}#x`],
  ['no flow', 'http://127.0.0.1:47300/sign-in/go?flow='],
  ['something after the flow', `http://127.0.0.1:47300/sign-in/go?flow=${FLOW}%0d%0a`],
  ['a name before the host', `http://127.0.0.1:47300@evil.example/sign-in/go?flow=${FLOW}`],
  ['a host that begins so', `http://127.0.0.1:47300.evil.example/sign-in/go?flow=${FLOW}`],
  ['a file', 'file:///etc/passwd'],
])('DSK-06 beside that page nothing without https is opened: %s', (_what, address) => {
  expect(signInPage(address, 'http://127.0.0.1:47300')).toBeUndefined();
});

test.each(['http://evil.example', 'http://192.168.0.7', 'http://127.0.0.1.evil.example', 'https://example.com', 'file://', ''])(
  'DSK-06 a server at %s opens no page that way, even if it were agreed to',
  (server) => {
    expect(signInPage(`${server}/sign-in/go?flow=${FLOW}`, server)).toBeUndefined();
  },
);
