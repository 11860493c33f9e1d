import { expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { beforehandWords, connectVerb, deviceNameFrom, signInFailure } from './connect-words.ts';

test('SYN-11 what happens to what is here is said beforehand, with its number', () => {
  expect(beforehandWords({ records: 0, pending: 0, again: false }).join(' ')).toContain('loaded from the central store');
  expect(beforehandWords({ records: 1, pending: 1, again: false }).join(' ')).toContain('1 record is on this device. It goes up');
  const many = beforehandWords({ records: 12_345, pending: 800, again: false }).join(' ');
  expect(many).toContain('12,345 records are on this device. All of them go up');
  expect(many).toContain('demo portfolio');
  expect(connectVerb({ records: 12_345, pending: 0, again: false })).toBe('Connect and send 12,345 records');
  expect(connectVerb({ records: 0, pending: 0, again: false })).toBe('Connect');
});

test('SYN-11 signing in again says what goes up and what comes', () => {
  expect(beforehandWords({ records: 500, pending: 1, again: true })[0]).toContain('1 change that was made here meanwhile goes up');
  expect(beforehandWords({ records: 500, pending: 3, again: true })[0]).toContain('3 changes that were made here meanwhile go up');
  expect(beforehandWords({ records: 500, pending: 0, again: true })[0]).toContain('Nothing of yours waits');
  expect(connectVerb({ records: 500, pending: 3, again: true })).toBe('Sign in');
});

test('S15 a wrong name and a wrong password read the same, and both have a way out', () => {
  const failure = signInFailure(new AppError('unauthorized', 'Name or password is not right.'), 'https://central.example');
  expect(failure.message).toContain('Organisation, login and password do not fit together');
  expect(failure.details?.wayOut).toBeDefined();
});

test('SYN-11 a store that does not answer is named, and one that is busy says how long', () => {
  const silent = signInFailure(new AppError('deadline', 'Took too long.'), 'https://central.example');
  expect(silent.message).toBe('https://central.example does not answer.');
  expect(silent.details?.wayOut).toContain('goes on working');
  const foreign = signInFailure(new AppError('network', 'Something else answered.'), 'https://central.example');
  expect(foreign).toMatchObject({
    message: 'Something else answered.',
    details: { wayOut: expect.stringContaining('https://central.example') as string },
  });
  const busy = (retryAfterMs?: number) =>
    signInFailure(new AppError('unavailable', 'Too many requests.', retryAfterMs === undefined ? {} : { retryAfterMs }), '').details
      ?.wayOut;
  expect(busy(20_000)).toBe('Try again in a minute.');
  expect(busy(150_000)).toBe('Try again in 3 minutes.');
  expect(busy()).toBe('Try again in some minutes.');
});

test('an error that speaks for itself is left as it is', () => {
  const error = new AppError('limit', 'Too much.', { wayOut: 'Less.' });
  expect(signInFailure(error, '')).toBe(error);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/149.0.0.0 Safari/537.36', 'Linux computer, Chrome'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/149.0.0.0 Safari/537.36 Edg/149.0', 'Windows computer, Edge'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15', 'Mac, Safari'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Satchel/0.1.0 Chrome/149.0.0.0 Electron/45.4.1 Safari/537.36', 'Linux computer'],
])('%s is called “%s”', (agent, name) => {
  expect(deviceNameFrom(agent)).toBe(name);
});
