import { AppError } from '#shared/errors/app-error.ts';
import type { Disk } from './disk.ts';
import { segmentsIn, snapshotsIn, type SegmentName } from './file-names.ts';
import { scanFrames, type Frame } from './frames.ts';
import { snapshotParts } from './snapshots.ts';

export type Recovery = {
  readonly snapshotSeq: number;
  /** Undefined where the entries begin with the very first. */
  readonly snapshot: readonly Uint8Array[] | undefined;
  readonly entries: readonly Frame[];
  /** What was damaged and could be tolerated, in words. */
  readonly notes: readonly string[];
};

/** What breaks the sequence: the entries that are missing, the file and byte at which they should be. */
export type Gap = { readonly from: number; readonly to: number; readonly file: string; readonly at: number };

export type Reading = Recovery & { readonly gap: Gap | undefined };

const entriesText = (from: number, to: number) => (from === to ? `change ${from}` : `changes ${from} to ${to}`);

async function newestSnapshot(disk: Disk, names: readonly string[], notes: string[]) {
  for (const { name, seq } of snapshotsIn(names)) {
    const parts = await disk.read(name).then(
      (bytes) => snapshotParts(bytes, seq),
      () => undefined,
    );
    if (parts !== undefined) return { seq, parts };
    notes.push(`The snapshot ${name} is damaged; an older one and the changes after it were used.`);
  }
  return { seq: 0, parts: undefined };
}

/** Segments that can hold entries after `seq`: all but those whose successor begins at or before the next entry. */
function segmentsAfter(segments: readonly SegmentName[], seq: number): readonly SegmentName[] {
  return segments.filter((_, i) => (segments[i + 1]?.firstSeq ?? Infinity) > seq + 1);
}

async function readSegments(disk: Disk, segments: readonly SegmentName[], notes: string[]) {
  const found = new Map<number, Frame>();
  const damage: { readonly file: string; readonly at: number }[] = [];
  for (const { name } of segments) {
    const { frames, altered, tail } = scanFrames(await disk.read(name));
    const bad = [...altered, ...(tail === undefined ? [] : [tail])];
    for (const { from } of bad) damage.push({ file: name, at: from });
    if (tail !== undefined) {
      const which = tail.seq === undefined ? 'an entry' : entriesText(tail.seq, tail.seq);
      notes.push(`${name} ends with ${which} that was not written to its end (byte ${tail.from}).`);
    }
    // a file that begins with the same entry as another was begun after a failed attempt: the later one counts
    for (const frame of frames) found.set(frame.seq, frame);
  }
  return { found, damage };
}

/** Reads everything that is intact: the newest whole snapshot, the unbroken entries after it, and the first gap if there is one. */
export async function readJournal(disk: Disk): Promise<Reading | undefined> {
  const names = await disk.list();
  const notes: string[] = [];
  const segments = segmentsIn(names);
  if (segments.length === 0 && snapshotsIn(names).length === 0) return undefined;
  const { seq, parts } = await newestSnapshot(disk, names, notes);
  const { found, damage } = await readSegments(disk, segmentsAfter(segments, seq), notes);
  const newest = [...found.keys(), ...snapshotsIn(names).map((snapshot) => snapshot.seq)].reduce((a, b) => Math.max(a, b), seq);
  const entries: Frame[] = [];
  let next = seq + 1;
  for (let entry = found.get(next); entry !== undefined; entry = found.get(next)) {
    entries.push(entry);
    next += 1;
  }
  const after = [...found.keys()].filter((known) => known > next);
  const to = after.reduce((a, b) => Math.min(a, b - 1), newest);
  const gap = next > newest ? undefined : gapAt(next, to, damage, segments);
  return { snapshotSeq: seq, snapshot: parts, entries, notes, gap };
}

function gapAt(
  from: number,
  to: number,
  damage: readonly { readonly file: string; readonly at: number }[],
  segments: readonly SegmentName[],
): Gap {
  const file = segments.findLast(({ firstSeq }) => firstSeq <= from)?.name ?? 'the first file';
  return { from, to, file, at: damage.find((stretch) => stretch.file === file)?.at ?? 0 };
}

/** The user's words for a gap. Recovering past it would silently leave changes out, so it is refused. */
export function gapError({ from, to, file, at }: Gap): AppError {
  const wayOut = 'Choose to restore everything before it, or put the file back from a backup of this computer.';
  const message = `The second copy of your records is damaged: ${entriesText(from, to)} cannot be read (${file}, byte ${at}). ${wayOut}`;
  return new AppError('storage', message, { file, wayOut });
}

/** Newest intact snapshot and all entries after it; undefined where there is no journal. Throws where entries are missing or altered. */
export async function recoverJournal(disk: Disk): Promise<Recovery | undefined> {
  const reading = await readJournal(disk);
  if (reading?.gap !== undefined) throw gapError(reading.gap);
  return reading;
}
