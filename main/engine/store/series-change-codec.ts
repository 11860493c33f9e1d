import { packBlock, unpackBlock } from './block.ts';
import type { SeriesChange } from './change-set.ts';
import { NO_POINTS, packPoints, unpackPoints } from './points.ts';

/** Runs of bytes per changed series: end days added, end days removed, the points before. */
const RUNS = 3;

const bytesOf = (days: Int32Array) => new Uint8Array(days.buffer, days.byteOffset, days.byteLength);
const daysOf = (bytes: Uint8Array | undefined) => (bytes === undefined ? new Int32Array() : new Int32Array(bytes.slice().buffer));

/** Changes of series as one run of bytes: thousands of small arrays would each cost as much as a record. */
export function packSeriesChanges(changes: readonly SeriesChange[]): Uint8Array<ArrayBuffer> {
  return packBlock({
    json: changes.map((change) => change.series),
    binaries: changes.flatMap(({ added, removed, before }) => [bytesOf(added), bytesOf(removed), packPoints(before)]),
  });
}

/** The other direction of {@link packSeriesChanges}; undefined where the bytes are torn or altered. */
export function unpackSeriesChanges(bytes: Uint8Array): SeriesChange[] | undefined {
  const block = unpackBlock(bytes);
  if (block === undefined) return undefined;
  const names = block.json as readonly string[]; // the checksum says that it is what was packed
  return names.map((series, at) => {
    const [added, removed, before] = block.binaries.slice(at * RUNS, (at + 1) * RUNS);
    const points = before === undefined ? NO_POINTS : (unpackPoints(before) ?? NO_POINTS);
    return { series, added: daysOf(added), removed: daysOf(removed), before: points };
  });
}
