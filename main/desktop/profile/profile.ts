import { z } from 'zod';

/** Chromium's two ways to keep an IndexedDB. Neither reads what the other wrote: a switch destroys the store (design.md, Store). */
export type Backend = 'sqlite' | 'leveldb';

/** The first Chromium whose SQLite backend keeps what was committed. */
export const SQLITE_SINCE = 149;

export const PROFILE_VERSION = 1;

/** What must be known before the store is opened. Lies beside Chromium's folders, not in them. */
export const profileSchema = z.strictObject({
  version: z.literal(PROFILE_VERSION),
  deviceId: z.string().min(8).max(64),
  /** A store with records exists: from now on an empty one is a loss, not a first start. */
  storeExpected: z.boolean(),
  backend: z.enum(['sqlite', 'leveldb']),
  /** Each restoration gets a folder of its own, so that the old one stays as evidence. */
  generation: z.number().int().positive(),
  /** Newest Chromium that has had this store open; an older one may destroy it. */
  chromium: z.number().int().positive(),
});
export type Profile = z.infer<typeof profileSchema>;

/** The name of the session partition that holds the store; Chromium makes a folder of the same name. */
export const partitionOf = ({ generation, backend }: Pick<Profile, 'generation' | 'backend'>): string => `engine-${generation}-${backend}`;

export const backendFor = (chromium: number): Backend => (chromium >= SQLITE_SINCE ? 'sqlite' : 'leveldb');
