import { sha256 } from '#shared/util/sha256.ts';
import type { ByteStore } from '../host/host.ts';
import { bytesMissing } from './byte-errors.ts';

/** Bytes in memory, gone with the process: the command line (which has them from the portfolio file), tests and benches. */
export function memoryBytes(): ByteStore {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    begin: () => {
      const digest = sha256();
      const parts: Uint8Array<ArrayBuffer>[] = [];
      return Promise.resolve({
        write: (part) => {
          digest.update(part);
          parts.push(part.slice());
          return Promise.resolve();
        },
        keep: async () => {
          const name = digest.hex();
          const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
          kept.set(name, bytes);
          return { sha256: name, size: bytes.length };
        },
        drop: () => Promise.resolve(),
      });
    },
    read: async (name, from, length) => {
      const bytes = kept.get(name);
      if (bytes === undefined) throw bytesMissing();
      return bytes.slice(from, from + length);
    },
    size: (name) => Promise.resolve(kept.get(name)?.length),
    list: () => Promise.resolve([...kept.keys()]),
    remove: (name) => {
      kept.delete(name);
      return Promise.resolve();
    },
  };
}
