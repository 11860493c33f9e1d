// A folder in memory that loses, when the power is cut, what a real one may lose: bytes that were not synced, and names
// that were not synced. It can also be full, or fail to sync.
import type { Disk, OpenFile } from '../../main/desktop/journal/disk.ts';

type Inode = { content: Uint8Array; synced: Uint8Array };

export type CrashDisk = Disk & {
  /** What is there when the power comes back; `chance` answers numbers from 0 up to 1. */
  readonly crash: (chance: () => number) => CrashDisk;
  /** Bytes that can still be written before the disk is full. */
  setFree: (bytes: number) => void;
  /** Makes the next `n` syncs fail. */
  failSyncs: (n: number) => void;
  /** Replaces a file's content, as damage would. */
  put: (name: string, content: Uint8Array) => void;
};

const failure = (code: string) => Object.assign(new Error(code), { code });

const joined = (a: Uint8Array, b: Uint8Array) => {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

function survivor({ content, synced }: Inode, chance: () => number): Inode {
  const isPrefix = content.length >= synced.length && synced.every((byte, i) => byte === content[i]);
  const left = isPrefix
    ? content.slice(0, synced.length + Math.floor(chance() * (content.length - synced.length + 1)))
    : chance() < 0.5
      ? content
      : synced;
  return { content: left, synced: left };
}

export function crashDisk(start: ReadonlyMap<string, Uint8Array> = new Map()): CrashDisk {
  const now = new Map<string, Inode>([...start].map(([name, content]) => [name, { content, synced: content }]));
  let durable = new Map(now);
  let free = Infinity;
  let failingSyncs = 0;

  const inode = (name: string): Inode => {
    const found = now.get(name);
    if (found === undefined) throw failure('ENOENT');
    return found;
  };

  const openFile = (file: Inode): OpenFile => ({
    write: async (parts) => {
      for (const part of parts) {
        const fits = part.subarray(0, Math.max(0, Math.min(part.length, free)));
        file.content = joined(file.content, fits);
        free -= fits.length;
        await Promise.resolve();
        if (fits.length < part.length) throw failure('ENOSPC');
      }
    },
    truncate: async (length) => {
      file.content = file.content.slice(0, length);
    },
    sync: async () => {
      await Promise.resolve();
      if (failingSyncs > 0) {
        failingSyncs -= 1;
        throw failure('EIO');
      }
      file.synced = file.content;
    },
    close: async () => undefined,
  });

  return {
    list: async () => [...now.keys()],
    size: async (name) => inode(name).content.length,
    read: async (name) => inode(name).content,
    append: async (name) => {
      const file = now.get(name) ?? { content: new Uint8Array(), synced: new Uint8Array() };
      now.set(name, file);
      return openFile(file);
    },
    rename: async (from, to) => {
      now.set(to, inode(from));
      now.delete(from);
    },
    remove: async (name) => {
      now.delete(name);
    },
    syncFolder: async () => {
      durable = new Map(now);
    },
    crash: (chance) => {
      const left = new Map<string, Uint8Array>();
      const survivors = new Map<Inode, Inode>();
      for (const name of new Set([...durable.keys(), ...now.keys()])) {
        const file = durable.get(name) === now.get(name) || chance() < 0.5 ? now.get(name) : durable.get(name);
        if (file === undefined) continue;
        const after = survivors.get(file) ?? survivor(file, chance);
        survivors.set(file, after);
        left.set(name, after.content);
      }
      return crashDisk(left);
    },
    setFree: (bytes) => {
      free = bytes;
    },
    failSyncs: (n) => {
      failingSyncs = n;
    },
    put: (name, content) => {
      now.set(name, { content, synced: content });
    },
  };
}
