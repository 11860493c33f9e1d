import { z } from 'zod';
import type { Host } from '../host/host.ts';

/** Sets beyond this size are not kept for a restart: they are dropped again. */
export const KEPT_BYTES = 48 * 1024 * 1024;
const KEPT_DRAFTS = 3;
const STORE = 'drafts';

/** What a person did in the wizard, so that a reload or a crash loses none of it: the files and every change, in order. */
export type ImportDraft = {
  readonly sessionId: string;
  readonly savedAt: string;
  /** Who began it; absent: someone who may see everything. */
  readonly owner?: string | undefined;
  readonly profile: string | undefined;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
  readonly changes: readonly unknown[];
};

const draftSchema = z.object({
  sessionId: z.string(),
  savedAt: z.string(),
  owner: z.string().optional(),
  profile: z.string().optional(),
  files: z.array(z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) })),
  changes: z.array(z.unknown()),
});

export type DraftStore = {
  readonly save: (draft: ImportDraft) => Promise<void>;
  readonly load: (sessionId: string) => Promise<ImportDraft | undefined>;
  readonly list: () => Promise<readonly ImportDraft[]>;
  readonly remove: (sessionId: string) => Promise<void>;
};

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}

/** Drafts lie in a small database of their own: they are no records, and are gone once the import is done. */
export function openDraftStore(host: Host): DraftStore {
  const open = (): Promise<IDBDatabase> => {
    const request = host.indexedDB.open(`${host.databaseName}-import-drafts`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'sessionId' });
    return asked(request);
  };
  /** A draft that cannot be kept or found is no reason to stop an import. */
  const attempt = async <T>(mode: IDBTransactionMode, fallback: T, work: (store: IDBObjectStore) => Promise<T>): Promise<T> => {
    let database: IDBDatabase | undefined;
    try {
      database = await open();
      return await work(database.transaction(STORE, mode).objectStore(STORE));
    } catch {
      host.log({ event: 'import-draft-failed' });
      return fallback;
    } finally {
      database?.close();
    }
  };
  const parsed = (value: unknown): ImportDraft | undefined => {
    const result = draftSchema.safeParse(value);
    return result.success ? { ...result.data, profile: result.data.profile } : undefined;
  };
  const list: DraftStore['list'] = () =>
    attempt('readonly', [], async (store) => {
      const all: readonly unknown[] = await asked(store.getAll());
      return all.flatMap((one) => parsed(one) ?? []).toSorted((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
    });
  const remove: DraftStore['remove'] = (sessionId) =>
    attempt('readwrite', undefined, async (store) => {
      await asked(store.delete(sessionId));
    });
  return {
    list,
    remove,
    load: (sessionId) => attempt('readonly', undefined, async (store) => parsed(await asked<unknown>(store.get(sessionId)))),
    save: async (draft) => {
      await attempt('readwrite', undefined, async (store) => {
        await asked(store.put(draft));
      });
      for (const old of (await list()).slice(KEPT_DRAFTS)) await remove(old.sessionId);
    },
  };
}
