import type { Disk } from './disk.ts';
import { entryWriter } from './entry-writer.ts';
import { isTemporary, segmentsIn, snapshotsIn } from './file-names.ts';
import { scanFrames, type Frame } from './frames.ts';
import { recoverJournal, type Recovery } from './recovery.ts';
import { writeSnapshot, type SnapshotWriter } from './snapshots.ts';

/** The journal, opened for writing. One process has it open: the application is single. */
export type OpenJournal = {
  readonly lastSeq: () => number;
  readonly append: (entry: Frame) => Promise<void>;
  /** Resolves once everything that was asked so far is done or has failed. */
  readonly settled: () => Promise<void>;
  readonly beginSnapshot: (seq: number) => Promise<SnapshotWriter>;
  readonly recover: () => Promise<Recovery | undefined>;
  /** What was found at its end when it was opened, in words. */
  readonly note: string | undefined;
  /** Bytes on disk. */
  readonly size: () => Promise<number>;
  readonly close: () => Promise<void>;
};

type Newest = { readonly frame: Frame | undefined; readonly note: string | undefined };

/** Keeps what stands unfinished at a file's end aside, and cuts it off, so that what follows is whole again. */
async function cutTail(disk: Disk, name: string, bytes: Uint8Array, from: number): Promise<void> {
  const aside = await disk.append(`${name}.unfinished-${from}`);
  await aside.write([bytes.subarray(from)]);
  await aside.sync();
  await aside.close();
  const file = await disk.append(name);
  await file.truncate(from);
  await file.sync();
  await file.close();
  await disk.syncFolder();
}

async function newestEntry(disk: Disk, names: readonly string[]): Promise<Newest> {
  let note: string | undefined;
  for (const { name } of segmentsIn(names).toReversed()) {
    const bytes = await disk.read(name);
    const { frames, tail } = scanFrames(bytes);
    if (tail !== undefined) {
      await cutTail(disk, name, bytes, tail.from);
      const entry = tail.seq === undefined ? 'An entry' : `Change ${tail.seq}`;
      note = `${entry} was not written to its end when Satchel last stopped. What there is of it was put aside.`;
    }
    const frame = frames.reduce<Frame | undefined>(
      (newest, each) => (newest !== undefined && newest.seq > each.seq ? newest : each),
      undefined,
    );
    if (frame !== undefined) return { frame, note };
  }
  return { frame: undefined, note };
}

/** Deletes what two snapshots make superfluous: older snapshots, and the entries before the older of the two. */
async function prune(disk: Disk): Promise<void> {
  const names = await disk.list();
  const snapshots = snapshotsIn(names);
  const floor = snapshots[1]?.seq;
  if (floor === undefined) return;
  for (const { name } of snapshots.slice(2)) await disk.remove(name);
  const segments = segmentsIn(names);
  for (const [i, { name }] of segments.entries()) {
    if ((segments[i + 1]?.firstSeq ?? Infinity) <= floor + 1) await disk.remove(name);
  }
  await disk.syncFolder();
}

async function sizeOf(disk: Disk): Promise<number> {
  const sizes = await Promise.all((await disk.list()).map((name) => disk.size(name).catch(() => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Opens the journal in a folder; an empty folder is an empty journal. */
export async function openJournal(disk: Disk): Promise<OpenJournal> {
  const names = await disk.list();
  for (const name of names.filter(isTemporary)) await disk.remove(name);
  const { frame, note } = await newestEntry(disk, names);
  const snapshotSeq = snapshotsIn(names)[0]?.seq ?? 0;
  const entryIsNewest = frame !== undefined && frame.seq >= snapshotSeq;
  const writer = entryWriter(disk, Math.max(frame?.seq ?? 0, snapshotSeq), entryIsNewest ? frame.payload : undefined);
  return {
    lastSeq: writer.lastSeq,
    append: writer.append,
    settled: writer.settled,
    beginSnapshot: async (seq) => {
      const snapshot = await writeSnapshot(disk, seq);
      return {
        ...snapshot,
        end: async () => {
          await snapshot.end();
          await writer.rotate(seq);
          // superfluous files do no harm, and the next snapshot tries again
          await prune(disk).catch(() => undefined);
        },
      };
    },
    recover: () => recoverJournal(disk),
    note,
    size: () => sizeOf(disk),
    close: writer.close,
  };
}
