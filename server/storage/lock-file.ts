import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

/**
 * Takes a lock file that holds the process's ID; two servers on one embedded database would destroy it. A lock whose
 * process is gone is taken over. Answers the function that gives it back. Throws an Error that says who holds it.
 */
export function takeLock(path: string): () => void {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (thrown) {
      if (!isExisting(thrown)) throw thrown;
      const holder = Number.parseInt(readFileSync(path, 'utf8'), 10);
      if (isRunning(holder))
        throw new Error(
          `Another server (process ${holder}) has this database open. Stop it first, or choose another folder with SATCHEL_DATA.`,
        );
      rmSync(path, { force: true });
    }
  }
  throw new Error(`The lock ${path} could not be taken. Try again.`);
}

function isExisting(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';
}

function isRunning(id: number): boolean {
  if (!Number.isInteger(id) || id <= 0) return false;
  // a process has its own lock twice only where the first one is open; signal 0 asks without doing anything
  try {
    process.kill(id, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}
