import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerDialogs } from './dialogs.ts';
import { accountNames, addAccount, ask } from './probe.ts';
import { expect, test, type Desktop } from './satchel.ts';

const NAMES = ['Adler', 'Brandt', 'Cañas', 'Dvořák', 'Ek'];

async function filled(desktop: Desktop): Promise<void> {
  const { ui, close } = await desktop.start();
  for (const [i, name] of NAMES.entries()) await addAccount(ui, name, `c-${i}`);
  await close();
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

const storeFolder = ({ profile }: Desktop) => {
  const name = readdirSync(join(profile, 'Partitions')).find((each) => each.startsWith('engine-'));
  return join(profile, 'Partitions', name ?? 'none', 'IndexedDB');
};
const journalFiles = ({ profile }: Desktop) => readdirSync(join(profile, 'journal')).map((name) => join(profile, 'journal', name));

const losses: readonly (readonly [string, (folder: string) => void])[] = [
  ['is deleted', (folder) => rmSync(folder, { recursive: true })],
  [
    'is overwritten with noise',
    (folder) => {
      for (const path of filesBelow(folder)) writeFileSync(path, Buffer.alloc(statSync(path).size, 0xa5));
    },
  ],
  [
    'is cut in half',
    (folder) => {
      for (const path of filesBelow(folder)) writeFileSync(path, readFileSync(path).subarray(0, statSync(path).size / 2));
    },
  ],
];

for (const [what, damage] of losses) {
  test(`DSK-01 when Chromium's store ${what}, everything comes back from the second copy, and the screen says so`, async ({ desktop }) => {
    await filled(desktop);
    damage(storeFolder(desktop));
    const { ui } = await desktop.start();
    expect(await accountNames(ui)).toEqual(NAMES);
    const { storage } = await ask(ui, 'workspace.status', {});
    expect(storage).toMatchObject({ health: 'recovered', message: expect.stringContaining('second copy') });
    await expect(ui.getByText(/recovered|restored/i).first()).toBeVisible();
    await addAccount(ui, 'After', 'c-after');
    expect(await accountNames(ui)).toEqual(['After', ...NAMES].toSorted());
  });
}

test('DSK-01 an empty store beside an existing second copy is never a fresh start, even when the profile is lost too', async ({
  desktop,
}) => {
  await filled(desktop);
  rmSync(storeFolder(desktop), { recursive: true });
  rmSync(join(desktop.profile, 'profile.json'));
  const { ui } = await desktop.start();
  expect(await accountNames(ui)).toEqual(NAMES);
});

test('a lost store with a damaged second copy is refused by name of the damage; what precedes it is restored when the user says so', async ({
  desktop,
}) => {
  await filled(desktop);
  rmSync(storeFolder(desktop), { recursive: true });
  const [entries] = journalFiles(desktop).filter((path) => path.includes('entries-'));
  const bytes = readFileSync(entries ?? '');
  // in the middle of the third of five entries
  bytes.writeUInt8(bytes.readUInt8(Math.floor(bytes.length / 2)) ^ 1, Math.floor(bytes.length / 2));
  writeFileSync(entries ?? '', bytes);
  const { app, ui } = await desktop.start();
  const said = await answerDialogs(app, ['Restore everything before the damage']);
  await expect.poll(said, { timeout: 60_000 }).toHaveLength(1);
  expect((await said())[0]).toMatch(/second copy of your records is damaged: change \d+ cannot be read \(entries-\d+-0\.log, byte \d+\)/);
  const left = await accountNames(ui);
  expect(left.length).toBeGreaterThan(0);
  expect(left).toEqual(NAMES.slice(0, left.length));
  await addAccount(ui, 'Onwards', 'c-on');
  expect(journalFiles(desktop).filter((path) => path.endsWith('.damaged'))).toHaveLength(1);
});

test('a lost second copy is written anew from the store', async ({ desktop }) => {
  await filled(desktop);
  renameSync(join(desktop.profile, 'journal'), join(desktop.profile, 'journal-gone'));
  const second = await desktop.start();
  expect(await accountNames(second.ui)).toEqual(NAMES);
  await addAccount(second.ui, 'Sixth', 'c-6');
  await second.close();
  rmSync(storeFolder(desktop), { recursive: true });
  const third = await desktop.start();
  expect(await accountNames(third.ui)).toEqual([...NAMES, 'Sixth'].toSorted());
});

test('an entry that was torn by a power cut is put aside, and the store has what it held', async ({ desktop }) => {
  await filled(desktop);
  const [entries] = journalFiles(desktop).filter((path) => path.includes('entries-'));
  const bytes = readFileSync(entries ?? '');
  writeFileSync(entries ?? '', bytes.subarray(0, bytes.length - 5));
  const { ui } = await desktop.start();
  expect(await accountNames(ui)).toEqual(NAMES);
  const reply = (await ui.evaluate(() => window.satchel.os('storage', {}))) as { output: { note?: string } };
  expect(reply.output.note).toContain('not written to its end');
  await addAccount(ui, 'Next', 'c-next');
  expect(await accountNames(ui)).toEqual([...NAMES, 'Next'].toSorted());
});

test('DSK-01 a store that a newer Satchel has used is not opened: it is restored into a folder of its own if the user agrees', async ({
  desktop,
}) => {
  await filled(desktop);
  const path = join(desktop.profile, 'profile.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), chromium: 999 }));
  const before = filesBelow(storeFolder(desktop)).map((file) => [file, readFileSync(file).toString('base64')]);
  const { ui, close } = await desktop.start({ answers: ['Restore from the second copy'] });
  expect(await accountNames(ui)).toEqual(NAMES);
  await close();
  expect(before.every(([file, content]) => readFileSync(file ?? '').toString('base64') === content)).toBe(true);
});

test('a store that is gone together with its second copy is said, and an empty portfolio is begun only when the user says so', async ({
  desktop,
}) => {
  await filled(desktop);
  rmSync(storeFolder(desktop), { recursive: true });
  rmSync(join(desktop.profile, 'journal'), { recursive: true });
  const { app, ui } = await desktop.start({ answers: ['Start with an empty portfolio'] });
  expect(await accountNames(ui)).toEqual([]);
  const said = await app.evaluate(() => Reflect.get(globalThis, 'said') as string[]);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('there is no second copy to restore them from');
  expect(said[0]).toContain('Try again, Start with an empty portfolio, Quit');
  await expect(ui.getByRole('button', { name: 'Import files' })).toBeVisible();
  await addAccount(ui, 'New', 'c-new');
  expect(await accountNames(ui)).toEqual(['New']);
});
