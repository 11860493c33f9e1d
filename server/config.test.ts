import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without settings the server is embedded, on loopback', () => {
  expect(readConfig({}, '/home/kim')).toMatchObject({
    databaseUrl: undefined,
    dataFolder: '/home/kim/.satchel-server',
    host: '127.0.0.1',
    port: 47_300,
    accessSeconds: 900,
  });
  expect(
    readConfig({ DATABASE_URL: 'postgres://u@h/d', SATCHEL_PORT: '8080', SATCHEL_TRUST_PROXY: 'yes', SATCHEL_SHARED: '/x' }, '/'),
  ).toMatchObject({
    databaseUrl: 'postgres://u@h/d',
    port: 8080,
    trustProxy: 1,
  });
});

test('S15 origins that may ask from a browser are read one by one', () => {
  const { allowedOrigins, appFolder } = readConfig({ SATCHEL_ALLOWED_ORIGINS: 'https://a.example.com, http://127.0.0.1:47290' }, '/');
  expect([allowedOrigins, appFolder]).toEqual([['https://a.example.com', 'http://127.0.0.1:47290'], undefined]);
});

test.each([
  [{ SATCHEL_ALLOWED_ORIGINS: '*' }, 'is no origin'],
  [{ SATCHEL_ALLOWED_ORIGINS: 'http://a.example.com' }, 'is no origin'],
  [{ SATCHEL_ALLOWED_ORIGINS: 'https://a.example.com/path' }, 'is no origin'],
  [{ SATCHEL_ALLOWED_ORIGINS: 'https://a.example.com,' }, 'an empty origin'],
  [{ SATCHEL_APP: '/nowhere' }, 'is no folder with the built application'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
  [{ SATCHEL_PORT: 'eighty' }, 'SATCHEL_PORT'],
  [{ SATCHEL_PORT: '70000' }, 'SATCHEL_PORT'],
  [{ SATCHEL_METRICS_TOKEN: 'short' }, 'SATCHEL_METRICS_TOKEN'],
  [{ SATCHEL_POOL: '0', SATCHEL_NEWS_MS: '-1' }, 'SATCHEL_NEWS_MS'],
  [{ SATCHEL_TRUST_PROXY: 'maybe' }, 'SATCHEL_TRUST_PROXY'],
  [{ SATCHEL_PUBLIC_URL: 'http://satchel.example.com' }, 'SATCHEL_PUBLIC_URL'],
  [{ SATCHEL_PROT: '80' }, 'no setting SATCHEL_PROT'],
])('what does not fit is named at the start: %j', (env, named) => {
  expect(() => readConfig(env, '/')).toThrow(named);
});
