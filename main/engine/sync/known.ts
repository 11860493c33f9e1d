import { scopeChecksum } from '#shared/sync-core/checksum.ts';
import { parseScope, type Scope } from '#shared/sync-core/scope.ts';
import type { SyncRow, SyncRows, SyncWrites } from '../store/sync-rows.ts';
import { kept, nameOf } from './sync-keys.ts';

/** Which records the central store has, each in which version and scope, as far as this device has heard (S9, S12). */
export type Known = {
  /** The server's version; undefined where it does not have the record. */
  readonly version: (table: string, id: string) => number | undefined;
  readonly scope: (table: string, id: string) => Scope | undefined;
  /** Names of the records of a scope. */
  readonly inScope: (scope: Scope) => readonly string[];
  readonly scopes: () => readonly Scope[];
  readonly checksum: (scope: Scope) => string;
  readonly size: () => number;
  /** Records that a load anew has not brought (yet). */
  readonly doubtful: () => readonly string[];
  readonly begin: () => KnownChange;
};

/** Changes that show once they are written. */
export type KnownChange = {
  readonly set: (table: string, id: string, version: number, scope: Scope) => void;
  readonly remove: (table: string, id: string) => void;
  /** Loading anew: whatever does not come again is gone. */
  readonly doubtAll: () => void;
  readonly writes: () => Required<Pick<SyncWrites, 'put' | 'remove'>>;
  readonly show: () => void;
};

const PREFIX = 'known/';
/** A scope's records are kept as one row; what everyone shares, and a person's own, by record type, because there are many. */
type Bucket = Map<string, number>;

function bucketOf(scope: Scope, table: string): string {
  const kind = parseScope(scope)?.kind;
  return kind === 'shared' || kind === 'user' ? `${scope}#${table}` : scope;
}
const scopeOfBucket = (bucket: string): Scope => bucket.split('#')[0] ?? bucket;

function readBucket(value: unknown): Bucket {
  const list = value as readonly (string | number)[]; // written below
  const bucket: Bucket = new Map();
  for (let at = 0; at + 1 < list.length; at += 2) bucket.set(String(list[at]), Number(list[at + 1]));
  return bucket;
}

/** Opens what the device knows; a version below zero is one that a load anew has not confirmed yet. */
export function openKnown(rows: SyncRows): Known {
  const buckets = new Map<string, Bucket>();
  const bucketsOf = new Map<string, string>();
  for (const { key, value } of rows.under(PREFIX)) {
    const bucket = readBucket(value);
    const name = key.slice(PREFIX.length);
    buckets.set(name, bucket);
    for (const record of bucket.keys()) bucketsOf.set(record, name);
  }
  const versionOf = (record: string): number | undefined => {
    const bucket = bucketsOf.get(record);
    return bucket === undefined ? undefined : buckets.get(bucket)?.get(record);
  };
  const namesIn = (scope: Scope): readonly string[] => {
    const kind = parseScope(scope)?.kind;
    // most scopes have one bucket
    if (kind !== 'shared' && kind !== 'user') return [...(buckets.get(scope)?.keys() ?? [])];
    return [...buckets].flatMap(([name, bucket]) => (scopeOfBucket(name) === scope ? [...bucket.keys()] : []));
  };

  const begin = (): KnownChange => {
    const fresh = new Map<string, Bucket>();
    const moved = new Map<string, string | undefined>();
    const open = (name: string): Bucket => {
      const copy = fresh.get(name) ?? new Map(buckets.get(name));
      fresh.set(name, copy);
      return copy;
    };
    const take = (record: string): void => {
      const from = moved.has(record) ? moved.get(record) : bucketsOf.get(record);
      if (from !== undefined) open(from).delete(record);
      moved.set(record, undefined);
    };
    return {
      set: (table, id, version, scope) => {
        const record = nameOf(table, id);
        const to = bucketOf(scope, table);
        if ((moved.has(record) ? moved.get(record) : bucketsOf.get(record)) !== to) take(record);
        open(to).set(record, version);
        moved.set(record, to);
      },
      remove: (table, id) => take(nameOf(table, id)),
      doubtAll: () => {
        for (const [name, bucket] of buckets)
          fresh.set(name, new Map([...bucket].map(([record, version]) => [record, -Math.abs(version)])));
      },
      writes: () => {
        const put: SyncRow[] = [];
        const remove: string[] = [];
        for (const [name, bucket] of fresh)
          if (bucket.size === 0) remove.push(PREFIX + name);
          else put.push(kept(PREFIX + name, [...bucket].flat()));
        return { put, remove };
      },
      show: () => {
        for (const [name, bucket] of fresh)
          if (bucket.size === 0) buckets.delete(name);
          else buckets.set(name, bucket);
        for (const [record, name] of moved)
          if (name === undefined) bucketsOf.delete(record);
          else bucketsOf.set(record, name);
      },
    };
  };

  return {
    version: (table, id) => {
      const version = versionOf(nameOf(table, id));
      return version === undefined ? undefined : Math.abs(version);
    },
    scope: (table, id) => {
      const bucket = bucketsOf.get(nameOf(table, id));
      return bucket === undefined ? undefined : scopeOfBucket(bucket);
    },
    inScope: namesIn,
    scopes: () => [...new Set([...buckets.keys()].map(scopeOfBucket))],
    checksum: (scope) =>
      scopeChecksum(
        namesIn(scope).map((record) => {
          const at = record.indexOf('/');
          return { table: record.slice(0, at), id: record.slice(at + 1), version: Math.abs(versionOf(record) ?? 0) };
        }),
      ),
    size: () => bucketsOf.size,
    doubtful: () => [...buckets.values()].flatMap((bucket) => [...bucket].flatMap(([record, version]) => (version < 0 ? [record] : []))),
    begin,
  };
}
