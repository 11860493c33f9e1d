import { createHash } from 'node:crypto';
import { MAX_ATTACHMENT_BYTES, PART_BYTES } from '#shared/domain/attachments/limits.ts';
import type { AttachmentState } from '#shared/contract/sync-contract.ts';
import { EVERYTHING_SCOPE, ownScope, SHARED_SCOPE } from '#shared/sync-core/scope.ts';
import type { Rights } from '#shared/domain/permission/rights.ts';
import { refreshCustomer } from '../customers/customer-rows.ts';
import { SyncError } from '../http/sync-error.ts';
import type { Reader } from '../pull/pull.ts';
import { keyOf } from '../records/stored-record.ts';
import { sql, type Sql, type Storage } from '../storage/storage.ts';

const named = sql(
  'attachment-named',
  `select r.body->>'sha256' as sha256, max((r.body->>'size')::bigint) as size from record_key k join record r on r.tenant = $1 and r.tbl = k.tbl and r.id = k.id
   where k.tenant = $1 and k.key = any($3::text[]) and r.tbl = 'attachment' and r.body is not null
   and (r.scope = any($4::text[]) or exists (select from scope_member m where m.tenant = $1 and m.member = $2 and m.revoked is null
     and (m.scope = r.scope or (m.scope = '${EVERYTHING_SCOPE}' and r.scope not like 'user:%'))))
   group by 1`,
);
const namedForCustomer = sql(
  'attachment-named-for-customer',
  `select body->>'sha256' as sha256, max((body->>'size')::bigint) as size from customer_row
   where tenant = $1 and user_id = $2 and tbl = 'attachment' and body->>'sha256' = any($3::text[]) group by 1`,
);
const kept = sql('attachment-kept', 'select sha256 from attached where tenant = $1 and sha256 = any($2::text[])');
const keep = sql('attachment-keep', 'insert into attached (tenant, sha256, size, kept_at) values ($1, $2, $3, $4) on conflict do nothing');
const received = sql(
  'attachment-received',
  `select coalesce(max(at + length(bytes)), 0) as have from attached_part where tenant = $1 and sha256 = $2 and sender = $3`,
);
const addPart = sql(
  'attachment-part',
  'insert into attached_part (tenant, sha256, sender, at, bytes, sent_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
);
const partsOf = sql(
  'attachment-parts',
  'select at, bytes from attached_part where tenant = $1 and sha256 = $2 and sender = $3 and at >= $4 order by at limit 16',
);
const dropParts = sql('attachment-drop', 'delete from attached_part where tenant = $1 and sha256 = $2 and sender = $3');
const settle = sql('attachment-settle', `update attached_part set sender = '' where tenant = $1 and sha256 = $2 and sender = $3`);
const partAt = sql('attachment-read', `select bytes from attached_part where tenant = $1 and sha256 = $2 and sender = '' and at = $3`);
const lockSha = sql('attachment-lock', 'select pg_advisory_xact_lock(hashtextextended($1, 0))');

/** Who asks: their device sends parts under its own name, so that nobody spoils another one's. */
export type AttachmentTools = { readonly storage: Storage; readonly now: () => number };

const notThere = (): SyncError => new SyncError('not-found', 'There is no such file, or it is no longer yours.');

/** Who asks; of a customer only those files count that are open to them. */
export type FileReader = Reader & { readonly rights: Pick<Rights, 'isCustomer'> };

/** Sizes of those files that a record names which the person has; whatever else there is, is not there. */
async function sizes(on: Sql, { tenant, user, rights }: FileReader, digests: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const keys = digests.map((sha256) => keyOf('attachment', 'sha256', sha256));
  const rows = rights.isCustomer
    ? await on.run<{ sha256: string; size: number | null }>(namedForCustomer, [tenant, user, digests])
    : await on.run<{ sha256: string; size: number | null }>(named, [tenant, user, keys, [SHARED_SCOPE, ownScope(user)]]);
  return new Map(rows.map(({ sha256, size }) => [sha256, Number(size ?? 0)]));
}

/** What a customer sees is brought up to date first: a file that is no longer open to them is not there at once. */
async function refreshed(storage: Storage, reader: FileReader): Promise<void> {
  if (reader.rights.isCustomer) await refreshCustomer(storage, reader);
}

/** Of the given files those that a record names and that the server lacks: the device sends what it has of them. */
export async function wantedAttachments(
  { storage }: AttachmentTools,
  reader: FileReader,
  digests: readonly string[],
): Promise<{ readonly wanted: readonly string[] }> {
  await refreshed(storage, reader);
  return storage.transaction(reader.tenant, 'read', async (on) => {
    const known = await sizes(on, reader, digests);
    const here = new Set((await on.run<{ sha256: string }>(kept, [reader.tenant, [...known.keys()]])).map(({ sha256 }) => sha256));
    return { wanted: [...known.keys()].filter((sha256) => !here.has(sha256)).toSorted() };
  });
}

/** How much of a file has come. Throws SyncError `not-found` where no record of the person's names it. */
export async function attachmentState({ storage }: AttachmentTools, reader: FileReader, sha256: string): Promise<AttachmentState> {
  await refreshed(storage, reader);
  return storage.transaction(reader.tenant, 'read', (on) => stateOf(on, reader, sha256));
}

async function stateOf(on: Sql, reader: FileReader, sha256: string): Promise<AttachmentState> {
  const { tenant, device } = reader;
  const size = (await sizes(on, reader, [sha256])).get(sha256);
  if (size === undefined) throw notThere();
  if ((await on.run(kept, [tenant, [sha256]])).length > 0) return { size, have: size, complete: true };
  const [row] = await on.run<{ have: number }>(received, [tenant, sha256, device]);
  return { size, have: Number(row?.have ?? 0), complete: false };
}

/**
 * Takes a part that begins where the last one ended; any other is not taken, and the answer says from where to go on (S16). With the last
 * one the whole is digested: what is not what it is called is thrown away. Throws SyncError.
 */
export async function takePart(
  { storage, now }: AttachmentTools,
  reader: FileReader,
  { sha256, at, bytes }: { readonly sha256: string; readonly at: number; readonly bytes: Uint8Array },
): Promise<AttachmentState> {
  const { tenant, device } = reader;
  return storage.transaction(tenant, 'write', async (on) => {
    // two of one device, and the end of two devices, one after the other
    await on.run(lockSha, [`${tenant}/${sha256}`]);
    const state = await stateOf(on, reader, sha256);
    if (state.complete || at !== state.have) return state;
    const have = at + bytes.length;
    if (state.size > MAX_ATTACHMENT_BYTES || have > state.size || (bytes.length !== PART_BYTES && have !== state.size))
      throw new SyncError('too-large', 'The parts of this file do not fit together.');
    if (bytes.length > 0) await on.run(addPart, [tenant, sha256, device, at, bytes, new Date(now())]);
    if (have < state.size) return { ...state, have };
    if ((await digestOf(on, tenant, sha256, device)) !== sha256) {
      await on.run(dropParts, [tenant, sha256, device]);
      return { ...state, have: 0 };
    }
    await on.run(settle, [tenant, sha256, device]);
    await on.run(keep, [tenant, sha256, state.size, new Date(now())]);
    return { ...state, have, complete: true };
  });
}

async function digestOf(on: Sql, tenant: string, sha256: string, device: string): Promise<string> {
  const digest = createHash('sha256');
  for (let at = 0; ;) {
    const parts = await on.run<{ at: number; bytes: Uint8Array }>(partsOf, [tenant, sha256, device, at]);
    for (const part of parts) {
      digest.update(part.bytes);
      at = Number(part.at) + part.bytes.length;
    }
    if (parts.length === 0) return digest.digest('hex');
  }
}

/** The part of a file that begins at a multiple of the part's size. Throws SyncError `not-found`. */
export async function readAttachment({ storage }: AttachmentTools, reader: FileReader, sha256: string, at: number): Promise<Uint8Array> {
  await refreshed(storage, reader);
  return storage.transaction(reader.tenant, 'read', async (on) => {
    const { complete, size } = await stateOf(on, reader, sha256);
    if (!complete) throw notThere();
    if (at >= size) return new Uint8Array();
    const [row] = await on.run<{ bytes: Uint8Array }>(partAt, [reader.tenant, sha256, at]);
    if (row === undefined) throw notThere();
    return row.bytes;
  });
}
