// npm start with a runtime, as a user runs it: Electron opens, and Ctrl+C leaves nothing behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root } from '../../build/tools.ts';

/** The command lines of the running processes that name the folder. Linux only: elsewhere nothing is known. */
function processesOn(folder: string): string[] {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return ''; // it ended meanwhile
    }
  };
  return globSync('/proc/[0-9]*/cmdline')
    .map(read)
    .filter((line) => line.includes(folder));
}

test('DSK-01 npm start opens the application in Electron, and Ctrl+C ends all of it', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'satchel-start-'));
  const args = [join(root, 'build', 'start.ts'), `--user-data-dir=${profile}`, '--remote-debugging-port=0'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
  const portFile = join(profile, 'DevToolsActivePort');
  await expect.poll(() => existsSync(portFile), { timeout: 60_000 }).toBe(true);
  const pages = `http://127.0.0.1:${readFileSync(portFile, 'utf8').split('\n', 1)[0]}/json/list`;
  const titles = async () => {
    // what Chromium's debugging port tells of each page
    const listed = (await (await fetch(pages)).json()) as { title: string }[];
    return listed.map(({ title }) => title);
  };
  await expect.poll(titles, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/^Satchel$| Satchel$/));

  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  await expect.poll(() => processesOn(profile)).toEqual([]);
  rmSync(profile, { recursive: true, force: true });
});
