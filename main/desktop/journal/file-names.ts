/** Names of the journal's files. They sort by sequence number; `part` counts files that begin with the same entry. */
export type SegmentName = { readonly name: string; readonly firstSeq: number; readonly part: number };
export type SnapshotName = { readonly name: string; readonly seq: number };

const digits = (seq: number) => String(seq).padStart(16, '0');

export const snapshotName = (seq: number): string => `snapshot-${digits(seq)}.snap`;
/** Files that never got their name: what remains of an interrupted write. */
export const isTemporary = (name: string): boolean => name.endsWith('.tmp');
export const temporaryName = (seq: number, attempt: number): string => `writing-${digits(seq)}-${attempt}.tmp`;

/** The segments among the names, oldest first. */
export function segmentsIn(names: readonly string[]): readonly SegmentName[] {
  return names
    .flatMap((name) => {
      const match = /^entries-(\d{16})-(\d{1,6})\.log$/.exec(name);
      return match === null ? [] : [{ name, firstSeq: Number(match[1]), part: Number(match[2]) }];
    })
    .toSorted((a, b) => a.firstSeq - b.firstSeq || a.part - b.part);
}

/** The snapshots among the names, newest first. */
export function snapshotsIn(names: readonly string[]): readonly SnapshotName[] {
  return names
    .flatMap((name) => {
      const match = /^snapshot-(\d{16})\.snap$/.exec(name);
      return match === null ? [] : [{ name, seq: Number(match[1]) }];
    })
    .toSorted((a, b) => b.seq - a.seq);
}

/** A name that no file has yet, for a segment that begins with that entry; it sorts behind those that begin with the same one. */
export function freeSegmentName(names: readonly string[], firstSeq: number): string {
  const same = segmentsIn(names).findLast((segment) => segment.firstSeq === firstSeq);
  return `entries-${digits(firstSeq)}-${same === undefined ? 0 : same.part + 1}.log`;
}
