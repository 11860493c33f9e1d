import type { Answer, PushReply } from '#shared/contract/sync-contract.ts';
import { toErrorShape } from '#shared/errors/app-error.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import type { RowChange } from '../store/change-set.ts';
import type { SyncRow } from '../store/sync-rows.ts';
import type { Applying } from './apply-page.ts';
import { NO_POINTS } from '../store/points.ts';
import { halvesOf, tooLarge } from './cut-deed.ts';
import { madeOf } from './deed-points.ts';
import { imageOf, type Deed, type Part, type Writing } from './deeds.ts';
import { planRows } from './plan-rows.ts';
import type { Queue } from './queue.ts';
import { ADOPTED, ANSWERED, kept, REFUSED, STANDING, standingOf, type AnsweredPart, type RefusedDeed } from './sync-keys.ts';

/** What has to be done about a reply to a push beyond taking in its answers. */
export type Settled =
  | 'settled'
  /** The server speaks of intents that this device never sent: the profile was copied or put back (S1). */
  | 'not-ours'
  /** The server has lost intents that it had answered (S13). */
  | 'lost';

const NONE: Settled = 'settled';

/**
 * Takes in the answers to a push (S3): each ends its own part of the queue and no other. What was refused is taken back from the records and
 * kept with its reason and the person's text (S5); everything else stays on top of what the server has until it comes back with a pull.
 */
export async function settleAnswers(applying: Applying, reply: PushReply, sent: ReadonlyMap<number, Sent>): Promise<Settled> {
  const { store, writer, queue, newId } = applying;
  const standing = standingOf(store.sync);
  if (standing === undefined) return NONE;
  const foreign = reply.answers.some(({ seq, id }) => sent.get(seq) !== undefined && sent.get(seq)?.part.id !== id);
  const last = standing.answered + queue.waiting().length;
  if (foreign || reply.acknowledged > last) return 'not-ours';
  if (reply.gap !== undefined && reply.gap <= standing.answered) return 'lost';
  await writer.bring(async (inTurns) => {
    const now = standingOf(store.sync);
    if (now === undefined) return undefined;
    // an answer that came twice was taken in the first time
    const fresh = reply.answers.flatMap((answer) => {
      const to = sent.get(answer.seq);
      return to === undefined || to.part.answer !== undefined || answer.seq <= now.answered ? [] : [{ ...to, answer }];
    });
    if (fresh.length === 0) return undefined;
    await inTurns(queue.index());
    const put: SyncRow[] = [];
    const remove: string[] = [];
    const split = new Set<Deed>();
    const answers = new Map<Deed, Record<string, AnsweredPart>>();
    for (const { deed, part, answer, isTooLarge } of fresh) {
      const halves = answer.outcome === 'refused' ? halvesOf(store.sync.get(ADOPTED + deed.key), newId) : [];
      if (halves.length > 0) {
        // one record that is not taken in must not keep the others back
        split.add(deed);
        remove.push(ADOPTED + deed.key);
        for (const [at, half] of halves.entries()) put.push(kept(`${ADOPTED}${deed.key}${at}`, half));
        continue;
      }
      const before = answers.get(deed) ?? answersBefore(deed);
      answers.set(deed, { ...before, [part.id]: { seq: answer.seq, outcome: answer.outcome } });
      if (answer.outcome === 'refused')
        put.push(
          kept(
            REFUSED + part.id,
            refusedDeed(applying, deed, part, isTooLarge === true ? { ...answer, error: toErrorShape(tooLarge()) } : answer),
          ),
        );
    }
    for (const [deed, all] of answers) put.push(kept(ANSWERED + deed.key, all));
    const mark = (): void => {
      for (const { deed, part, answer } of fresh) if (!split.has(deed)) part.answer = { seq: answer.seq, outcome: answer.outcome };
    };
    const change = queue.known.begin();
    const isOver = new Set(fresh.filter(({ deed, answer }) => answer.outcome === 'refused' && !split.has(deed)).map(({ part }) => part));
    const plan = planRows(store, queue, change, { isConfirmed: () => false, isRefused: (part) => isOver.has(part) }, false);
    for (const part of isOver) {
      for (const refused of part.rows) plan.recompute(refused.table, refused.id, refused);
      for (const refused of part.points) plan.recomputePoints(refused);
    }
    const { rows, puts, removes, put: shadows, remove: gone, points } = await inTurns(plan.finish());
    const answered = Math.max(now.answered, ...fresh.map(({ answer }) => answer.seq));
    return {
      label: 'Not taken in by the central store',
      rows,
      puts,
      removes,
      points,
      sync: { put: [...put, ...shadows, kept(STANDING, { ...now, answered })], remove: [...remove, ...gone] },
      shown: () => {
        mark();
        if (split.size === 0) return;
        queue.drop(split);
        queue.readAdopted();
      },
    };
  });
  return NONE;
}

/** A part of the queue as it was sent. */
export type Sent = {
  readonly deed: Deed;
  readonly part: Part;
  /** It went without its content, for its number alone: the server refuses it. */
  readonly isTooLarge?: true;
};

function answersBefore({ parts }: Deed): Record<string, AnsweredPart> {
  return Object.fromEntries(parts.flatMap(({ id, answer }) => (answer === undefined ? [] : [[id, answer]])));
}

/** What the person wanted, with the reason why it is not so: their own text, and nothing of what others wrote (S5, S9). */
function refusedDeed(applying: Applying, { head }: Deed, { id, rows, points }: Part, { error }: Answer): RefusedDeed {
  const own = (change: RowChange): RowChange => {
    const { before: _before, ...rest } = change;
    if (change.action !== 'create') return rest;
    return { ...rest, after: { ...writingOf(applying).image(change) } };
  };
  const unknown = { code: 'internal' as const, message: 'The central store gave no reason.', details: {}, retryable: false };
  const made = points.map((change) => ({ series: change.series, ...writingOf(applying).points(change) }));
  return {
    id,
    label: head.label,
    at: head.at,
    error: error ?? unknown,
    rows: rows.map(own),
    ...(made.length === 0 ? {} : { points: made }),
  };
}

/** What parts of the queue need to be written out, as the device is now; `queue.index()` has to be up to date. */
export function writingOf({ store, queue }: Applying): Omit<Writing, 'isRebased'> {
  return {
    // of one that has left the device its person's own words are there (own-words.ts)
    image: (change) =>
      (change.action === 'create' ? (change.after as AnyRow | undefined) : undefined) ??
      imageOf(store.rows.table(change.table).get(change.id), laterThan(queue, change)),
    points: (change) => {
      if (change.made !== undefined) return change.made;
      const all = queue.pointsOf(change.series).map(([, one]) => one);
      return madeOf(change, store.series.points(change.series) ?? NO_POINTS, all.slice(all.indexOf(change) + 1));
    },
  };
}

/** What later deeds have done to a record that this one created. */
export function laterThan(queue: Queue, change: RowChange): readonly RowChange[] {
  const all = queue.changesOf(change.table, change.id, () => false);
  return all.slice(all.indexOf(change) + 1);
}
