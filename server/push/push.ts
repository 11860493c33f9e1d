import type { Answer, PushReply } from '#shared/contract/sync-contract.ts';
import { planBatch } from '#shared/sync-core/batch.ts';
import { POINTS_TABLE } from '#shared/sync-core/points.ts';
import { areTooManyDeletions } from '#shared/sync-core/deletions.ts';
import type { Author } from '../records/author.ts';
import { loadChangedSince, loadWanted } from '../records/load-wanted.ts';
import { openRecordCache, type RecordCache } from '../records/record-cache.ts';
import { sql, type Sql, type Storage } from '../storage/storage.ts';
import { commitPush } from './commit-push.ts';
import { withSegments } from './segments.ts';
import { computePush, type ComputedPush, type SentIntent } from './compute-push.ts';
import type { WarmCaches } from './warm-caches.ts';

const headOf = sql('head', 'select head, epoch from tenant where id = $1');
const lastOf = sql(
  'last-intent',
  'select t.head, t.epoch, d.acknowledged from device d join tenant t on t.id = d.tenant where d.tenant = $1 and d.id = $2 for update of d',
);
const answersOf = sql('answers', 'select seq, id, answer from intent where tenant = $1 and device = $2 and seq = any($3::bigint[])');
const knownIds = sql('known-intents', 'select id, answer from intent where tenant = $1 and user_id = $2 and id = any($3::text[])');
const visibleRows = sql(
  'visible-rows',
  `select count(*) as count from record r where r.tenant = $1 and r.body is not null and r.tbl <> '${POINTS_TABLE}'
   and (r.scope = any($3::text[]) or $4 or exists (select from scope_member m where m.tenant = $1 and m.member = $2 and m.scope = r.scope and m.revoked is null))`,
);

/** Rounds of loading; each goes one reference further. */
const MAX_ROUNDS = 200;

export type Deeds = {
  readonly tenant: string;
  readonly author: Author;
  /** Absent: an administrator at the command line. */
  readonly device: string | undefined;
  readonly intents: readonly SentIntent[];
  readonly deletionsConfirmed: boolean;
};
export type PushTools = {
  readonly storage: Storage;
  readonly now: () => number;
  readonly newId: () => string;
  /** Absent at the command line, which makes one push and ends. */
  readonly warm?: WarmCaches;
};

/**
 * Takes in what a device sends (S3, S7). The batch is one transaction; each intent in it stands or falls by itself, and a fault that
 * only the database finds makes the rest be taken in one by one.
 */
export async function push(tools: PushTools, deeds: Deeds): Promise<PushReply> {
  try {
    return await pushTogether(tools, deeds);
  } catch (thrown) {
    if (deeds.intents.length < 2 || !isDataFault(thrown)) throw thrown;
  }
  let reply: PushReply | undefined;
  const answers: Answer[] = [];
  for (const intent of deeds.intents.toSorted((a, b) => a.seq - b.seq)) {
    // the one that the database cannot hold is refused, its neighbours go in
    reply = await pushTogether(tools, { ...deeds, intents: [intent] }).catch((thrown: unknown) => {
      if (isDataFault(thrown)) return pushTogether(tools, { ...deeds, intents: [{ seq: intent.seq, id: intent.id }] });
      throw thrown;
    });
    answers.push(...reply.answers);
    if (reply.gap !== undefined) break;
  }
  if (reply === undefined) throw new TypeError('a push of intents has a reply');
  return { ...reply, answers };
}

/** SQLSTATE classes 22 (data), 23 (constraints) and 54 (limits): the same again would fail again. */
function isDataFault(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && /^(22|23|54)/.test(thrown.code);
}

async function pushTogether(tools: PushTools, deeds: Deeds): Promise<PushReply> {
  const run = () => pushInTurn(tools, deeds);
  return tools.warm === undefined ? run() : tools.warm.inTurn(deeds.tenant, run);
}

type PushStart = { readonly head: number; readonly epoch: string; readonly acknowledged?: number };

async function pushInTurn({ storage, now, newId, warm }: PushTools, deeds: Deeds): Promise<PushReply> {
  const { tenant, author, device, deletionsConfirmed } = deeds;
  return storage.transaction(tenant, 'write', async (on) => {
    // the lock on the device's row puts two pushes of one device one after the other
    const [at] = device === undefined ? await on.run<PushStart>(headOf, [tenant]) : await on.run<PushStart>(lastOf, [tenant, device]);
    if (at === undefined) throw new TypeError('a device belongs to a tenant');
    const { epoch, acknowledged: last = 0 } = at;
    const { repeated, fresh, gap } = planBatch(last, deeds.intents);
    const old =
      repeated.length === 0 || device === undefined
        ? []
        : await on.run<{ answer: Answer }>(answersOf, [tenant, device, repeated.map(({ seq }) => seq)]);
    const known = fresh.length === 0 ? new Map<string, Answer>() : await answeredBefore(on, tenant, author.user, fresh);
    const reply = (answers: readonly Answer[]): PushReply => ({
      epoch,
      answers: [...old.map(({ answer }) => answer), ...answers].toSorted((a, b) => a.seq - b.seq),
      acknowledged: Math.max(last, ...answers.map(({ seq }) => seq)),
      ...(gap === undefined ? {} : { gap }),
    });
    if (fresh.length === 0) return reply([]);

    const cache = (await warm?.take(on, tenant, at)) ?? openRecordCache();
    let upTo = at.head;
    const world = { cache, author, nowMs: now(), newIds: sameIds(newId) };
    const compute = async (): Promise<ComputedPush> => {
      const toRun = fresh.filter(({ id }) => !known.has(id));
      const computed = await settle(on, tenant, cache, () => computePush(world, toRun));
      const byId = new Map(computed.answers.map((answer) => [answer.id, answer]));
      // sent before under another number (a device that was restored, S1): the answer of then, under the number of now
      const answers = fresh.flatMap(({ id, seq }) => byId.get(id) ?? { ...(known.get(id) ?? { outcome: 'superseded' as const }), id, seq });
      return { ...computed, answers };
    };
    let computed = await compute();
    if (!deletionsConfirmed) {
      const asked = await tooManyDeletions(on, tenant, author, computed);
      if (asked) {
        warm?.giveBack(tenant, cache, at);
        return { ...reply([]), confirmDeletions: asked };
      }
    }
    const parts = { tenant, at: new Date(world.nowMs), user: author.user, device, intents: fresh };
    const write = async (base: number): Promise<number> => {
      const whole = await withSegments(on, tenant, cache, computed);
      return commitPush(on, cache, whole.computed, { ...parts, segments: whole.segments, base });
    };
    let head = await write(at.head);
    if (head < 0) {
      // others were first: from here on the lock is ours, and what they changed decides whether to compute again (S7)
      const meanwhile = await loadChangedSince(on, tenant, at.head);
      const touched = cache.rebase(meanwhile.records, meanwhile.membersChanged);
      upTo = -head;
      if (touched) computed = await compute();
      head = await write(-head);
    }
    if (head < 0) throw new Error('the lock of the tenant was not held');
    // its own changes are read by number like everyone's, should this transaction come to be committed
    warm?.giveBack(tenant, cache, { epoch, head: upTo });
    return reply(computed.answers);
  });
}

/** Computes, loads what was wanting, and computes again until nothing is. */
async function settle(on: Sql, tenant: string, cache: RecordCache, compute: () => ComputedPush): Promise<ComputedPush> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const outcome = attempt(compute);
    const wanted = cache.takeWanted();
    if (wanted === undefined) {
      if ('fault' in outcome) throw outcome.fault;
      return outcome.computed;
    }
    await loadWanted(on, tenant, cache, wanted);
  }
  throw new Error('a push did not come to rest');
}

/** Makes IDs such that each computation of a push gets the same ones: else it would want other records each time, and never come to rest. */
function sameIds(newId: () => string): () => () => string {
  const made: string[] = [];
  return () => {
    let used = 0;
    return () => {
      const id = made[used] ?? newId();
      made[used] = id;
      used += 1;
      return id;
    };
  };
}

type Attempt = { readonly computed: ComputedPush } | { readonly fault: unknown };

/** A fault on records that are not loaded yet says nothing. */
function attempt(compute: () => ComputedPush): Attempt {
  try {
    return { computed: compute() };
  } catch (fault) {
    return { fault };
  }
}

async function answeredBefore(on: Sql, tenant: string, user: string, fresh: readonly SentIntent[]): Promise<ReadonlyMap<string, Answer>> {
  const rows = await on.run<{ id: string; answer: Answer }>(knownIds, [tenant, user, fresh.map(({ id }) => id)]);
  return new Map(rows.map(({ id, answer }) => [id, answer]));
}

/** S12: what a push deletes of what the person has. */
async function tooManyDeletions(
  on: Sql,
  tenant: string,
  author: Author,
  { records }: ComputedPush,
): Promise<PushReply['confirmDeletions']> {
  const deleted = records.filter(({ row }) => row === undefined).length;
  // so few never stop a push, whatever there is
  if (!areTooManyDeletions(deleted, 0)) return undefined;
  const scopes = ['shared', `user:${author.user}`];
  const [row] = await on.run<{ count: number }>(visibleRows, [tenant, author.user, scopes, author.rights.has('seeAll')]);
  const of = Number(row?.count ?? 0);
  return areTooManyDeletions(deleted, of) ? { deleted, of } : undefined;
}
