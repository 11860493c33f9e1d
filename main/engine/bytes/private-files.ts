import { isSha256, sha256 } from '#shared/util/sha256.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { ByteStore } from '../host/host.ts';
import { bytesMissing, bytesUnusable, noRoom } from './byte-errors.ts';

/** What the library of types does not know everywhere: writing in a worker, and renaming, since a file gets its name only when it is whole. */
type PrivateFile = {
  readonly createSyncAccessHandle: () => Promise<{
    readonly write: (bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }) => number;
    readonly flush: () => void;
    readonly close: () => void;
  }>;
  readonly move: (name: string) => Promise<void>;
};

const UNFINISHED = '.part';

/** What the file system says, as an error of ours. */
function asOurs(thrown: unknown): AppError {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'QuotaExceededError') return noRoom();
  return name === 'NotFoundError' ? bytesMissing() : bytesUnusable();
}

async function guarded<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : asOurs(thrown);
  }
}

/**
 * Bytes in the browser's private files of this origin (OPFS), written in a worker: they neither pass through IndexedDB, which a
 * full disk may cost (ADR 0005), nor through memory as a whole. A file is written under a passing name and renamed when it is on the disk.
 */
export function privateFiles(databaseName: string, newId: () => string): ByteStore {
  let opened: Promise<FileSystemDirectoryHandle> | undefined;
  const writing = new Set<string>();

  const open = async (): Promise<FileSystemDirectoryHandle> => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(`${databaseName}-files`, { create: true });
    // what an earlier engine left behind half-way
    for await (const name of folder.keys())
      if (name.endsWith(UNFINISHED) && !writing.has(name)) await folder.removeEntry(name).catch(() => undefined);
    return folder;
  };
  const folder = (): Promise<FileSystemDirectoryHandle> => {
    opened ??= open().catch((thrown: unknown) => {
      opened = undefined;
      throw thrown;
    });
    return opened;
  };
  const fileOf = async (name: string): Promise<File> => {
    if (!isSha256(name)) throw bytesMissing();
    return (await (await folder()).getFileHandle(name)).getFile();
  };
  const sizeOf = async (name: string): Promise<number | undefined> => {
    try {
      return (await fileOf(name)).size;
    } catch {
      return undefined;
    }
  };

  return {
    begin: () =>
      guarded(async () => {
        const place = await folder();
        const name = `${newId()}${UNFINISHED}`;
        writing.add(name);
        // Chromium, Firefox and Safari have both in workers
        const handle = (await place.getFileHandle(name, { create: true })) as unknown as PrivateFile;
        const file = await handle.createSyncAccessHandle();
        const digest = sha256();
        let size = 0;
        const drop = async (): Promise<void> => {
          file.close();
          writing.delete(name);
          await place.removeEntry(name).catch(() => undefined);
        };
        return {
          write: (part) =>
            guarded(async () => {
              const written = file.write(part, { at: size });
              if (written < part.length) throw noRoom();
              size += written;
              digest.update(part);
            }),
          keep: () =>
            guarded(async () => {
              file.flush();
              file.close();
              const sha = digest.hex();
              if ((await sizeOf(sha)) === size) await drop();
              else await handle.move(sha);
              writing.delete(name);
              return { sha256: sha, size };
            }),
          drop,
        };
      }),
    read: (name, from, length) => guarded(async () => new Uint8Array(await (await fileOf(name)).slice(from, from + length).arrayBuffer())),
    size: sizeOf,
    list: () =>
      guarded(async () => {
        const names: string[] = [];
        for await (const name of (await folder()).keys()) if (isSha256(name)) names.push(name);
        return names;
      }),
    remove: (name) =>
      guarded(async () => {
        if (isSha256(name) && (await sizeOf(name)) !== undefined) await (await folder()).removeEntry(name);
      }),
  };
}
