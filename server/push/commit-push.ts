import type { AnyRow } from '#shared/model/dictionary.ts';
import { bodyOf, keysOf } from '../records/stored-record.ts';
import type { RecordCache } from '../records/record-cache.ts';
import { POINTS_TABLE } from '#shared/sync-core/points.ts';
import { sql, type Sql } from '../storage/storage.ts';
import type { ComputedPush, SentIntent } from './compute-push.ts';
import type { ChangedSegment } from './segments.ts';

const commit = sql('commit', 'select satchel_commit($1, $2, $3, $4::jsonb) as head');

export type CommitParts = {
  readonly tenant: string;
  /** The change number that everything was computed on. */
  readonly base: number;
  readonly at: Date;
  readonly user: string;
  /** Absent: an administrator's deed, which no device sent. */
  readonly device: string | undefined;
  readonly intents: readonly SentIntent[];
  readonly segments: readonly ChangedSegment[];
};

/**
 * Writes a push in one server-side call, numbers last (S7). Answers the new newest number; a negative one where others have committed
 * meanwhile: the lock is held then, nothing is written, and the caller looks at what changed.
 */
export async function commitPush(on: Sql, cache: RecordCache, computed: ComputedPush, parts: CommitParts): Promise<number> {
  const { tenant, base, at, user, device, intents, segments } = parts;
  const lost: unknown[] = [];
  const keys: unknown[] = [];
  const rows = computed.records.map(({ table, id, row, scope, left }) => {
    const known = cache.stored(table, id);
    const before = new Set(keysOf(table, known?.row));
    const after = new Set(keysOf(table, row));
    for (const key of before) if (!after.has(key)) lost.push({ k: key, i: id });
    for (const key of after) if (!before.has(key)) keys.push({ k: key, i: id, t: table });
    return {
      t: table,
      i: id,
      v: versionAfter(known?.version, known?.row, row),
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
  const answered =
    device === undefined ? [] : computed.answers.map((answer, at) => ({ seq: answer.seq, id: answer.id, sent: intents[at], answer }));
  const payload = {
    rows: [...rows, ...pieces],
    lost,
    keys,
    members,
    intents: answered,
    device: device ?? null,
    user,
    acknowledged: answered.at(-1)?.seq ?? 0,
  };
  const [row] = await on.run<{ head: number }>(commit, [tenant, base, at, JSON.stringify(payload)]);
  return Number(row?.head ?? 0);
}

/** A record that only moved to another scope stays what it was. */
function versionAfter(version: number | undefined, before: AnyRow | undefined, after: AnyRow | undefined): number {
  const same = before !== undefined && after !== undefined && before === after;
  return same ? (version ?? 1) : (version ?? 0) + 1;
}
