import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { packBlock, unpackBlock } from './block.ts';
import { headerOf, type ChangeHeader, type RowChange } from './change-set.ts';
import type { Answer, Commit, Head } from './commit.ts';
import type { SyncWrites } from './sync-rows.ts';
import { packSeriesChanges, unpackSeriesChanges } from './series-change-codec.ts';

/** The plain part of a commit; the changes of series and the segments' bytes stand beside it. */
type PlainCommit = {
  readonly kind: 'commit';
  readonly set: ChangeHeader & { readonly rows: readonly RowChange[] };
  readonly head: Head;
  readonly answer: Answer;
  readonly puts: readonly (readonly [TableName, readonly AnyRow[]])[];
  readonly removes: readonly (readonly [TableName, readonly string[]])[];
  readonly segments: readonly (readonly [string, number])[];
  readonly emptySegments: readonly (readonly [string, number])[];
  readonly sync?: SyncWrites;
};

/** Writes a whole commit down, rows included: an entry of the journal is all that is needed to do it again. */
export function encodeCommit(commit: Commit): Uint8Array<ArrayBuffer> {
  const { set, head, answer, puts, removes, segments, emptySegments, sync } = commit;
  const plain: PlainCommit = {
    kind: 'commit',
    set: { ...headerOf(set), rows: set.rows },
    head,
    answer,
    puts: [...puts],
    removes: [...removes],
    segments: segments.map(({ series, year }) => [series, year]),
    emptySegments,
    ...(sync === undefined ? {} : { sync }),
  };
  return packBlock({ json: plain, binaries: [packSeriesChanges(set.series), ...segments.map((segment) => segment.bytes)] });
}

/** The other direction of {@link encodeCommit}; undefined where the bytes are torn or altered or no commit. */
export function decodeCommit(bytes: Uint8Array): Commit | undefined {
  const block = unpackBlock(bytes);
  if (block === undefined) return undefined;
  const plain = block.json as PlainCommit; // the checksum says that it is what encodeCommit wrote
  if (plain.kind !== 'commit') return undefined;
  const { set, head, answer, emptySegments, sync } = plain;
  const [seriesChanges = new Uint8Array(), ...segmentBytes] = block.binaries;
  const series = unpackSeriesChanges(seriesChanges);
  if (series === undefined) return undefined;
  return {
    set: { ...set, series },
    head,
    answer,
    puts: new Map(plain.puts),
    removes: new Map(plain.removes),
    segments: plain.segments.map(([id, year], at) => ({ series: id, year, bytes: (segmentBytes[at] ?? new Uint8Array()).slice() })),
    emptySegments,
    ...(sync === undefined ? {} : { sync }),
  };
}
