import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Profile } from './profile.ts';
import { keepProfile, readProfile } from './profile-file.ts';

const profile: Profile = { version: 1, deviceId: 'device-1', storeExpected: false, backend: 'sqlite', generation: 1, chromium: 152 };
const newPath = () => join(mkdtempSync(join(tmpdir(), 'satchel-profile-')), 'profile.json');

test('changes are kept, one after another', async () => {
  const path = newPath();
  const keeper = keepProfile(path, profile);
  await Promise.all([keeper.change({ generation: 2 }), keeper.storeExists(), keeper.change({ chromium: 160 })]);
  expect(readProfile(path)).toEqual({ profile: { ...profile, generation: 2, storeExpected: true, chromium: 160 }, isNewer: false });
  expect(keeper.current()).toEqual({ ...profile, generation: 2, storeExpected: true, chromium: 160 });
});

test('a damaged profile is put aside, a missing one is none', () => {
  const path = newPath();
  expect(readProfile(path)).toEqual({ profile: undefined, isNewer: false });
  writeFileSync(path, '{"version":1}');
  expect(readProfile(path)).toEqual({ profile: undefined, isNewer: false });
  expect(readFileSync(`${path}.damaged`, 'utf8')).toBe('{"version":1}');
  expect(existsSync(path)).toBe(false);
});

test('the profile of a newer Satchel is left alone', () => {
  const path = newPath();
  writeFileSync(path, JSON.stringify({ version: 2, device: 'x' }));
  expect(readProfile(path)).toEqual({ profile: undefined, isNewer: true });
  expect(existsSync(path)).toBe(true);
});
