import { AppError } from '#shared/errors/app-error.ts';
import { crc32c } from '#shared/util/crc32c.ts';
import type { Disk, OpenFile } from './disk.ts';
import { freeSegmentName } from './file-names.ts';
import { frameHeader, HEADER_BYTES, type Frame } from './frames.ts';
import { diskError } from './journal-errors.ts';

/** Size at which a new file is begun, so that snapshots can release old ones. */
const SEGMENT_BYTES = 8 * 1024 * 1024;
const MAX_ENTRY_BYTES = 1024 * 1024 * 1024;
const WHAT = 'your change could not be written to the second copy';

type Queued = { readonly frame: Frame; readonly done: () => void; readonly failed: (error: AppError) => void };
type Segment = { readonly file: OpenFile; length: number };

export type EntryWriter = {
  readonly lastSeq: () => number;
  /** Resolves once the entry is on disk. Entries that arrive while others are being written share the next write. */
  readonly append: (entry: Frame) => Promise<void>;
  /** Begins a new file with the next entry; `seq` is the newest state that is on disk otherwise. */
  readonly rotate: (seq: number) => Promise<void>;
  /** Resolves once everything that was asked so far is done or has failed. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

function refusal(frame: Frame, expected: number): AppError | undefined {
  if (frame.payload.length > MAX_ENTRY_BYTES)
    return new AppError('limit', 'This change is too large for the second copy. Make it in parts.');
  if (frame.seq === expected) return undefined;
  const wayOut = 'Restart Satchel, so that both copies are compared.';
  return new AppError('conflict', `The second copy expects change ${expected}, not ${frame.seq}. ${wayOut}`, { wayOut });
}

/** Takes entries behind `lastSeq`. `lastPayload` is the newest entry's, so that it may be sent again by an engine that did not hear the answer. */
export function entryWriter(disk: Disk, newest: number, lastPayload: Uint8Array | undefined): EntryWriter {
  let lastSeq = newest;
  let last = lastPayload === undefined ? undefined : { length: lastPayload.length, crc: crc32c(lastPayload) };
  let segment: Segment | undefined;
  let queue: Queued[] = [];
  let line: Promise<void> = Promise.resolve();

  const inLine = (work: () => Promise<void>): Promise<void> => {
    const result = line.then(work);
    line = result.catch(() => undefined);
    return result;
  };

  const begin = async (seq: number): Promise<Segment> => {
    const file = await disk.append(freeSegmentName(await disk.list(), seq));
    // the name must survive as surely as what is written below it
    await disk.syncFolder();
    return { file, length: 0 };
  };

  const leave = async (): Promise<void> => {
    const old = segment;
    segment = undefined;
    await old?.file.close();
  };

  const write = async (frames: readonly Frame[], firstSeq: number): Promise<void> => {
    if (segment !== undefined && segment.length >= SEGMENT_BYTES) await leave();
    segment ??= await begin(firstSeq);
    const before = segment.length;
    try {
      await segment.file.write(frames.flatMap(({ seq, payload }) => [frameHeader(seq, payload), payload]));
      await segment.file.sync();
      segment.length += frames.reduce((sum, { payload }) => sum + HEADER_BYTES + payload.length, 0);
    } catch (error) {
      // after a failed write or sync nothing is known about this file's end: cut it off and go on in a new file
      await segment.file.truncate(before).catch(() => undefined);
      await leave().catch(() => undefined);
      throw error;
    }
  };

  const known = ({ seq, payload }: Frame): boolean =>
    seq === lastSeq && last !== undefined && last.length === payload.length && last.crc === crc32c(payload);

  const flush = async (): Promise<void> => {
    const batch = queue;
    queue = [];
    const accepted: Queued[] = [];
    const repeated: Queued[] = [];
    for (const item of batch) {
      if (accepted.length === 0 && known(item.frame)) {
        repeated.push(item);
        continue;
      }
      const refused = refusal(item.frame, lastSeq + accepted.length + 1);
      if (refused === undefined) accepted.push(item);
      else item.failed(refused);
    }
    for (const { done } of repeated) done();
    const newestItem = accepted.at(-1);
    if (newestItem === undefined) return;
    try {
      await write(
        accepted.map(({ frame }) => frame),
        lastSeq + 1,
      );
    } catch (error) {
      for (const { failed } of accepted) failed(diskError(error, WHAT));
      return;
    }
    lastSeq = newestItem.frame.seq;
    last = { length: newestItem.frame.payload.length, crc: crc32c(newestItem.frame.payload) };
    for (const { done } of accepted) done();
  };

  return {
    lastSeq: () => lastSeq,
    append: (frame) =>
      new Promise((done, failed) => {
        queue.push({ frame, done, failed });
        // the first of a batch brings the others along
        if (queue.length === 1) void inLine(flush);
      }),
    rotate: (seq) =>
      inLine(async () => {
        if (seq > lastSeq) {
          lastSeq = seq;
          last = undefined;
        }
        await leave();
      }),
    settled: () => inLine(async () => undefined),
    close: () => inLine(leave),
  };
}
