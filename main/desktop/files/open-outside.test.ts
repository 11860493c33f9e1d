import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openFileFolder } from './file-folder.ts';
import { markForeign } from './mark-foreign.ts';
import { clearCopies, openOutside, saveOutside } from './open-outside.ts';

async function setUp(content: string | Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-open-'));
  const files = await openFileFolder(join(folder, 'files'));
  const file = await files.begin();
  await files.part(file, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  const { sha256 } = await files.keep(file);
  const opened: string[] = [];
  const outside = {
    files,
    folder: join(folder, 'copies'),
    openPath: async (path: string) => {
      opened.push(path);
      return '';
    },
  };
  return { folder, files, sha256, outside, opened };
}

test('REC-33 a document is opened as a copy under a harmless name that can be neither executed nor written', async () => {
  const { sha256, outside, opened } = await setUp('%PDF-1.7');
  await openOutside(outside, { sha256, name: '../../Plan\u202E.pdf' });
  const [path = ''] = opened;
  expect(basename(path)).toBe('_.._Plan_.pdf');
  expect(dirname(dirname(path))).toBe(outside.folder);
  expect(readFileSync(path, 'utf8')).toBe('%PDF-1.7');
  // Windows knows only whether it can be written
  expect(statSync(path).mode & 0o333).toBe(0);
  await clearCopies(outside.folder);
  await expect(readdir(outside.folder)).rejects.toThrow();
});

test.each([
  ['a program by its name', 'setup.exe', 'x'],
  ['a script by its name', 'go.sh', 'x'],
  ['a web page', 'page.html', '<script>'],
  ['a program that is called a document', 'Plan.pdf', Uint8Array.of(0x4d, 0x5a, 0x90, 0x00)],
  ['a script that is called a text', 'notes.txt', '#!/bin/sh\nrm -rf ~'],
])('REC-33 %s is never handed to the system', async (_, name, content) => {
  const { sha256, outside, opened } = await setUp(content);
  await expect(openOutside(outside, { sha256, name })).rejects.toMatchObject({
    code: 'permission',
    message: expect.stringContaining('Save it'),
  });
  expect(opened).toEqual([]);
});

test('what is not on this computer, and what no program opens, is said', async () => {
  const { sha256, outside } = await setUp('x');
  await expect(openOutside(outside, { sha256: 'a'.repeat(64), name: 'x.pdf' })).rejects.toMatchObject({ code: 'not-found' });
  const refusing = { ...outside, openPath: async () => 'no application' };
  await expect(openOutside(refusing, { sha256, name: 'x.pdf' })).rejects.toMatchObject({
    code: 'file',
    message: expect.stringContaining('x.pdf'),
  });
});

test('REC-33 any file can be saved, and is then as it was', async () => {
  const { folder, files, sha256 } = await setUp(Uint8Array.of(0x4d, 0x5a));
  const path = join(folder, 'setup.exe');
  await saveOutside(files, { sha256, name: 'setup.exe' }, path);
  expect([...readFileSync(path)]).toEqual([0x4d, 0x5a]);
});

test.each([
  ['win32', ['write /x/a.pdf:Zone.Identifier [ZoneTransfer]\r\nZoneId=3\r\n']],
  ['darwin', ['run /usr/bin/xattr -w com.apple.quarantine 0081;1;Satchel; /x/a.pdf']],
  ['linux', []],
] as const)('REC-33 on %s a file is marked as coming from elsewhere', async (platform, expected) => {
  const did: string[] = [];
  const marking = {
    platform,
    now: () => 1000,
    write: async (path: string, text: string) => void did.push(`write ${path} ${text}`),
    run: async (program: string, args: readonly string[]) => did.push(`run ${program} ${args.join(' ')}`),
  };
  await markForeign('/x/a.pdf', marking);
  expect(did).toEqual(expected);
  await expect(
    markForeign('/x/a.pdf', { ...marking, write: () => Promise.reject(new Error('no')), run: () => Promise.reject(new Error('no')) }),
  ).resolves.toBeUndefined();
});
