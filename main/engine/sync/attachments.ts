import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { SYNC_LIMITS } from '#shared/contract/sync-contract.ts';
import type { AbortSignalLike } from '#shared/contract/client/open-calls.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { ByteStore } from '../host/host.ts';
import type { CentralStore } from './central-store.ts';

type Options = { readonly store: CentralStore; readonly bytes: ByteStore; readonly signal?: AbortSignalLike };

/** The same part is asked for twice at most: a server that never goes on must not keep a device busy. */
const MOST_STUCK = 2;

/**
 * Sends the files that the server lacks (S16): after the records, one after the other, each from where it was cut the last time. Answers
 * how many were sent. A file whose bytes are not here is left to the device that has them. Throws what the way to the server throws.
 * @param named digests of attachments whose records the server has
 */
export async function sendAttachments({ store, bytes, signal }: Options, named: Iterable<string>): Promise<number> {
  const here = new Set(await bytes.list());
  const mine = [...new Set(named)].filter((sha256) => here.has(sha256)).toSorted();
  let sent = 0;
  for (let from = 0; from < mine.length; from += SYNC_LIMITS.attachments) {
    const wanted = await store.attachmentsWanted(mine.slice(from, from + SYNC_LIMITS.attachments), signal);
    for (const sha256 of wanted) {
      if (!here.has(sha256)) continue;
      // a record that went meanwhile, or a right: the others still come in
      if (await sendOne({ store, bytes, ...(signal === undefined ? {} : { signal }) }, sha256).catch(leftOut)) sent += 1;
    }
  }
  return sent;
}

function leftOut(thrown: unknown): false {
  if (thrown instanceof AppError && ['not-found', 'permission', 'limit', 'contract'].includes(thrown.code)) return false;
  throw thrown;
}

async function sendOne({ store, bytes, signal }: Options, sha256: string): Promise<boolean> {
  let state = await store.attachmentState(sha256, signal);
  for (let stuck = 0; !state.complete;) {
    refuseSignal(signal);
    const at = state.have;
    const part = await bytes.read(sha256, at, PART_BYTES);
    state = await store.putAttachmentPart(sha256, at, part, signal);
    stuck = state.have > at || state.complete ? 0 : stuck + 1;
    if (stuck >= MOST_STUCK) return false;
  }
  return true;
}

/**
 * Fetches a file that is not here, when someone asks for it (S16); its digest is made here, so that no server can pass anything else off
 * as it. Throws `not-found` where the server does not have it either.
 */
export async function fetchAttachment({ store, bytes, signal }: Options, sha256: string, size: number): Promise<void> {
  const incoming = await bytes.begin();
  try {
    for (let at = 0; at < size; at += PART_BYTES) {
      refuseSignal(signal);
      const part = await store.readAttachmentPart(sha256, at, signal);
      if (part.length !== Math.min(PART_BYTES, size - at)) throw notWhole();
      await incoming.write(part);
    }
    const kept = await incoming.keep();
    // what else it is may be another file that belongs here; what no record names is swept
    if (kept.sha256 !== sha256) throw notWhole();
  } catch (thrown) {
    await incoming.drop().catch(() => undefined);
    throw thrown;
  }
}

function refuseSignal(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled.');
}

const notWhole = (): AppError =>
  new AppError('not-found', 'The central store does not have this file as it was attached. The person who attached it can add it again.');
