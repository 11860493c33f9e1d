import type { ByteStore, KeptBytes } from '../host/host.ts';
import type { AskMain } from '../host/main-calls.ts';

/** Bytes that Electron's main process keeps as files outside Chromium's folder; it makes the digest, too. */
export function mainBytes(ask: AskMain): ByteStore {
  return {
    // answers are typed by their calls, in main/desktop/files
    begin: async () => {
      const file = (await ask({ call: 'fileBegin' })) as number;
      return {
        write: async (bytes) => void (await ask({ call: 'filePart', file, bytes })),
        keep: async () => (await ask({ call: 'fileKeep', file })) as KeptBytes,
        drop: async () => void (await ask({ call: 'fileDrop', file })),
      };
    },
    read: async (sha256, from, length) => (await ask({ call: 'fileRead', sha256, from, length })) as Uint8Array<ArrayBuffer>,
    size: async (sha256) => ((await ask({ call: 'fileSize', sha256 })) as number | null) ?? undefined,
    list: async () => (await ask({ call: 'fileList' })) as readonly string[],
    remove: async (sha256) => void (await ask({ call: 'fileRemove', sha256 })),
  };
}
