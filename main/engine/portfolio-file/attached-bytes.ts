import { isSha256 } from '#shared/util/sha256.ts';
import type { ByteStore } from '../host/host.ts';
import { damaged, joined, type Section } from './format.ts';

/** Sections with the bytes of attachments. Each holds the digest (64 characters) and then a part of the content, in order. */
export const BYTES_SECTION = 'attached files';

const DIGEST = 64;
const PART = 4 * 1024 * 1024;

/** The bytes of a store as sections, a part at a time. */
export async function* byteSections(store: ByteStore): AsyncGenerator<Section> {
  for (const sha256 of await store.list()) {
    const digest = new TextEncoder().encode(sha256);
    const size = (await store.size(sha256)) ?? 0;
    // one section even for an empty file
    for (let from = 0; from === 0 || from < size; from += PART) {
      const part = await store.read(sha256, from, PART);
      yield { name: BYTES_SECTION, items: from === 0 ? 1 : 0, bytes: joined([digest, part]) };
    }
  }
}

/** Takes such sections into a store. Throws AppError `file` where content is not what its digest says. */
export async function takeBytes(store: ByteStore, sections: readonly Pick<Section, 'bytes'>[], fileName: string): Promise<void> {
  const whole = Map.groupBy(sections, ({ bytes }) => new TextDecoder().decode(bytes.subarray(0, DIGEST)));
  for (const [sha256, parts] of whole) {
    const incoming = await store.begin();
    for (const { bytes } of parts) await incoming.write(new Uint8Array(bytes.subarray(DIGEST)));
    const kept = await incoming.keep();
    if (!isSha256(sha256) || kept.sha256 !== sha256) throw damaged(fileName, 'the content of an attached file is not what it was');
  }
}
