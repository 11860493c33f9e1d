import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What marking a file needs of the machine; apart, so that every system's way is tested on each. */
export type Marking = {
  readonly platform: NodeJS.Platform;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly run: (program: string, args: readonly string[]) => Promise<unknown>;
  readonly now: () => number;
};

const run = promisify(execFile);
/** This machine. */
export const thisMachine: Marking = {
  platform: process.platform,
  write: (path, text) => writeFile(path, text),
  run: (program, args) => run(program, [...args], { timeout: 5_000 }),
  now: Date.now,
};

/**
 * Tells the system that a file came from elsewhere, so that it and its programs are careful with it: the mark of the web on Windows
 * (documents open in protected view), quarantine on macOS. Linux has no such mark; there the copy without the right to be executed has to do.
 * A disk that keeps no marks is no reason not to open a document.
 */
export async function markForeign(path: string, { platform, write, run: start, now }: Marking = thisMachine): Promise<void> {
  try {
    if (platform === 'win32') await write(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n');
    if (platform === 'darwin') {
      const seconds = Math.floor(now() / 1000).toString(16);
      await start('/usr/bin/xattr', ['-w', 'com.apple.quarantine', `0081;${seconds};Satchel;`, path]);
    }
  } catch {
    // FAT and network folders keep neither
  }
}
