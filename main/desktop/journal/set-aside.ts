import type { Disk } from './disk.ts';
import { freeSegmentName, segmentsIn, snapshotsIn, temporaryName } from './file-names.ts';
import { frameHeader } from './frames.ts';
import { readJournal, type Reading } from './recovery.ts';

async function copyReadable(disk: Disk, names: readonly string[], { entries, snapshotSeq }: Reading): Promise<void> {
  if (entries.length === 0) return;
  const temporary = temporaryName(snapshotSeq, 0);
  await disk.remove(temporary);
  const file = await disk.append(temporary);
  await file.write(entries.flatMap(({ seq, payload }) => [frameHeader(seq, payload), payload]));
  await file.sync();
  await file.close();
  await disk.rename(temporary, freeSegmentName(names, snapshotSeq + 1));
  await disk.syncFolder();
}

/**
 * Makes a damaged journal usable up to the damage, as the user chose: what lies behind it is renamed, never deleted. Answers
 * the newest change that can be restored; the journal is to be opened anew afterwards. Interrupted, it can be done again.
 */
export async function setDamageAside(disk: Disk): Promise<number> {
  const reading = await readJournal(disk);
  if (reading === undefined) return 0;
  const restorable = reading.snapshotSeq + reading.entries.length;
  if (reading.gap === undefined) return restorable;
  const names = await disk.list();
  const taken = new Set(names);
  const putAside = async (name: string): Promise<void> => {
    let aside = `${name}.damaged`;
    for (let n = 1; taken.has(aside); n += 1) aside = `${name}.damaged-${n}`;
    taken.add(aside);
    await disk.rename(name, aside);
  };
  // from here on every readable entry lies in the copy, so the segments may go, newest first
  await copyReadable(disk, names, reading);
  for (const { name, seq } of snapshotsIn(names)) if (seq > restorable) await putAside(name);
  for (const { name } of segmentsIn(names).toReversed()) await putAside(name);
  await disk.syncFolder();
  return restorable;
}
