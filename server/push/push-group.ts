import type { Answer, PushReply } from '#shared/contract/sync-contract.ts';
import { planBatch } from '#shared/sync-core/batch.ts';
import { areTooManyDeletions } from '#shared/sync-core/deletions.ts';
import { POINTS_TABLE } from '#shared/sync-core/points.ts';
import type { Author } from '../records/author.ts';
import { restored } from '../http/sync-error.ts';
import { computeLoaded, loadChangedSince, loadWanted } from '../records/load-wanted.ts';
import { openRecordCache, type ReadCache, type RecordCache } from '../records/record-cache.ts';
import type { SeriesChange } from '../records/operations.ts';
import { sql, type Sql, type Storage } from '../storage/storage.ts';
import { commitPush, type Answered } from './commit-push.ts';
import { computePush, type ComputedPush } from './compute-push.ts';
import { openGroupLayer, type GroupLayer } from './group-layer.ts';
import { touchNamed, type ReadIntent, type ReadPush } from './read-intents.ts';
import { withSegments } from './segments.ts';
import type { Ahead, Steps, Taken } from './turns.ts';
import { isOutgrown, type WarmCaches } from './warm-caches.ts';

const headOf = sql('head', 'select head, epoch from tenant where id = $1');
const lastOf = sql(
  'last-intent',
  `select d.id, t.head, t.epoch, d.acknowledged from device d join tenant t on t.id = d.tenant
   where d.tenant = $1 and d.id = any($2::text[]) order by d.id for update of d`,
);
const answersOf = sql('answers', 'select seq, id, answer from intent where tenant = $1 and device = $2 and seq = any($3::bigint[])');
const knownIds = sql(
  'known-intents',
  // `offset 0`: one by one by their index (`load-wanted.ts`)
  `select i.id, i.user_id, i.answer from unnest($3::text[]) as w(id)
   cross join lateral (select k.id, k.user_id, k.answer from intent k where k.tenant = $1 and k.id = w.id offset 0) i where i.user_id = any($2::text[])`,
);
const visibleRows = sql(
  'visible-rows',
  `select count(*) as count from record r where r.tenant = $1 and r.body is not null and r.tbl <> '${POINTS_TABLE}'
   and (r.scope = any($3::text[]) or $4 or exists (select from scope_member m where m.tenant = $1 and m.member = $2 and m.scope = r.scope and m.revoked is null))`,
);

export type PushTools = {
  readonly storage: Storage;
  readonly now: () => number;
  readonly newId: () => string;
  /** Absent at the command line, which makes one push and ends. */
  readonly warm?: WarmCaches;
};

type PushStart = { readonly head: number; readonly epoch: string; readonly id?: string; readonly acknowledged?: number };
/** A push in its turn: what of it is new, and what was answered before. */
type Turn = {
  readonly push: ReadPush;
  readonly newIds: () => () => string;
  readonly last: number;
  readonly fresh: readonly ReadIntent[];
  readonly gap: number | undefined;
  readonly old: readonly Answer[];
  /** Answers to intents that came before under another number (a device that was restored, S1). */
  readonly known: ReadonlyMap<string, Answer>;
};
type Outcome = { readonly answers: readonly Answer[]; readonly asked: PushReply['confirmDeletions'] };
type ComputedGroup = { readonly layer: GroupLayer; readonly points: SeriesChange[]; readonly outcomes: Map<Turn, Outcome> };

/** What a group leaves to the one after it: the records that the database has, and on top of them what the group makes of them. */
export type GroupState = {
  readonly cache: RecordCache;
  readonly layer: GroupLayer;
  readonly epoch: string;
  /** The newest number once the group is committed. */
  readonly head: number;
};
/** A turn of one push by itself. */
export function aloneWith(push: ReadPush): Steps<GroupState> {
  return { first: [push], ahead: undefined, more: async () => [], close: () => undefined, wrote: () => undefined };
}

/**
 * Takes pushes of different people of one tenant in, in one transaction (S3, S7): each is computed on what those before it come to, as if they had
 * been committed one after the other, and all of them are written, numbered and made durable at once. Rejects where any of it fails: nothing was done then.
 */
export async function pushGroup(tools: PushTools, tenant: string, steps: Steps<GroupState>): Promise<Taken<GroupState>> {
  const { storage, now, newId, warm } = tools;
  let keep = (): GroupState | undefined => undefined;
  try {
    const replies = await storage.transaction(tenant, 'write', async (on) => {
      const started = await begin(on, tenant, steps.first, newId);
      const { epoch } = started;
      const turns = [...started.turns];
      // the central store was put back meanwhile: nothing of before holds
      const ahead = steps.ahead?.state.epoch === epoch && !isOutgrown(steps.ahead.state.cache) ? steps.ahead : undefined;
      if (ahead === undefined) await steps.ahead?.ended;
      let base = started.head;
      let cache = ahead?.state.cache ?? (await warm?.take(on, tenant, { epoch, head: base })) ?? openRecordCache();
      const nowMs = now();
      const compute = async (below: ReadCache) => {
        const fresh: ComputedGroup = { layer: openGroupLayer(below), points: [], outcomes: new Map() };
        await computeTurns(on, tenant, cache, fresh, turns, nowMs);
        return fresh;
      };
      let computed = await compute(ahead?.state.layer ?? cache);
      // the group before, once it is written as this one supposed: it holds the lock, and is not committed yet
      let under: Ahead<GroupState> | undefined;
      if (ahead !== undefined) {
        for (let come = await steps.more(ahead.written); come.length > 0; come = await steps.more(ahead.written)) {
          const later = (await begin(on, tenant, come, newId)).turns;
          turns.push(...later);
          await computeTurns(on, tenant, cache, computed, later, nowMs);
        }
        const before = await ahead.written;
        if (before?.layer === ahead.state.layer) {
          base = before.head;
          under = ahead;
        } else {
          // it failed, or came to something else in the end
          const ended = await ahead.ended;
          if (ended === undefined) cache = openRecordCache();
          else base = ended.head;
          computed = await compute(cache);
        }
      }
      const settle = async (): Promise<void> => {
        if (under === undefined) return;
        if ((await under.ended) === undefined) throw new Error('the group before was not committed');
        computed.layer.moveOnto(cache);
        under = undefined;
      };
      if (under !== undefined && haveSegments(computed)) {
        // what points of the group before make of their series is known once they are written
        await settle();
        computed = await compute(cache);
      }
      steps.close({ cache, layer: computed.layer, epoch, head: base });
      const replies = () => new Map(turns.map((turn) => [turn.push, replyTo(turn, epoch, computed.outcomes.get(turn))]));
      const stay = (head: number) => (): GroupState => {
        warm?.giveBack(tenant, cache, { epoch, head });
        return { cache, layer: computed.layer, epoch, head };
      };
      if ([...computed.outcomes.values()].every(({ answers }) => answers.length === 0)) {
        await settle();
        keep = stay(base);
        return replies();
      }
      const write = async () => {
        const { layer, points, outcomes } = computed;
        const below = under?.state.layer ?? cache;
        const whole = await withSegments(on, tenant, below, { ...layer.changes(), points });
        const parts = { tenant, base, at: new Date(nowMs), answered: answeredBy(turns, outcomes), segments: whole.segments };
        return { members: whole.computed.members, ...(await commitPush(on, below, layer, whole.computed, parts)) };
      };
      let written = await write();
      // its number alone does not say that the group before was committed: another instance may have come to the same one
      await settle();
      if (written.head < 0) {
        // others were first: from here on the lock is ours, and what they changed decides whether to compute again (S7)
        const meanwhile = await loadChangedSince(on, tenant, base);
        base = -written.head;
        if (cache.rebase(meanwhile.records, meanwhile.membersChanged)) computed = await compute(cache);
        written = await write();
      }
      if (written.head < 0) throw new Error('the lock of the tenant was not held');
      const { head, records, members } = written;
      steps.wrote({ cache, layer: computed.layer, epoch, head });
      keep = () => {
        cache.committed(records, members);
        return stay(head)();
      };
      return replies();
    });
    // only what was committed is kept
    return { replies, state: keep() };
  } catch (thrown) {
    warm?.drop(tenant);
    throw thrown;
  }
}

function replyTo({ old, last, gap }: Turn, epoch: string, outcome: Outcome | undefined): PushReply {
  const { answers = [], asked } = outcome ?? {};
  return {
    epoch,
    answers: [...old, ...answers].toSorted((a, b) => a.seq - b.seq),
    acknowledged: Math.max(last, ...answers.map(({ seq }) => seq)),
    ...(gap === undefined ? {} : { gap }),
    ...(asked === undefined ? {} : { confirmDeletions: asked }),
  };
}

function haveSegments({ layer, points }: ComputedGroup): boolean {
  return points.length > 0 || layer.changes().records.some(({ table }) => table === 'dataPointSeries');
}

/** Locks the devices' rows, which puts two pushes of one device one after the other, and sorts what they sent into old and new. */
async function begin(on: Sql, tenant: string, group: readonly ReadPush[], newId: () => string) {
  const devices = group.flatMap(({ device }) => device ?? []);
  const starts =
    devices.length === 0 ? await on.run<PushStart>(headOf, [tenant]) : await on.run<PushStart>(lastOf, [tenant, devices.toSorted()]);
  const [at] = starts;
  if (at === undefined || starts.length < devices.length) throw new TypeError('a device belongs to a tenant');
  // of before the server was put back: its numbers are others' by now (S13)
  if (group.some(({ epoch }) => epoch !== undefined && epoch !== at.epoch)) throw restored();
  const lastOfDevice = new Map(starts.map(({ id, acknowledged }) => [id, acknowledged]));
  const plans = group.map((push) => {
    const last = lastOfDevice.get(push.device) ?? 0;
    return { push, last, newIds: sameIds(newId), ...planBatch(last, push.intents) };
  });
  const fresh = plans.flatMap((plan) => plan.fresh);
  const users = [...new Set(group.map(({ author }) => author.user))];
  const known =
    fresh.length === 0
      ? []
      : await on.run<{ id: string; user_id: string; answer: Answer }>(knownIds, [tenant, users, fresh.map(({ id }) => id)]);
  const turns: Turn[] = [];
  for (const { repeated, ...plan } of plans) {
    const { device, author } = plan.push;
    const old =
      repeated.length === 0 || device === undefined
        ? []
        : await on.run<{ answer: Answer }>(answersOf, [tenant, device, repeated.map(({ seq }) => seq)]);
    const own = known.filter(({ user_id: user }) => user === author.user);
    turns.push({ ...plan, old: old.map(({ answer }) => answer), known: new Map(own.map(({ id, answer }) => [id, answer])) });
  }
  // the smallest: where a commit came between two rows of devices, what it changed is looked at
  return { head: Math.min(...starts.map(({ head }) => head)), epoch: at.epoch, turns };
}

/** Computes pushes one on top of the other. */
async function computeTurns(
  on: Sql,
  tenant: string,
  cache: RecordCache,
  { layer, points, outcomes }: ComputedGroup,
  turns: readonly Turn[],
  nowMs: number,
): Promise<void> {
  for (const { fresh } of turns) touchNamed(cache, fresh);
  const named = cache.takeWanted();
  if (named !== undefined) await loadWanted(on, tenant, cache, named);
  for (const turn of turns) {
    const { push, fresh, known, newIds } = turn;
    if (fresh.length === 0) continue;
    const toRun = fresh.filter(({ id }) => !known.has(id));
    const world = { cache: layer, author: push.author, nowMs, newIds };
    const computed = await computeLoaded(on, tenant, cache, () => computePush(world, toRun));
    const asked = push.deletionsConfirmed ? undefined : await tooManyDeletions(on, tenant, push.author, computed);
    if (asked !== undefined) {
      outcomes.set(turn, { answers: [], asked });
      continue;
    }
    layer.put(computed);
    points.push(...computed.points);
    const byId = new Map(computed.answers.map((answer) => [answer.id, answer]));
    // sent before under another number: the answer of then, under the number of now
    const answers = fresh.map(({ id, seq }) => byId.get(id) ?? { ...(known.get(id) ?? { outcome: 'superseded' as const }), id, seq });
    outcomes.set(turn, { answers, asked: undefined });
  }
}

function answeredBy(turns: readonly Turn[], outcomes: ReadonlyMap<Turn, Outcome>): readonly Answered[] {
  return turns.flatMap((turn): readonly Answered[] => {
    const { push, fresh } = turn;
    const answers = outcomes.get(turn)?.answers ?? [];
    if (push.device === undefined || answers.length === 0) return [];
    const texts = new Map(fresh.map(({ seq, text }) => [seq, text]));
    const intents = answers.map((answer) => ({ answer, text: texts.get(answer.seq) ?? 'null' }));
    return [{ device: push.device, user: push.author.user, intents }];
  });
}

/** Computes, loads what was wanting, and computes again until nothing is. */
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
