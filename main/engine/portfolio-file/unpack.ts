import { z } from 'zod';
import { AppError } from '#shared/errors/app-error.ts';
import { inflate } from './deflate.ts';
import { CHECK_BYTES, chainLink, damaged, FORMAT, MAGIC, SECTION_LIMIT_BYTES, type Header } from './format.ts';
import { sealWith, type Seal } from './seal.ts';

const headerSchema = z.looseObject({
  format: z.number().int(),
  schema: z.number().int(),
  createdAt: z.string(),
  seq: z.number().int().min(0),
  seal: z
    .strictObject({ kdf: z.literal('PBKDF2-SHA-256'), iterations: z.number().int().min(1), salt: z.string(), nonce: z.string() })
    .optional(),
});
const endSchema = z.strictObject({ sections: z.number().int(), counts: z.record(z.string(), z.number().int()) });

type Frame = { readonly name: string; readonly payload: Uint8Array<ArrayBuffer> };
export type UnpackOptions = { readonly fileName: string; readonly passphrase?: string | undefined };
export type Unpacked = {
  readonly header: Header;
  readonly sections: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
  /** Items by the name of their section. */
  readonly counts: Readonly<Record<string, number>>;
};

function startsWithMagic(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

async function* frames(bytes: Uint8Array, file: string): AsyncGenerator<Frame> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = MAGIC.length;
  let link: Uint8Array = MAGIC;
  let last = 'its beginning';
  while (at < bytes.length) {
    const nameLength = view.getUint8(at);
    const head = at + 1 + nameLength;
    if (head + 4 + CHECK_BYTES > bytes.length) throw damaged(file, `the file is cut off after ${last}`);
    const name = new TextDecoder().decode(bytes.subarray(at + 1, head));
    const length = view.getUint32(head, true);
    const body = head + 4 + CHECK_BYTES;
    if (body + length > bytes.length) throw damaged(file, `the file is cut off, or altered, after ${last}`);
    const payload = bytes.slice(body, body + length);
    link = await chainLink(link, name, payload);
    const check = bytes.subarray(head + 4, body);
    if (!check.every((byte, index) => link[index] === byte)) throw damaged(file, `the part after ${last} was altered`);
    yield { name, payload };
    at = body + length;
    last = name === 'header' ? 'the header' : `the part "${name}"`;
    if (name === 'end' && at < bytes.length) throw damaged(file, 'something was added after its end');
  }
}

/** Undefined where it is no JSON; what it must hold is the validators' business. */
function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function parsedHeader(payload: Uint8Array, file: string): Header {
  const header = headerSchema.safeParse(parsedJson(payload));
  if (!header.success) throw damaged(file, 'its header cannot be read');
  if (header.data.format > FORMAT)
    throw damaged(file, `it was written by a newer Satchel (format ${header.data.format})`, 'Update Satchel, then open it again.');
  const { seal, ...rest } = header.data;
  return seal ? { ...rest, seal } : rest;
}

async function openPayload(frame: Frame, index: number, seal: Seal | undefined, file: string): Promise<Uint8Array<ArrayBuffer>> {
  let packed = frame.payload;
  if (seal) {
    try {
      packed = await seal.open(index, frame.name, packed);
    } catch {
      throw damaged(
        file,
        index === 1 ? 'the passphrase does not open it' : `the part "${frame.name}" was altered`,
        index === 1 ? 'Check the passphrase.' : undefined,
      );
    }
  }
  try {
    return await inflate(packed, SECTION_LIMIT_BYTES);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw damaged(file, `the part "${frame.name}" cannot be read`);
  }
}

/**
 * Reads a portfolio file whole (DSK-03). Nothing of it is handed out unless all of it is sound: a cut, altered or foreign
 * file throws AppError `file` that names the damage.
 */
export async function unpackPortfolio(bytes: Uint8Array, options: UnpackOptions): Promise<Unpacked> {
  const file = options.fileName;
  if (!startsWithMagic(bytes))
    throw damaged(file, 'this is not a Satchel portfolio', 'Choose a file with the ending .satchel; spreadsheets are imported instead.');
  const sections: Unpacked['sections'][number][] = [];
  let counts: Unpacked['counts'] | undefined;
  let header: Header | undefined;
  let seal: Seal | undefined;
  let index = 0;
  for await (const frame of frames(bytes, file)) {
    if (!header) {
      if (frame.name !== 'header') throw damaged(file, 'its header is missing');
      header = parsedHeader(frame.payload, file);
      if (header.seal && options.passphrase === undefined) throw damaged(file, 'it is protected by a passphrase', 'Give the passphrase.');
      if (header.seal && options.passphrase !== undefined) seal = await sealWith(options.passphrase, header.seal);
      continue;
    }
    index += 1;
    const content = await openPayload(frame, index, seal, file);
    if (frame.name !== 'end') {
      sections.push({ name: frame.name, bytes: content });
      continue;
    }
    const end = endSchema.safeParse(parsedJson(content));
    if (!end.success || end.data.sections !== sections.length) throw damaged(file, 'parts of it are missing');
    counts = end.data.counts;
  }
  if (!header) throw damaged(file, 'the file is cut off after its beginning');
  if (!counts) throw damaged(file, `the file is cut off after ${sections.length} of its parts`);
  return { header, sections, counts };
}
