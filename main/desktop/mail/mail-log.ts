import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** `ending`: everything is said but the last dot; what comes after it nobody but the server knows until it answers. */
const entrySchema = z.strictObject({
  id: z.string().max(300),
  at: z.string().max(40),
  phase: z.enum(['ending', 'sent', 'not']),
  refused: z.array(z.string().max(320)).optional(),
});
export type MailLogEntry = z.infer<typeof entrySchema>;

/** What happened to mails, by Message-ID: on disk before it is relied on. */
export type MailLog = {
  readonly last: (id: string) => MailLogEntry | undefined;
  readonly write: (entry: MailLogEntry) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Enough for years of one person's mails; a mail is looked up within days. */
const KEPT = 20_000;

function readEntries(text: string): readonly MailLogEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const read = entrySchema.safeParse(JSON.parse(line));
      return read.success ? [read.data] : [];
    } catch {
      // the last line was not written to its end: what it was to say has not been relied on
      return [];
    }
  });
}

async function written(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Opens the log; rejects where it cannot be read, for then nobody knows what has gone out. */
export async function openMailLog(path: string): Promise<MailLog> {
  const entries = new Map<string, MailLogEntry>();
  for (const entry of readEntries(await written(path))) {
    entries.delete(entry.id);
    entries.set(entry.id, entry);
  }
  const kept = [...entries.values()].slice(-KEPT);
  await mkdir(dirname(path), { recursive: true });
  const fresh = await open(`${path}.new`, 'w', 0o600);
  await fresh.writeFile(kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  await fresh.sync();
  await fresh.close();
  await rename(`${path}.new`, path);
  const file: FileHandle = await open(path, 'a', 0o600);
  let last: Promise<void> = Promise.resolve();
  return {
    last: (id) => entries.get(id),
    write: (entry) => {
      const turn = last.then(async () => {
        await file.writeFile(`${JSON.stringify(entry)}\n`);
        await file.sync();
        entries.set(entry.id, entry);
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      await last;
      await file.close();
    },
  };
}
