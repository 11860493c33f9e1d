import { SYNC_LIMITS, type Intent, type PushReply } from '#shared/contract/sync-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { readCursor } from '#shared/sync-core/cursor.ts';
import type { EngineContext } from '../context.ts';
import type { Host } from '../host/host.ts';
import type { OpenWriter } from '../records/writer.ts';
import type { Store } from '../store/store.ts';
import { adopt } from './adopt.ts';
import { applyPage, purgeForgotten, type Applying, type Deletions } from './apply-page.ts';
import type { CentralStore } from './central-store.ts';
import { bytesOf, cutDeed } from './cut-deed.ts';
import { intentOfPart, type Deed, type Part } from './deeds.ts';
import { beginAnew, sendAgain } from './load-anew.ts';
import type { Queue } from './queue.ts';
import { compareScopes, countMismatches, reloadScope } from './reload-scope.ts';
import { settleAnswers, writingOf, type Sent } from './settle-answers.ts';
import { KNOWN_TABLES, standingOf, type Standing } from './sync-keys.ts';

/** What one step came to: another one right away, nothing left to do, or it waits for a person. */
export type Step = 'more' | 'rest' | 'waits';

/** Why nothing goes on without the person; the queue stays as it is. */
export type Halt =
  | { readonly why: 'signed-out'; readonly message: string }
  | { readonly why: 'too-old'; readonly message: string }
  | { readonly why: 'paused'; readonly message: string }
  | { readonly why: 'asks'; readonly where: 'here' | 'server'; readonly deleted: number; readonly of: number };

/** The device's side of sync: steps that are the same however they are driven, and what became of them. */
export type Steps = {
  /** One request with what follows of it. Rejects where the network or the server does not answer: the same again later. */
  readonly step: () => Promise<Step>;
  readonly standing: () => Standing | undefined;
  readonly queue: Queue;
  readonly halt: () => Halt | undefined;
  /** Goes on after a person has signed in again, agreed, or asked for it. `agreed`: to the deletions that were asked about. */
  readonly resume: (agreed?: boolean) => void;
  readonly pause: (message: string) => void;
  readonly progress: () => { readonly what: 'sending' | 'fetching' | 'loading'; readonly done: number; readonly of?: number } | undefined;
  /** How far the device's clock is ahead, as far as the server says that it matters (S2). */
  readonly clockAheadMs: () => number | undefined;
  /** Compares checksums with the server's (S12); scopes that differ are loaded again, everything where that is not enough. Answers how many did. */
  readonly compare: () => Promise<number>;
  /** The device's identity is another one's or an older one's: the next sign-in makes a new one (S1). */
  readonly isForeign: () => boolean;
  readonly abort: () => void;
};

export type StepParts = {
  readonly host: Host;
  readonly store: Store;
  readonly writer: OpenWriter;
  readonly queue: Queue;
  readonly central: CentralStore;
  readonly settings: EngineContext['settings'];
  /** Something that screens show has changed. */
  readonly changed: () => void;
};

/** A page is read and checked in one go: few enough rows for nobody to wait. */
const PAGE_ROWS = 2_000;
/** A push holds so much at most, by estimate: far below what the server takes. */
const PUSH_BYTES = SYNC_LIMITS.bodyBytes / 2;
/** The same of one intent. */
const INTENT_BYTES = PUSH_BYTES;
/** Above so many differing scopes everything is loaded anew. */
const MOST_SCOPES = 100;
const COPIED =
  'This copy of your records was made from another one, or put back from an older state. Sign in again: nothing is lost, what is not sent yet is sent then.';
const SIGNED_OUT = 'The session is over. Sign in again: what you do meanwhile is kept and sent then.';

/** What goes next. `large`: the first one is too large to be sent as it is. */
type Batch = {
  readonly intents: readonly Intent[];
  readonly parts: ReadonlyMap<number, Sent>;
  readonly large?: { readonly deed: Deed; readonly part: Part; readonly intent: Intent; readonly isRebased: boolean };
};

/** Makes the steps of sync for an open store. */
export function createSteps({ host, store, writer, queue, central, changed }: StepParts): Steps {
  const applying: Applying = { store, writer, queue, newId: host.newId };
  const writing = writingOf(applying);
  let halt: Halt | undefined;
  let agreed: 'here' | 'server' | undefined;
  let deletions: Deletions | undefined;
  let progress: ReturnType<Steps['progress']>;
  let sent = 0;
  let clockAheadMs: number | undefined;
  let foreign = false;
  let aborting = new AbortController();

  const standing = (): Standing | undefined => standingOf(store.sync);
  const stop = (next: Halt): Step => {
    halt = next;
    progress = undefined;
    changed();
    return 'waits';
  };
  const tell = (next: ReturnType<Steps['progress']>): void => {
    progress = next;
    changed();
  };

  /** The next intents of the queue, as many as go in one push; one a step. */
  const batch = function* (at: Standing): Generator<void, Batch, void> {
    const intents: Intent[] = [];
    const parts = new Map<number, Sent>();
    let bytes = 0;
    let operations = 0;
    for (const { deed, part } of queue.waiting()) {
      yield;
      // what was done meanwhile is no part of it
      yield* queue.index();
      const seq = at.answered + intents.length + 1;
      const isRebased = (deed.seq ?? 0) <= (at.rebased ?? -1);
      const intent = intentOfPart(deed, part, seq, { ...writing, isRebased });
      const size = bytesOf(intent);
      if (size > INTENT_BYTES && intents.length === 0) return { intents, parts, large: { deed, part, intent, isRebased } };
      bytes += size;
      operations += intent.operations.length;
      const isFull = bytes > PUSH_BYTES || operations > SYNC_LIMITS.pushOperations || intents.length >= SYNC_LIMITS.intents;
      if (intents.length > 0 && isFull) break;
      intents.push(intent);
      parts.set(seq, { deed, part });
      // what hangs on records of a bundle waits until it is known whether the bundle has to be taken apart
      if (deed.seq === undefined && part.rows.length + part.points.length > 1) break;
    }
    return { intents, parts };
  };

  const note = ({ skewMs, clockIsWrong }: PushReply): void => {
    clockAheadMs = clockIsWrong === true ? skewMs : undefined;
  };

  const push = async (at: Standing): Promise<Step> => {
    const waiting = queue.waiting().length;
    tell({ what: 'sending', done: sent, of: sent + waiting });
    const { intents, parts, large } = await writer.turns(batch(at));
    if (large !== undefined) {
      const { deed, part, intent, isRebased } = large;
      if (await cutDeed(applying, deed, part, { ...writing, isRebased }, INTENT_BYTES / 2)) return 'more';
      // one record that is larger than a push: its number is used all the same, so that what comes after it goes on
      return send(at, [{ ...intent, operations: [] }], new Map([[intent.seq, { deed, part, isTooLarge: true }]]));
    }
    return send(at, intents, parts);
  };

  const send = async (at: Standing, intents: readonly Intent[], parts: ReadonlyMap<number, Sent>): Promise<Step> => {
    const deletionsConfirmed = agreed === 'server' ? true : undefined;
    const epoch = at.cursor === undefined ? undefined : readCursor(at.cursor)?.epoch;
    const reply = await central.push({ deviceTime: host.now(), epoch, intents, deletionsConfirmed }, aborting.signal);
    note(reply);
    if (reply.confirmDeletions) return stop({ why: 'asks', where: 'server', ...reply.confirmDeletions });
    const settled = await settleAnswers(applying, reply, parts);
    if (settled === 'not-ours') return copied();
    if (settled === 'lost') {
      await sendAgain(applying, (reply.gap ?? 1) - 1, host.now());
      await beginAnew(applying, 'restored');
      return 'more';
    }
    sent += reply.answers.length;
    agreed = agreed === 'server' ? undefined : agreed;
    changed();
    return 'more';
  };
  const copied = (): Step => {
    foreign = true;
    return stop({ why: 'signed-out', message: COPIED });
  };

  const pull = async (at: Standing): Promise<Step> => {
    tell(at.loading ? (progress ?? { what: 'loading', done: 0 }) : { what: 'fetching', done: 0 });
    const page = await central.pull({ cursor: at.cursor, limit: PAGE_ROWS }, aborting.signal);
    if (page.acknowledged > at.answered + queue.waiting().length) return copied();
    if (page.acknowledged < at.answered && !foreign) {
      // S13: what the server has lost is sent again, in front of what waits
      await sendAgain(applying, page.acknowledged, host.now());
      return 'more';
    }
    deletions ??= { deleted: 0, of: queue.known.size() };
    const applied = await applyPage(applying, page, deletions, agreed === 'here', host.now());
    if (applied.asks) return stop({ why: 'asks', where: 'here', ...applied.deletions });
    deletions = applied.deletions;
    await purgeForgotten(applying);
    if (page.more) {
      if (page.filling) tell({ what: 'loading', ...page.filling });
      return 'more';
    }
    deletions = undefined;
    agreed = undefined;
    progress = undefined;
    sent = 0;
    if (standing()?.adopted === false) await adopt(applying, host.now());
    changed();
    return queue.waiting().length > 0 ? 'more' : 'rest';
  };

  const attempt = async (): Promise<Step> => {
    const at = standing();
    if (at === undefined || halt !== undefined) return 'waits';
    const session = await central.session();
    if (session === undefined) return stop({ why: 'signed-out', message: SIGNED_OUT });
    if (session.device !== at.device || session.user !== at.user) return copied();
    await purgeForgotten(applying);
    // what came with a newer Satchel was left out by the one before
    if (!at.loading && at.tables < KNOWN_TABLES) {
      await beginAnew(applying, 'more');
      return 'more';
    }
    // what was here before goes first, and that waits for the first load; one that loads anew first hears which intents the server still
    // knows, and its epoch, without which a push that is late could take the numbers of others (S13)
    return at.adopted && at.cursor !== undefined && queue.waiting().length > 0 ? push(at) : pull(at);
  };

  return {
    step: async () => {
      try {
        return await attempt();
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        if (thrown.code === 'restored' || thrown.code === 'reset-required') {
          await beginAnew(applying, thrown.code === 'restored' ? 'restored' : 'more');
          deletions = undefined;
          changed();
          return 'more';
        }
        if (thrown.code === 'unauthorized') return stop({ why: 'signed-out', message: SIGNED_OUT });
        if (thrown.code === 'too-old-client') return stop({ why: 'too-old', message: thrown.message });
        progress = undefined;
        throw thrown;
      }
    },
    standing,
    queue,
    halt: () => halt,
    resume: (yes) => {
      if (yes === true && halt?.why === 'asks') agreed = halt.where;
      if (yes === undefined && halt?.why === 'asks') return;
      foreign = foreign && halt?.why === 'signed-out' ? false : foreign;
      halt = undefined;
      aborting = new AbortController();
      changed();
    },
    pause: (message) => void stop({ why: 'paused', message }),
    progress: () => progress,
    clockAheadMs: () => clockAheadMs,
    compare: async () => {
      const at = standing();
      if (at === undefined || at.loading) return 0;
      const differing = await compareScopes(applying, central, aborting.signal);
      if (typeof differing === 'string') return 0;
      host.log({ event: 'sync-checksum-differs', scopes: differing.length });
      await countMismatches(applying, differing.length);
      // so many one by one would take longer than everything at once
      let isWhole = differing.length <= MOST_SCOPES;
      for (const scope of isWhole ? differing : []) {
        isWhole &&= await reloadScope(applying, central, scope, aborting.signal);
        await purgeForgotten(applying);
      }
      if (!isWhole) await beginAnew(applying, 'more');
      changed();
      return differing.length;
    },
    isForeign: () => foreign,
    abort: () => aborting.abort(),
  };
}
