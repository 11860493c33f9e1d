import { z } from 'zod';
import type { KeyStore } from '#shared/contract/net.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

/** The system's key store (Electron's `safeStorage`): what it seals only this user on this computer opens. */
export type Seal = {
  /** False where the system has none worth the name. */
  readonly isSafe: () => Promise<boolean>;
  readonly encrypt: (text: string) => Promise<Buffer>;
  readonly decrypt: (bytes: Buffer) => Promise<string>;
};

const fileSchema = z.record(z.string(), z.base64());

/**
 * Secrets in a file, each sealed by the system's key store. Where the system has none they stay in memory and are gone when Satchel ends:
 * nothing is ever written in clear.
 */
export function sealedKeys(path: string, seal: Seal): KeyStore {
  const inMemory = new Map<string, string>();
  let writing: Promise<unknown> = Promise.resolve();
  const read = (): Record<string, string> => {
    const file = readJsonFile(path, fileSchema);
    return file.found === 'good' ? file.value : {};
  };
  const change = (act: (kept: Record<string, string>) => void): Promise<void> => {
    const next = writing.then(async () => {
      const kept = read();
      act(kept);
      await writeJsonFile(path, kept);
    });
    writing = next.catch(() => undefined);
    return next.catch(() => {
      throw new AppError('storage', 'The sign-in could not be kept on this computer. Check the disk.', {}, true);
    });
  };
  return {
    get: async (name) => {
      if (inMemory.has(name) || !(await seal.isSafe())) return inMemory.get(name);
      await writing;
      const sealed = read()[name];
      if (sealed === undefined) return undefined;
      try {
        return await seal.decrypt(Buffer.from(sealed, 'base64'));
      } catch {
        // another user's file, or the system's key is gone: the person signs in again
        return undefined;
      }
    },
    set: async (name, value) => {
      if (!(await seal.isSafe())) return void inMemory.set(name, value);
      const sealed = (await seal.encrypt(value)).toString('base64');
      await change((kept) => {
        kept[name] = sealed;
      });
      inMemory.delete(name);
    },
    remove: async (name) => {
      inMemory.delete(name);
      await change((kept) => {
        delete kept[name];
      });
    },
  };
}
