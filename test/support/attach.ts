// Attaches a file as a screen does: in parts.
import type { Engine } from '#engine/engine.ts';
import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { call } from './call-engine.ts';

export type FileToAttach = { readonly name: string; readonly bytes: Uint8Array; readonly mediaType?: string; readonly actor?: string };

/** Attaches it to a record (`<table>/<id>`) and answers what the engine said. */
export async function attach(engine: Engine, about: string, { name, bytes, mediaType = 'text/plain', actor = 'user-1' }: FileToAttach) {
  const { uploadId } = await call(engine, 'attachments.begin', { about, name, mediaType, size: bytes.length }, { actor });
  for (let at = 0; at < bytes.length; at += PART_BYTES)
    await call(engine, 'attachments.part', { uploadId, at, bytes: bytes.slice(at, at + PART_BYTES) }, { actor });
  return call(engine, 'attachments.finish', { uploadId }, { actor });
}
