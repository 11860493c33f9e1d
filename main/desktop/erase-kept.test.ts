import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eraseKept } from './erase-kept.ts';
import { openFileFolder } from './files/file-folder.ts';
import { PROFILE_VERSION, type Profile } from './profile/profile.ts';
import { keepProfile } from './profile/profile-file.ts';

const START: Profile = { version: PROFILE_VERSION, deviceId: 'd', storeExpected: true, generation: 2, backend: 'sqlite', chromium: 150 };

test('S15 files, copies, mails and earlier stores go; the open store, its profile and the agreed server stay; done twice it is the same', async () => {
  const userData = mkdtempSync(join(tmpdir(), 'satchel-erase-'));
  const at = (...names: string[]) => join(userData, ...names);
  for (const name of ['engine-1-leveldb', 'engine-2-sqlite', 'ui']) {
    await mkdir(at('Partitions', name), { recursive: true });
    await writeFile(at('Partitions', name, 'data'), 'Borealis');
  }
  await mkdir(at('files', 'copies'), { recursive: true });
  await writeFile(at('files', 'copies', 'plan.txt'), 'Borealis');
  await writeFile(at('mail-log.jsonl'), 'Borealis');
  await writeFile(at('reminders.json'), 'Borealis');
  await writeFile(at('central.json'), 'https://central.example.com');
  const files = await openFileFolder(at('files'));
  const file = await files.begin();
  await files.part(file, Buffer.from('Borealis'));
  await files.keep(file);
  // one that an engine was still adding
  await files.part(await files.begin(), Buffer.from('Borealis'));
  const profile = keepProfile(at('profile.json'), START);
  const places = { mailLog: at('mail-log.jsonl'), reminders: at('reminders.json') };
  for (let time = 0; time < 2; time += 1) await eraseKept({ userData, places, copies: at('files', 'copies'), profile, files });
  expect((await readdir(userData)).toSorted()).toEqual(['Partitions', 'central.json', 'files', 'mail-log.jsonl', 'profile.json']);
  expect([await readdir(at('files')), await readFile(at('mail-log.jsonl'), 'utf8')]).toEqual([[], '']);
  expect((await readdir(at('Partitions'))).toSorted()).toEqual(['engine-2-sqlite', 'ui']);
  expect(profile.current()).toEqual({ ...START, storeExpected: false });
});
