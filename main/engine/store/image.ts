import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { isTableName, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { sliceClock } from '../host/in-turns.ts';
import { blockSum, isWhole, packBlock, readBlock, unpackBlock } from './block.ts';
import type { Database } from './database.ts';
import { guarded } from './storage-error.ts';

/**
 * The start-up image: the working set and the series, packed, as they were after one commit. A cache: it is made anew in quiet moments,
 * and whenever it is missing, torn, altered or of another format, the rows are read instead.
 */
export type Image = {
  /** The commit after which everything was so. */
  readonly seq: number;
  /** A section a step. */
  readonly rows: (table: TableName) => Generator<void, readonly AnyRow[], void>;
  readonly series: () => Iterable<readonly [string, PackedSeries]>;
};

type Section = { readonly key: string; readonly sum: number; readonly table?: string };
type Header = { readonly format: typeof FORMAT; readonly seq: number; readonly sections: readonly Section[] };
type ImageRow = { readonly key: string; readonly bytes: Uint8Array };

const FORMAT = 1;
const HEADER = 'header';
const POINTS = 'points';
/** Packing so many takes some milliseconds. */
const ROWS_PER_SECTION = 500;
const SERIES_PER_SECTION = 500;

/** What the next image can take over: sections of tables that have not changed since. */
export type ImageState = { readonly sections: ReadonlyMap<string, { readonly version: number; readonly list: readonly Section[] }> };
export const NO_IMAGE: ImageState = { sections: new Map() };

export type ImageSource = {
  readonly seq: number;
  /** Per table its version and its rows. */
  readonly tables: ReadonlyMap<TableName, { readonly version: number; readonly rows: readonly AnyRow[] }>;
  readonly points: { readonly version: number; readonly series: ReadonlyMap<string, PackedSeries> };
  readonly yieldTurn: () => Promise<void>;
};

/** Writes an image; what did not change since `state` stays where it lies. */
export async function writeImage({ image }: Database, source: ImageSource, state: ImageState): Promise<ImageState> {
  const written: ImageRow[] = [];
  const sections = new Map<string, { version: number; list: readonly Section[] }>();
  for (const [table, { version, rows }] of source.tables) {
    const known = state.sections.get(table);
    if (known?.version === version) {
      sections.set(table, known);
      continue;
    }
    const list: Section[] = [];
    for (let from = 0; from < rows.length; from += ROWS_PER_SECTION) {
      const bytes = packBlock({ json: rows.slice(from, from + ROWS_PER_SECTION), binaries: [] });
      const key = `${table}/${list.length}`;
      written.push({ key, bytes });
      list.push({ key, sum: blockSum(bytes), table });
      await source.yieldTurn();
    }
    sections.set(table, { version, list });
  }
  const known = state.sections.get(POINTS);
  if (known?.version === source.points.version) sections.set(POINTS, known);
  else {
    const list: Section[] = [];
    const all = [...source.points.series];
    for (let from = 0; from < all.length; from += SERIES_PER_SECTION) {
      const bytes = packSeries(new Map(all.slice(from, from + SERIES_PER_SECTION)));
      const key = `${POINTS}/${list.length}`;
      written.push({ key, bytes });
      list.push({ key, sum: blockSum(bytes) });
      await source.yieldTurn();
    }
    sections.set(POINTS, { version: source.points.version, list });
  }
  const header: Header = { format: FORMAT, seq: source.seq, sections: [...sections.values()].flatMap((one) => one.list) };
  const kept = new Set([HEADER, ...header.sections.map((section) => section.key)]);
  const table = image.table<ImageRow, string>('image');
  await guarded(() =>
    image.transaction('rw', [table], async () => {
      const stale = (await table.toCollection().primaryKeys()).filter((key) => !kept.has(key));
      await table.bulkDelete(stale);
      // one by one: each is copied out of memory, and others have their turn in between
      for (const section of written) await table.put(section);
      await table.put({ key: HEADER, bytes: packBlock({ json: header, binaries: [] }) });
    }),
  );
  return { sections };
}

function packSeries(series: ReadonlyMap<string, PackedSeries>): Uint8Array {
  const names = [...series.keys()];
  const counts = [...series.values()].map((points) => points.end.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const value = new Float64Array(total);
  const end = new Int32Array(total);
  const start = new Int32Array(total);
  let at = 0;
  for (const points of series.values()) {
    value.set(points.value, at);
    end.set(points.end, at);
    start.set(points.start, at);
    at += points.end.length;
  }
  return packBlock({ json: { names, counts }, binaries: [value, end, start].map((run) => new Uint8Array(run.buffer)) });
}

function* unpackSeries(bytes: Uint8Array): Generator<readonly [string, PackedSeries]> {
  const { json, binaries } = readBlock(bytes);
  const { names, counts } = json as { readonly names: readonly string[]; readonly counts: readonly number[] }; // as packSeries wrote it
  const [values, ends, starts] = binaries;
  if (values === undefined || ends === undefined || starts === undefined) return;
  const total = values.byteLength >>> 3;
  const value = new Float64Array(values.buffer, values.byteOffset, total);
  const end = new Int32Array(ends.buffer, ends.byteOffset, total);
  const start = new Int32Array(starts.buffer, starts.byteOffset, total);
  let at = 0;
  for (const [index, name] of names.entries()) {
    const to = at + (counts[index] ?? 0);
    yield [name, { value: value.subarray(at, to), end: end.subarray(at, to), start: start.subarray(at, to) }];
    at = to;
  }
}

/** Sections that are asked for at once: some megabytes. */
const SECTIONS_AT_ONCE = 40;
/** Nobody is served yet, only the heartbeat waits. */
const SLICE_MS = 20;

/**
 * Reads the image, with a turn for others in between; undefined where there is none that can be trusted. Rows and series are taken apart when
 * first asked for.
 */
export async function readImage({ image }: Database, yieldTurn: () => Promise<void>): Promise<Image | undefined> {
  const table = image.table<ImageRow, string>('image');
  // without it everything is read from the rows
  const readAfter = (key: string) =>
    table
      .where('key')
      .above(key)
      .limit(SECTIONS_AT_ONCE)
      .toArray()
      .catch(() => []);
  const header = readHeader((await table.get(HEADER).catch(() => undefined))?.bytes);
  if (header === undefined) return undefined;
  const sums = new Map(header.sections.map(({ key, sum }) => [key, sum]));
  const bytes = new Map<string, Uint8Array>();
  const clock = sliceClock(SLICE_MS);
  let coming = readAfter('');
  for (;;) {
    const stored = await coming;
    clock.restart();
    const last = stored.at(-1);
    if (last === undefined) break;
    // the next ones are on their way while these are looked at
    coming = readAfter(last.key);
    for (const { key, bytes: section } of stored) {
      const sum = sums.get(key);
      if (sum === undefined) continue;
      if (!isWhole(section) || blockSum(section) !== sum) return undefined;
      bytes.set(key, section);
      if (!clock.isOver()) continue;
      await yieldTurn();
      clock.restart();
    }
  }
  if (bytes.size < sums.size) return undefined;
  const sections = Map.groupBy(header.sections, (section) => section.table ?? POINTS);
  const take = (key: string): Uint8Array[] => (sections.get(key) ?? []).flatMap((section) => bytes.get(section.key) ?? []);
  return {
    seq: header.seq,
    *rows(table) {
      const rows: AnyRow[] = [];
      for (const section of take(table)) {
        for (const row of readBlock(section).json as AnyRow[]) rows.push(row); // as writeImage wrote it
        yield;
      }
      return rows;
    },
    series: () => take(POINTS).flatMap((section) => [...unpackSeries(section)]),
  };
}

function readHeader(bytes: Uint8Array | undefined): Header | undefined {
  const block = bytes === undefined ? undefined : unpackBlock(bytes);
  if (block === undefined) return undefined;
  const header = block.json as Header; // the checksum says that it is what writeImage wrote
  const known = header.format === FORMAT && header.sections.every(({ table }) => table === undefined || isTableName(table));
  return known ? header : undefined;
}
