import type { KeyStore } from '#shared/contract/net.ts';

/** Secrets in memory, gone with the process: for the command line and tests. */
export function memoryKeys(): KeyStore {
  const kept = new Map<string, string>();
  return {
    get: async (name) => kept.get(name),
    set: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
  };
}
