import { AppError } from '#shared/errors/app-error.ts';

/**
 * The portable portfolio file (DSK-03): the pieces of a snapshot in a checked, versioned, optionally sealed envelope.
 *
 *     magic (8 bytes) · frame `header` · frame per section · frame `end`
 *     frame = name length (1) · name · payload length (4, little endian) · check (8) · payload
 *
 * `check` is the start of a SHA-256 chain over all frames so far, so that a cut, a swapped or an altered frame is found
 * and named. A payload is deflated, and sealed with AES-256-GCM where the file has a passphrase.
 */
export const MAGIC = new TextEncoder().encode('SATCHEL\n');
export const FORMAT = 1;
export const CHECK_BYTES = 8;
/** No section inflates beyond this; ours are far smaller. */
export const SECTION_LIMIT_BYTES = 64 * 1024 * 1024;

export type Header = {
  readonly format: number;
  /** Version of the table dictionary that wrote the file. */
  readonly schema: number;
  readonly createdAt: string;
  /** Number of the newest change set in it. */
  readonly seq: number;
  readonly seal?: { readonly kdf: 'PBKDF2-SHA-256'; readonly iterations: number; readonly salt: string; readonly nonce: string };
};

/** A named piece of a snapshot, for example rows of one record type; `items` of them, for the table of contents at the end. */
export type Section = { readonly name: string; readonly bytes: Uint8Array; readonly items: number };

/** A file that cannot be used, with the damage by name. */
export function damaged(file: string, what: string, wayOut = 'Use another copy of the file; nothing was changed.'): AppError {
  return new AppError('file', `${file}: ${what}. ${wayOut}`, { file, wayOut });
}

/** Bytes in a buffer of their own, as the web's crypto and streams ask for. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The next link of the chain: SHA-256 over the previous link, the frame's name and its payload. */
export async function chainLink(previous: Uint8Array, name: string, payload: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined([previous, new TextEncoder().encode(name), payload])));
}
