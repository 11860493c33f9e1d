import { expect, test } from 'vitest';
import type { Port } from '#shared/contract/port.ts';
import { controlEngine } from './control.ts';
import type { Observation } from './supervision.ts';

function connected() {
  const posted: unknown[] = [];
  const seen: Observation[] = [];
  let hear: (data: unknown) => void = () => undefined;
  const port: Port = {
    post: (message) => posted.push(message),
    open: (onMessage) => {
      hear = onMessage;
    },
    close: () => undefined,
  };
  const { ping } = controlEngine(port, 'main', (observation) => seen.push(observation));
  return { ping, posted, seen, say: (data: unknown) => hear(data) };
}

test('it greets, pings, and takes welcome for ready, a pong for a sign of life', () => {
  const { ping, posted, seen, say } = connected();
  ping();
  ping();
  say({ t: 'welcome', protocol: 1, epoch: 'e' });
  say({ t: 'pong', n: 1 });
  expect(posted).toEqual([
    { t: 'hello', protocol: 1, clientId: 'main' },
    { t: 'ping', n: 1 },
    { t: 'ping', n: 2 },
  ]);
  expect(seen).toEqual([{ saw: 'ready' }, { saw: 'heard' }]);
});

test('an engine that has forgotten it is greeted again', () => {
  const { posted, say } = connected();
  say({ t: 'again' });
  expect(posted.length).toBe(2);
});

test('a fatal error carries its words; anything malformed is only a sign of life', () => {
  const { seen, say } = connected();
  say({ t: 'fatal', error: { code: 'storage', message: 'The disk is full.', details: {}, retryable: false } });
  for (const odd of [null, 5, {}, { t: 'fatal' }, { t: 'fatal', error: { message: 1 } }]) say(odd);
  expect(seen[0]).toMatchObject({ saw: 'fatal', error: { message: 'The disk is full.', retryable: false } });
  expect(seen.slice(1).every(({ saw }) => saw === 'heard')).toBe(true);
});
