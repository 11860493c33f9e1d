import { AppError } from '#shared/errors/app-error.ts';
import { MAX_ATTACHMENT_BYTES } from '#shared/domain/attachments/limits.ts';
import type { Host, IncomingBytes, KeptBytes } from '../host/host.ts';

/** What is to be attached to what. */
export type FileFacts = { readonly about: string; readonly name: string; readonly mediaType: string; readonly size: number };

/** Files on their way in. They live as long as this engine; the person's screen begins again after a restart. */
export type Uploads = {
  readonly begin: (facts: FileFacts) => Promise<string>;
  /** Adds the part that begins at `at`; answers how many bytes are there now. A part that is there already is not added twice. */
  readonly part: (uploadId: string, at: number, bytes: Uint8Array<ArrayBuffer>) => Promise<number>;
  /** Puts the bytes on the disk under their digest; `release` once a record names them (or none will). Undefined for an unknown one. */
  readonly keep: (uploadId: string) => Promise<KeptUpload | undefined>;
  readonly abandon: (uploadId: string) => Promise<void>;
  /** Digests that a record is about to name: not to be swept. */
  readonly pinned: () => ReadonlySet<string>;
};
export type KeptUpload = { readonly facts: FileFacts; readonly kept: KeptBytes; readonly release: () => void };

type Upload = { readonly facts: FileFacts; readonly incoming: IncomingBytes; received: number; busy: boolean; stopWaiting: () => void };

const MOST_AT_ONCE = 8;
/** Nothing came for so long: whoever began it has gone. */
const PATIENCE_MS = 5 * 60_000;
/** Room that is left for the records themselves. */
const SPARED_BYTES = 64 * 1024 * 1024;

const megabytes = (bytes: number) => `${Math.ceil(bytes / (1024 * 1024)).toLocaleString('en')} MB`;

/** Begun under another engine, abandoned, or left alone for too long. */
export const uploadGone = () => new AppError('not-found', 'The file did not arrive in full. Add it again.', {}, true);

/** Makes the desk where files arrive. */
export function createUploads(host: Host): Uploads {
  const open = new Map<string, Upload>();
  const pins = new Map<string, number>();

  const abandon = async (uploadId: string): Promise<void> => {
    const upload = open.get(uploadId);
    open.delete(uploadId);
    upload?.stopWaiting();
    await upload?.incoming.drop();
  };
  const wait = (uploadId: string) => host.later(PATIENCE_MS, () => void abandon(uploadId).catch(() => undefined));
  const pin = (sha256: string): (() => void) => {
    pins.set(sha256, (pins.get(sha256) ?? 0) + 1);
    return () => {
      const left = (pins.get(sha256) ?? 1) - 1;
      if (left === 0) pins.delete(sha256);
      else pins.set(sha256, left);
    };
  };
  const refuseTooLarge = async ({ name, size }: FileFacts): Promise<void> => {
    const details = { file: name };
    if (size > MAX_ATTACHMENT_BYTES)
      throw new AppError(
        'limit',
        `${name} is larger than ${megabytes(MAX_ATTACHMENT_BYTES)}, the most that can be attached. Keep a link to it instead.`,
        details,
      );
    const storage = await host.estimateStorage?.();
    if (storage !== undefined && storage.freeBytes < size + SPARED_BYTES)
      throw new AppError(
        'quota',
        `There is no room for ${name} (${megabytes(size)}): ${megabytes(storage.freeBytes)} are free. Free some space and add it again.`,
        details,
        true,
      );
  };

  return {
    begin: async (facts) => {
      await refuseTooLarge(facts);
      if (open.size >= MOST_AT_ONCE) throw new AppError('limit', 'Too many files are being added at once. Wait for the others.', {}, true);
      const uploadId = host.newId();
      open.set(uploadId, { facts, incoming: await host.bytes.begin(), received: 0, busy: false, stopWaiting: wait(uploadId) });
      return uploadId;
    },
    part: async (uploadId, at, bytes) => {
      const upload = open.get(uploadId);
      if (upload === undefined) throw uploadGone();
      if (at + bytes.length <= upload.received) return upload.received;
      if (upload.busy || at !== upload.received || at + bytes.length > upload.facts.size)
        throw new AppError('validation', `${upload.facts.name} changed while it was being read. Add it again.`, {
          file: upload.facts.name,
        });
      upload.stopWaiting();
      upload.stopWaiting = wait(uploadId);
      upload.busy = true;
      try {
        await upload.incoming.write(bytes);
      } catch (thrown) {
        await abandon(uploadId);
        throw thrown;
      } finally {
        upload.busy = false;
      }
      upload.received += bytes.length;
      return upload.received;
    },
    keep: async (uploadId) => {
      const upload = open.get(uploadId);
      if (upload === undefined) return undefined;
      const { facts, received } = upload;
      if (received !== facts.size) {
        await abandon(uploadId);
        throw uploadGone();
      }
      open.delete(uploadId);
      upload.stopWaiting();
      const kept = await upload.incoming.keep();
      return { facts, kept, release: pin(kept.sha256) };
    },
    abandon,
    pinned: () => new Set(pins.keys()),
  };
}
