import { CHECK_BYTES, chainLink, FORMAT, joined, MAGIC, type Header, type Section } from './format.ts';
import { deflate } from './deflate.ts';
import { newSealParameters, sealWith } from './seal.ts';

export type PackOptions = {
  readonly createdAt: string;
  readonly schema: number;
  readonly seq: number;
  readonly passphrase?: string | undefined;
};

const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));

function frame(name: string, check: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const label = new TextEncoder().encode(name);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, payload.length, true);
  return joined([Uint8Array.of(label.length), label, length, check.subarray(0, CHECK_BYTES), payload]);
}

/**
 * Writes a portfolio file piece by piece (DSK-03). Sections are taken as they come; give pieces of at most a few megabytes.
 * With a passphrase everything but the header is sealed.
 */
export async function* packPortfolio(
  sections: Iterable<Section> | AsyncIterable<Section>,
  options: PackOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const parameters = options.passphrase === undefined ? undefined : newSealParameters();
  const seal = options.passphrase === undefined || parameters === undefined ? undefined : await sealWith(options.passphrase, parameters);
  const header: Header = {
    format: FORMAT,
    schema: options.schema,
    seq: options.seq,
    createdAt: options.createdAt,
    ...(parameters && { seal: parameters }),
  };
  let link: Uint8Array<ArrayBuffer> = new Uint8Array(MAGIC);
  let index = 0;
  const next = async (name: string, payload: Uint8Array<ArrayBuffer>) => {
    link = await chainLink(link, name, payload);
    return frame(name, link, payload);
  };
  const sealed = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const packed = await deflate(bytes);
    index += 1;
    return next(name, seal ? await seal.close(index, name, packed) : packed);
  };
  yield new Uint8Array(MAGIC);
  yield await next('header', encode(header));
  const counts: Record<string, number> = {};
  for await (const section of sections) {
    counts[section.name] = (counts[section.name] ?? 0) + section.items;
    yield await sealed(section.name, new Uint8Array(section.bytes));
  }
  yield await sealed('end', encode({ sections: index, counts }));
}

/** The same, as one array of bytes. */
export async function packedPortfolio(
  sections: Iterable<Section> | AsyncIterable<Section>,
  options: PackOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of packPortfolio(sections, options)) parts.push(part);
  return joined(parts);
}
