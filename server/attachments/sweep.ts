import { sql, type Storage } from '../storage/storage.ts';

/** Bytes that no record names stay so long: an undo may bring the record back. */
const UNNAMED_DAYS = 90;
/** Parts of a file that was never finished. */
const UNFINISHED_DAYS = 7;
const DAY_MS = 86_400_000;

const mark = sql(
  'attached-mark',
  `update attached a set unnamed_since = $2 where a.tenant = $1 and a.unnamed_since is null
   and not exists (select from record_key k where k.tenant = $1 and k.key = 'attachment.sha256=' || a.sha256)`,
);
const unmark = sql(
  'attached-unmark',
  `update attached a set unnamed_since = null where a.tenant = $1 and a.unnamed_since is not null
   and exists (select from record_key k where k.tenant = $1 and k.key = 'attachment.sha256=' || a.sha256)`,
);
const drop = sql('attached-drop', 'delete from attached where tenant = $1 and unnamed_since <= $2 returning sha256');
const dropBytes = sql('attached-drop-bytes', `delete from attached_part where tenant = $1 and sender = '' and sha256 = any($2::text[])`);
const dropUnfinished = sql('attached-drop-unfinished', `delete from attached_part where tenant = $1 and sender <> '' and sent_at <= $2`);

/** Forgets files that no record has named for 90 days, and parts that were never finished. Answers how many files. */
export async function sweepAttachments(storage: Storage, tenant: string, now: number): Promise<number> {
  return storage.transaction(tenant, 'write', async (on) => {
    await on.run(unmark, [tenant]);
    await on.run(mark, [tenant, new Date(now)]);
    const gone = await on.run<{ sha256: string }>(drop, [tenant, new Date(now - UNNAMED_DAYS * DAY_MS)]);
    if (gone.length > 0) await on.run(dropBytes, [tenant, gone.map(({ sha256 }) => sha256)]);
    await on.run(dropUnfinished, [tenant, new Date(now - UNFINISHED_DAYS * DAY_MS)]);
    return gone.length;
  });
}
