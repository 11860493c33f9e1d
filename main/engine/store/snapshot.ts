import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { packBlock, unpackBlock, type Block } from './block.ts';
import type { ChangeBody, ChangePart, HeaderRow } from './change-parts.ts';
import type { Answer, Head } from './commit.ts';
import type { Database } from './database.ts';
import { packPoints, unpackPoints } from './points.ts';
import { recordTable } from './schema.ts';
import { segmentsOf, yearsOf } from './segments.ts';
import type { SyncRow } from './sync-rows.ts';

/** The whole state after one commit: rows and series as they are in memory, the history up to then from the database. */
export type SnapshotSource = {
  readonly head: Head;
  readonly rows: ReadonlyMap<TableName, readonly AnyRow[]>;
  readonly series: ReadonlyMap<string, PackedSeries>;
  /** What the device knows about sync. */
  readonly sync: readonly SyncRow[];
  readonly database: Database;
  /** Between blocks others get their turn. */
  readonly yieldTurn: () => Promise<void>;
};

const ROWS_PER_BLOCK = 2000;
const SETS_PER_BLOCK = 200;
const FRAME_HEAD = 8;
const FORMAT = 1;

type Piece =
  | { readonly kind: 'head'; readonly format: typeof FORMAT; readonly head: Head }
  | { readonly kind: 'rows'; readonly table: TableName; readonly rows: readonly AnyRow[] }
  | { readonly kind: 'points'; readonly series: readonly string[] }
  | {
      readonly kind: 'history';
      readonly headers: readonly HeaderRow[];
      readonly bodies: readonly Omit<ChangeBody, 'points'>[];
      readonly parts: readonly Omit<ChangePart, 'points'>[];
      /** Of the bodies and then of the parts: which have points, that stand beside in this order. */
      readonly withPoints: readonly boolean[];
    }
  | { readonly kind: 'answers'; readonly answers: readonly Answer[]; readonly outbox: readonly { readonly seq: number }[] }
  | { readonly kind: 'sync'; readonly sync: readonly SyncRow[] }
  | { readonly kind: 'end'; readonly blocks: number };

function frame(json: Piece, binaries: readonly Uint8Array[] = []): Uint8Array {
  const block = packBlock({ json, binaries });
  const framed = new Uint8Array(FRAME_HEAD + block.byteLength);
  new Uint32Array(framed.buffer, 0, 1)[0] = block.byteLength;
  framed.set(block, FRAME_HEAD);
  return framed;
}

/** A piece of a snapshot with what it holds, for a table of contents. Joined in order the pieces are the snapshot. */
export type SnapshotPiece = { readonly name: string; readonly items: number; readonly bytes: Uint8Array };

/** Writes a snapshot in pieces. Rows are immutable, so the state stays that of `head` however long it takes. */
export async function* snapshotPieces(source: SnapshotSource): AsyncGenerator<SnapshotPiece> {
  let blocks = 0;
  for await (const [name, items, bytes] of pieces(source)) {
    blocks += 1;
    yield { name, items, bytes };
    await source.yieldTurn();
  }
  yield { name: 'snapshot end', items: 1, bytes: frame({ kind: 'end', blocks }) };
}

/** The same as bytes alone, as the journal keeps it. */
export async function* writeSnapshot(source: SnapshotSource): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of snapshotPieces(source)) yield bytes;
}

type NamedFrame = readonly [name: string, items: number, bytes: Uint8Array];

async function* pieces({ head, rows, series, sync, database }: SnapshotSource): AsyncGenerator<NamedFrame> {
  yield ['head', 1, frame({ kind: 'head', format: FORMAT, head })];
  for (const [table, all] of rows)
    for (let from = 0; from < all.length; from += ROWS_PER_BLOCK) {
      const some = all.slice(from, from + ROWS_PER_BLOCK);
      yield [`rows of ${table}`, some.length, frame({ kind: 'rows', table, rows: some })];
    }
  const names = [...series.keys()];
  for (let from = 0; from < names.length; from += ROWS_PER_BLOCK) {
    const some = names.slice(from, from + ROWS_PER_BLOCK);
    const points = some.flatMap((name) => series.get(name) ?? []);
    yield ['points by series', some.length, frame({ kind: 'points', series: some }, points.map(packPoints))];
  }
  for (let from = 0; from < sync.length; from += ROWS_PER_BLOCK) {
    const some = sync.slice(from, from + ROWS_PER_BLOCK);
    yield ['sync', some.length, frame({ kind: 'sync', sync: some })];
  }
  yield* history(database, head.seq);
}

async function* history({ relaxed }: Database, until: number): AsyncGenerator<NamedFrame> {
  for (let from = 1; from <= until; from += SETS_PER_BLOCK) {
    const to = Math.min(until + 1, from + SETS_PER_BLOCK);
    const within = <T>(table: string) => relaxed.table<T>(table).where('seq').between(from, to).toArray();
    const bodies = await within<ChangeBody>('changeBodies');
    const headers = await within<HeaderRow>('changeSets');
    const parts = await relaxed.table<ChangePart>('changeParts').where('[seq+table+last]').between([from], [to]).toArray();
    const answers = await within<Answer>('commands');
    const outbox = await within<{ seq: number }>('outbox');
    const contents = [...bodies, ...parts];
    const withPoints = contents.map((one) => one.points !== undefined);
    const plain = { bodies: bodies.map(withoutPoints), parts: parts.map(withoutPoints) };
    const content = frame(
      { kind: 'history', headers, ...plain, withPoints },
      contents.flatMap((one) => one.points ?? []),
    );
    yield ['changes', headers.length, content];
    yield ['answers', answers.length, frame({ kind: 'answers', answers, outbox })];
  }
}

function withoutPoints<T extends { readonly points?: Uint8Array }>({ points: _points, ...rest }: T): Omit<T, 'points'> {
  return rest;
}

/** Why a snapshot could not be read, in words for the recovery's message. */
export class TornSnapshot extends Error {}

function* blocksOf(bytes: Uint8Array): Generator<Block> {
  let at = 0;
  while (at < bytes.byteLength) {
    const [length = 0] = new Uint32Array(bytes.slice(at, at + 4).buffer);
    const block = unpackBlock(bytes.slice(at + FRAME_HEAD, at + FRAME_HEAD + length));
    if (block === undefined) throw new TornSnapshot(`damaged after ${at} of ${bytes.byteLength} bytes`);
    yield block;
    at += FRAME_HEAD + length;
  }
}

/**
 * Fills an empty database from a snapshot and answers its head, which it does not write: without a head the store
 * counts as empty, so that an interrupted restore is begun anew.
 */
export async function restoreSnapshot(database: Database, bytes: Uint8Array): Promise<Head> {
  let head: Head | undefined;
  let blocks = 0;
  let ended = false;
  for (const block of blocksOf(bytes)) {
    const piece = block.json as Piece; // the checksum says that it is what writeSnapshot wrote
    if (piece.kind === 'end') ended = piece.blocks === blocks;
    else if (piece.kind === 'head') head = piece.head;
    else await restorePiece(database, piece, block.binaries);
    blocks += 1;
  }
  if (head === undefined || !ended) throw new TornSnapshot('its end is missing');
  return head;
}

async function restorePiece(
  { relaxed }: Database,
  piece: Exclude<Piece, { readonly kind: 'head' | 'end' }>,
  binaries: readonly Uint8Array[],
): Promise<void> {
  switch (piece.kind) {
    case 'rows':
      // a type that this version does not know stays in the snapshot
      if (tableNames.includes(piece.table)) await relaxed.table<AnyRow>(recordTable(piece.table)).bulkPut([...piece.rows]);
      return;
    case 'points': {
      const segments = piece.series.flatMap((series, at) => {
        const points = unpackPoints(binaries[at] ?? new Uint8Array());
        if (points === undefined) throw new TornSnapshot(`points of series ${series}`);
        return segmentsOf(series, points, yearsOf(points.end)).put;
      });
      await relaxed.table('segments').bulkPut(segments);
      return;
    }
    case 'history': {
      const runs = binaries.values();
      const points = piece.withPoints.map((has) => (has ? runs.next().value?.slice() : undefined));
      const withPoints = <T>(one: T, at: number) => ({ ...one, ...(points[at] === undefined ? {} : { points: points[at] }) });
      await relaxed.table('changeBodies').bulkPut(piece.bodies.map(withPoints));
      await relaxed.table('changeParts').bulkPut(piece.parts.map((one, at) => withPoints(one, piece.bodies.length + at)));
      await relaxed.table('changeSets').bulkPut([...piece.headers]);
      return;
    }
    case 'sync':
      await relaxed.table('sync').bulkPut([...piece.sync]);
      return;
    case 'answers':
      await relaxed.table('commands').bulkPut([...piece.answers]);
      await relaxed.table('outbox').bulkPut([...piece.outbox]);
  }
}
