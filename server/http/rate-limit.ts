/** Lets so many through in a minute, each by its key; what is unused adds up to one minute's worth. */
export type RateLimit = {
  /** Milliseconds to wait; 0: go on. */
  readonly take: (key: string) => number;
};

const MINUTE = 60_000;
/** So many keys are remembered; beyond that those that are full again are dropped. */
const MOST_KEYS = 20_000;

/** Opens a limit. It is each instance's own: several instances let several times as many through. */
export function openRateLimit(perMinute: number, now: () => number): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  const drop = (at: number): void => {
    for (const [key, bucket] of buckets) if (at - bucket.at >= MINUTE) buckets.delete(key);
    if (buckets.size > MOST_KEYS) buckets.clear();
  };
  return {
    take: (key) => {
      const at = now();
      if (buckets.size > MOST_KEYS) drop(at);
      const bucket = buckets.get(key) ?? { left: perMinute, at };
      bucket.left = Math.min(perMinute, bucket.left + ((at - bucket.at) / MINUTE) * perMinute);
      bucket.at = at;
      buckets.set(key, bucket);
      if (bucket.left < 1) return Math.ceil(((1 - bucket.left) / perMinute) * MINUTE);
      bucket.left -= 1;
      return 0;
    },
  };
}
