import { expect, test } from 'vitest';
import { partitionOf, type Profile } from './profile.ts';
import { pinnedFeatures, startPlan, type Evidence } from './start-plan.ts';

const known: Profile = { version: 1, deviceId: 'device-1', storeExpected: true, backend: 'sqlite', generation: 2, chromium: 152 };

const evidence = (changes: Partial<Evidence>): Evidence => ({
  profile: known,
  journalFilled: true,
  partitions: [partitionOf(known)],
  chromium: 152,
  newDeviceId: 'device-new',
  ...changes,
});

const nothing = { profile: undefined, journalFilled: false, partitions: [] };

test.each([
  [149, 'sqlite'],
  [160, 'sqlite'],
  [148, 'leveldb'],
  [130, 'leveldb'],
])('DSK-01 a first start under Chromium %i keeps its store in %s, and expects none yet', (chromium, backend) => {
  const profile = { version: 1, deviceId: 'device-new', storeExpected: false, backend, generation: 1, chromium };
  expect(startPlan(evidence({ ...nothing, chromium }))).toEqual({ plan: 'open', profile });
});

test('a known profile is opened as it is, under a newer Chromium too', () => {
  expect(startPlan(evidence({}))).toEqual({ plan: 'open', profile: known });
  expect(startPlan(evidence({ chromium: 160 }))).toEqual({ plan: 'open', profile: { ...known, chromium: 160 } });
});

test('a LevelDB store stays on LevelDB when Chromium learns SQLite: a switch would destroy it', () => {
  const profile: Profile = { ...known, backend: 'leveldb', chromium: 130 };
  expect(startPlan(evidence({ profile, chromium: 152 }))).toEqual({ plan: 'open', profile: { ...profile, chromium: 152 } });
});

test('DSK-01 a second copy without a profile means that a store is expected, never a first start', () => {
  expect(startPlan(evidence({ ...nothing, journalFilled: true }))).toMatchObject({ plan: 'open', profile: { storeExpected: true } });
  const doubted = { ...known, storeExpected: false };
  expect(startPlan(evidence({ profile: doubted }))).toMatchObject({ plan: 'open', profile: { storeExpected: true } });
});

test('a lost profile is rebuilt from the newest store folder', () => {
  const partitions = ['ui', 'engine-1-leveldb', 'engine-3-sqlite', 'engine-2-sqlite', 'engine-9-other'];
  expect(startPlan(evidence({ profile: undefined, partitions }))).toMatchObject({
    plan: 'open',
    profile: { generation: 3, backend: 'sqlite', storeExpected: true },
  });
});

test('DSK-01 a downgrade does not open the store: it is restored into a new folder if the user says so', () => {
  expect(startPlan(evidence({ chromium: 150 }))).toMatchObject({
    plan: 'ask',
    restored: { generation: 3, backend: 'sqlite', storeExpected: true, chromium: 150 },
  });
  expect(startPlan(evidence({ chromium: 130 }))).toMatchObject({ plan: 'ask', restored: { generation: 3, backend: 'leveldb' } });
});

test('a downgrade without a second copy is refused, and says what to do', () => {
  const plan = startPlan(evidence({ chromium: 130, journalFilled: false }));
  expect(plan).toMatchObject({ plan: 'refuse', why: expect.stringContaining('Install that version again') });
});

test('a downgrade before anything was stored just starts in a new folder', () => {
  const profile = { ...known, storeExpected: false };
  expect(startPlan(evidence({ profile, chromium: 130, journalFilled: false }))).toMatchObject({
    plan: 'open',
    profile: { storeExpected: false, generation: 3, backend: 'leveldb' },
  });
});

test('the backend is pinned both ways, beside the switches that were given', () => {
  expect(pinnedFeatures('sqlite', { enable: 'A', disable: 'IdbSqliteBackingStore,B' })).toEqual({
    enable: 'A,IdbSqliteBackingStore',
    disable: 'B',
  });
  expect(pinnedFeatures('leveldb', { enable: 'IdbSqliteBackingStore', disable: '' })).toEqual({
    enable: '',
    disable: 'IdbSqliteBackingStore',
  });
});
