import { loadChangedSince } from '../records/load-wanted.ts';
import { openRecordCache, type RecordCache } from '../records/record-cache.ts';
import type { Sql } from '../storage/storage.ts';

/** A cache is not kept beyond so many records; a device's whole portfolio is a tenth of it. */
const MOST_RECORDS = 30_000;
/** Tenants whose caches are kept, the ones used last. */
const MOST_TENANTS = 20;
/** Where others have committed more than this, beginning anew costs less than catching up. */
const MOST_BEHIND = 5_000;

type Warm = { readonly cache: RecordCache; readonly epoch: string; readonly head: number };
type At = { readonly epoch: string; readonly head: number };

/**
 * Records that the pushes of a tenant have read, kept from one push to the next: rules look at what lies around a record, which is mostly the same.
 * What others have committed meanwhile, by another instance or the command line, is read by its number first (S7), so a cache is never older than the
 * `head` that the commit is checked against.
 */
export type WarmCaches = {
  /** The tenant's cache as of `at`, or a new one. Taken out until it is given back: after a failure there is none. */
  readonly take: (on: Sql, tenant: string, at: At) => Promise<RecordCache>;
  readonly giveBack: (tenant: string, cache: RecordCache, at: At) => void;
  readonly drop: (tenant: string) => void;
};

/** Whether a cache is too large to be used by one more push. */
export function isOutgrown(cache: RecordCache): boolean {
  return cache.size() > MOST_RECORDS;
}

/** Opens the caches of an instance. */
export function openWarmCaches(): WarmCaches {
  const kept = new Map<string, Warm>();
  return {
    take: async (on, tenant, { epoch, head }) => {
      const warm = kept.get(tenant);
      kept.delete(tenant);
      if (warm === undefined || warm.epoch !== epoch || head < warm.head || head - warm.head > MOST_BEHIND) return openRecordCache();
      if (head > warm.head) {
        const { records, membersChanged } = await loadChangedSince(on, tenant, warm.head);
        warm.cache.rebase(records, membersChanged);
      }
      return warm.cache;
    },
    giveBack: (tenant, cache, { epoch, head }) => {
      if (isOutgrown(cache)) return;
      kept.set(tenant, { cache, epoch, head });
      const [oldest] = kept.keys();
      if (kept.size > MOST_TENANTS && oldest !== undefined) kept.delete(oldest);
    },
    drop: (tenant) => void kept.delete(tenant),
  };
}
