import type { Answer } from '#shared/contract/sync-contract.ts';
import type { ReadCache } from '../records/record-cache.ts';
import type { ScopedRecord } from '../records/scope-changes.ts';
import { bodyOf, keysOf, type StoredRecord } from '../records/stored-record.ts';
import { POINTS_TABLE } from '#shared/sync-core/points.ts';
import { sql, type Sql } from '../storage/storage.ts';
import type { ChangedSegment, ChangesWithPoints } from './segments.ts';

const commit = sql('commit', 'select satchel_commit($1, $2, $3, $4::jsonb) as head');

/** What a device is answered, and what it had sent. */
export type Answered = {
  readonly device: string;
  readonly user: string;
  readonly intents: readonly { readonly answer: Answer; readonly text: string }[];
};
export type CommitParts = {
  readonly tenant: string;
  /** The change number that everything was computed on. */
  readonly base: number;
  readonly at: Date;
  /** By device; an administrator's deed was sent by none. */
  readonly answered: readonly Answered[];
  readonly segments: readonly ChangedSegment[];
};
/** The new newest number, negative where nothing was written, and the records as they are then. */
export type Committed = { readonly head: number; readonly records: readonly StoredRecord[] };

/**
 * Writes pushes in one server-side call, numbers last (S7). Answers the new newest number; a negative one where others have committed
 * meanwhile: the lock is held then, nothing is written, and the caller looks at what changed.
 * @param cache what the database has, or will have where the group before is not committed yet
 * @param layer what it will have
 */
export async function commitPush(
  on: Sql,
  cache: Pick<ReadCache, 'stored'>,
  layer: Pick<ReadCache, 'stored'>,
  computed: ChangesWithPoints,
  { tenant, base, at, answered, segments }: CommitParts,
): Promise<Committed> {
  const records = computed.records.map((record) => ({ ...record, ...asStored(cache, layer, record) }));
  const lost: unknown[] = [];
  const keys: unknown[] = [];
  const rows = records.map(({ table, id, version, row, scope, left }) => {
    const before = keysOf(table, cache.stored(table, id)?.row);
    const after = keysOf(table, row);
    for (const key of before) if (!after.includes(key)) lost.push({ k: key, i: id });
    for (const key of after) if (!before.includes(key)) keys.push({ k: key, i: id, t: table });
    return {
      t: table,
      i: id,
      v: version,
      s: scope,
      b: row === undefined ? null : bodyOf(row),
      st: row?.stamps ?? {},
      ...(left === undefined ? {} : { f: left }),
    };
  });
  // after their series, which whoever reads along then has already
  const pieces = segments.map(({ id, version, scope, values, left }) => ({
    t: POINTS_TABLE,
    i: id,
    v: version,
    s: scope,
    b: values ?? null,
    st: {},
    ...(left === undefined ? {} : { f: left }),
  }));
  const members = computed.members.map(({ what, member, scope, direct }) => ({ w: what, m: member, s: scope, d: direct }));
  const devices = answered.map(({ device, intents }) => ({ d: device, n: Math.max(...intents.map(({ answer }) => answer.seq)) }));
  const rest = JSON.stringify({ rows: [...rows, ...pieces], lost, keys, members, devices });
  // what was sent is text already
  const intents = answered.flatMap(({ device, user, intents: some }) =>
    some.map(({ answer, text }) => {
      const about = JSON.stringify({ seq: answer.seq, id: answer.id, device, user, answer });
      return `${about.slice(0, -1)},"sent":${text}}`;
    }),
  );
  const payload = `${rest.slice(0, -1)},"intents":[${intents.join()}]}`;
  const [row] = await on.run<{ head: number }>(commit, [tenant, base, at, payload]);
  return { head: Number(row?.head ?? 0), records };
}

/** A record with the version that it will have. One that only moved to another scope stays what it was. */
function asStored(
  cache: Pick<ReadCache, 'stored'>,
  layer: Pick<ReadCache, 'stored'>,
  { table, id, row, scope }: ScopedRecord,
): StoredRecord {
  const before = cache.stored(table, id);
  if (before?.row !== undefined && before.row === row) return { table, id, version: before.version, scope, row };
  const version = Math.max((before?.version ?? 0) + 1, layer.stored(table, id)?.version ?? 0);
  return { table, id, version, scope, row: row === undefined || row.rev === version ? row : { ...row, rev: version } };
}
