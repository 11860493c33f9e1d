import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import type { EngineClient } from '#shared/contract/client/client.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { asAppError } from './use-command.ts';

export type Sending = {
  readonly signal: AbortSignal;
  /** Bytes that the engine has. */
  readonly onProgress: (sent: number) => void;
};
type Calls = Pick<EngineClient, 'command' | 'job' | 'call'>;

/** An engine that was started anew knows nothing of the parts before: so often it is all sent again. */
const MOST_STARTS = 4;

const cancelled = () => new AppError('cancelled', 'Not added.');
const unreadable = (name: string) =>
  new AppError('file', `${name} cannot be read. Is it a folder, open elsewhere, or gone?`, { file: name }, true);

async function partOf(file: File, at: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(at, at + PART_BYTES).arrayBuffer());
  } catch {
    throw unreadable(file.name);
  }
}

async function sendOnce(client: Calls, about: string, file: File, { signal, onProgress }: Sending): Promise<Output<'attachments.finish'>> {
  // a folder has no content: seen before anything is begun
  if (file.size > 0) await partOf(file, 0);
  const { uploadId } = await client.command('attachments.begin', { about, name: file.name, mediaType: file.type, size: file.size });
  try {
    for (let at = 0; at < file.size; at += PART_BYTES) {
      if (signal.aborted) throw cancelled();
      const { received } = await client.command('attachments.part', { uploadId, at, bytes: await partOf(file, at) });
      onProgress(received);
    }
    if (signal.aborted) throw cancelled();
    return await client.job('attachments.finish', { uploadId });
  } catch (thrown) {
    // an upload that is unknown already needs no end
    await client.command('attachments.abandon', { uploadId }).catch(() => undefined);
    throw thrown;
  }
}

/**
 * Adds a file to a record (`<table>/<id>`), a part at a time: it is never in memory as a whole. Begins again by itself where the engine
 * was restarted meanwhile. Rejects with AppError; `cancelled` where the signal said so.
 */
export async function sendFile(client: Calls, about: string, file: File, sending: Sending): Promise<Output<'attachments.finish'>> {
  for (let start = 1; ; start += 1) {
    try {
      return await sendOnce(client, about, file, sending);
    } catch (thrown) {
      const error = asAppError(thrown);
      const lost = error.retryable && error.code === 'not-found';
      if (!lost || start === MOST_STARTS || sending.signal.aborted) throw error;
    }
  }
}

/** A file's content as a blob, which the browser keeps outside the page's memory where it is large. Rejects with AppError. */
export async function fetchFile(
  client: Calls,
  { id, size }: { readonly id: string; readonly size: number },
  { signal, onProgress }: Sending,
): Promise<Blob> {
  const parts: Blob[] = [];
  for (let from = 0; from < size; from += PART_BYTES) {
    if (signal.aborted) throw new AppError('cancelled', 'Not saved.');
    const { bytes } = await client.call('attachments.read', { id, from, length: PART_BYTES });
    if (bytes.length === 0) throw new AppError('file', 'The content of this file is cut off.');
    parts.push(new Blob([bytes]));
    onProgress(from + bytes.length);
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

/** So many times it is asked again whether a file has come: ten minutes. */
const MOST_TRIES = 60;

/**
 * Lets the engine fetch a file that another device attached, where its content is not here yet; at once where it is. A large one takes longer
 * than one question may: the engine goes on, and is asked again.
 */
export async function bringFile(client: Calls, id: string): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      await client.call('attachments.read', { id, from: 0, length: 1 });
      return;
    } catch (thrown) {
      if (asAppError(thrown).code !== 'deadline' || tries === MOST_TRIES) throw thrown;
    }
}
