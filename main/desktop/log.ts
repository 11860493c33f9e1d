import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** An event with codes, counts and IDs; never a user's text. */
export type LogEntry = { readonly event: string; readonly [detail: string]: string | number | boolean };
export type Log = (entry: LogEntry) => void;

const MAX_BYTES = 1024 * 1024;

/** Writes entries as lines of JSON; keeps the file before the present one. A log that cannot be written stops nothing. */
export function fileLog(path: string, now: () => string): Log {
  let line: Promise<void> = mkdir(dirname(path), { recursive: true }).then(
    () => undefined,
    () => undefined,
  );
  return (entry) => {
    const text = `${JSON.stringify({ at: now(), ...entry })}\n`;
    line = line
      .then(async () => {
        const size = await stat(path).then(
          (found) => found.size,
          () => 0,
        );
        if (size > MAX_BYTES) await rename(path, `${path}.1`);
        await appendFile(path, text, { mode: 0o600 });
      })
      .catch(() => undefined);
  };
}
