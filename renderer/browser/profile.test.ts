import { expect, test } from 'vitest';
import { readProfile } from './profile.ts';

function storage() {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
}

test('a browser has one identity for good, and remembers that it had a store', () => {
  const kept = storage();
  const first = readProfile(kept, () => 'one');
  expect(first).toMatchObject({ deviceId: 'one', storeExpected: false });
  first.rememberStore();
  expect(readProfile(kept, () => 'two')).toMatchObject({ deviceId: 'one', storeExpected: true });
});
