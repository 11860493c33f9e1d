import { sql, type Storage } from '../storage/storage.ts';

/** S10: tombstones are kept at least so long, and as long as a device that was seen since has not read them. */
const KEPT_DAYS = 90;

const oldest = sql('oldest-device', `select min(reached) as reached from device where tenant = $1 and revoked_at is null and seen_at > $2`);
const headThen = sql('head-then', 'select head from tenant where id = $1');
const purgeable = sql(
  'purgeable',
  'select max(seq) as seq from record where tenant = $1 and body is null and deleted_at <= $2 and seq <= $3',
);
const dropKeys = sql(
  'drop-keys',
  'delete from record_key k using record r where k.tenant = $1 and r.tenant = $1 and r.tbl = k.tbl and r.id = k.id and r.body is null and r.deleted_at <= $2 and r.seq <= $3',
);
const drop = sql(
  'drop-tombstones',
  'delete from record where tenant = $1 and body is null and deleted_at <= $2 and seq <= $3 returning id',
);
const dropMoves = sql('drop-moves', 'delete from scope_move where tenant = $1 and seq <= $2');
const mark = sql('mark-purged', 'update tenant set purged = greatest(purged, $2) where id = $1');

/** Forgets deletions that every live device has seen (S10). Answers how many. */
export async function purge(storage: Storage, tenant: string, now: number): Promise<number> {
  return storage.transaction(tenant, 'write', async (on) => {
    const since = new Date(now - KEPT_DAYS * 86_400_000);
    const [head] = await on.run<{ head: number }>(headThen, [tenant]);
    const [live] = await on.run<{ reached: number | null }>(oldest, [tenant, since]);
    const seen = live?.reached ?? head?.head ?? 0;
    const [last] = await on.run<{ seq: number | null }>(purgeable, [tenant, since, seen]);
    if (last?.seq === null || last?.seq === undefined) return 0;
    await on.run(dropKeys, [tenant, since, last.seq]);
    const gone = await on.run(drop, [tenant, since, last.seq]);
    await on.run(dropMoves, [tenant, last.seq]);
    await on.run(mark, [tenant, last.seq]);
    return gone.length;
  });
}
