import { crc32c } from '#shared/util/crc32c.ts';
import type { Disk, OpenFile } from './disk.ts';
import { snapshotName, temporaryName } from './file-names.ts';
import { frameHeader, scanFrames } from './frames.ts';
import { diskError } from './journal-errors.ts';

/**
 * A snapshot file: chunks as frames numbered from 1, closed by a frame numbered 0 that holds the snapshot's sequence number,
 * its length and its checksum. It gets its name only once all of it is on disk.
 */
export type SnapshotWriter = {
  readonly chunk: (bytes: Uint8Array) => Promise<void>;
  /** Resolves once the snapshot is on disk under its name. */
  readonly end: () => Promise<void>;
  readonly abort: () => Promise<void>;
};

const WHAT = 'the snapshot of your records could not be written';

function closing(seq: number, length: number, crc: number): Uint8Array {
  const payload = new Uint8Array(24);
  const view = new DataView(payload.buffer);
  view.setBigUint64(0, BigInt(seq), true);
  view.setBigUint64(8, BigInt(length), true);
  view.setUint32(16, crc, true);
  return payload;
}

async function discard(disk: Disk, file: OpenFile, name: string): Promise<void> {
  await file.close().catch(() => undefined);
  await disk.remove(name).catch(() => undefined);
}

// a snapshot that is given up may still be closing its file while the next is begun
let attempt = 0;

/** Starts the snapshot of the state after change set `seq`. A writer that failed is to be aborted. */
export async function writeSnapshot(disk: Disk, seq: number): Promise<SnapshotWriter> {
  attempt += 1;
  const temporary = temporaryName(seq, attempt);
  await disk.remove(temporary).catch(() => undefined);
  const file = await disk.append(temporary).catch((error: unknown) => {
    throw diskError(error, WHAT);
  });
  let chunks = 0;
  let length = 0;
  let crc = 0;
  const write = (index: number, payload: Uint8Array) =>
    file.write([frameHeader(index, payload), payload]).catch((error: unknown) => {
      throw diskError(error, WHAT);
    });
  return {
    chunk: async (bytes) => {
      chunks += 1;
      length += bytes.length;
      crc = crc32c(bytes, crc);
      await write(chunks, bytes);
    },
    end: async () => {
      await write(0, closing(seq, length, crc));
      try {
        await file.sync();
        await file.close();
        await disk.rename(temporary, snapshotName(seq));
        await disk.syncFolder();
      } catch (error) {
        throw diskError(error, WHAT);
      }
    },
    abort: () => discard(disk, file, temporary),
  };
}

/** The parts of a snapshot; undefined where the file is not exactly what was written under that sequence number. */
export function snapshotParts(bytes: Uint8Array, seq: number): readonly Uint8Array[] | undefined {
  const { frames, altered, tail } = scanFrames(bytes);
  const last = frames.at(-1);
  if (altered.length > 0 || tail !== undefined || last?.seq !== 0) return undefined;
  const chunks = frames.slice(0, -1);
  if (!chunks.every((frame, i) => frame.seq === i + 1)) return undefined;
  const crc = chunks.reduce((sum, { payload }) => crc32c(payload, sum), 0);
  const length = chunks.reduce((sum, { payload }) => sum + payload.length, 0);
  const expected = closing(seq, length, crc);
  const same = last.payload.length === expected.length && expected.every((byte, i) => byte === last.payload[i]);
  return same ? chunks.map(({ payload }) => payload) : undefined;
}
