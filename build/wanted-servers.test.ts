import { expect, test } from 'vitest';
import { wantedServers } from './wanted-servers.ts';

test.each([
  [[], {}, []],
  [
    ['--browser', '--server', 'https://Satchel.example.com/'],
    { SATCHEL_SERVER: 'https://other.example.com' },
    ['https://satchel.example.com'],
  ],
  [['--server=http://127.0.0.1:47300', '--server', 'https://b.example.com'], {}, ['http://127.0.0.1:47300', 'https://b.example.com']],
  [[], { SATCHEL_SERVER: 'https://a.example.com, https://b.example.com' }, ['https://a.example.com', 'https://b.example.com']],
] as const)('S15 %j with %j lets pages talk to %j', (args, env, expected) => {
  expect(wantedServers(args, env)).toEqual(expected);
});

test.each(['', 'http://example.com', "https://a.example.com; script-src 'unsafe-inline'", '*'])('S15 %j is refused', (given) => {
  expect(() => wantedServers(['--server', given], {})).toThrow(expect.objectContaining({ code: 'validation' }));
});
