import type { PushReply } from '#shared/contract/sync-contract.ts';
import type { ReadPush } from './read-intents.ts';

/** Pushes that go in together, and their operations and size: what comes later waits for the next turn. */
const MOST_PUSHES = 16;
const MOST_OPERATIONS = 2_000;
const MOST_CHARACTERS = 16_000_000;
/**
 * Operations after which a group looks up from computing (some milliseconds): the one before may have been written meanwhile, and the database would
 * stand idle. So neither of two groups that take turns swallows nearly all writers.
 */
const BITE = 64;

/** What a group comes to, as far as the one after it has to know while it is being written. */
export type Ahead<S> = {
  readonly state: S;
  /** Resolves once it is written and numbered, with the lock still held and nothing durable yet; undefined where it failed. Never rejects. */
  readonly written: Promise<S | undefined>;
  /** Resolves once it is committed, with what then holds; undefined where it failed. Never rejects. */
  readonly ended: Promise<S | undefined>;
};
/** The turn of a group. */
export type Steps<S> = {
  readonly first: readonly ReadPush[];
  /** The group before, which is being written. */
  readonly ahead: Ahead<S> | undefined;
  /** Pushes that have come meanwhile and go along; none once `until` is settled. */
  readonly more: (until: Promise<unknown>) => Promise<readonly ReadPush[]>;
  /** The group is whole and goes on to be written: the next one may begin. */
  readonly close: (state: S) => void;
  /** The group is written and numbered: the next one may be sent, and waits for the lock. */
  readonly wrote: (state: S) => void;
};
export type Taken<S> = { readonly state: S | undefined; readonly replies: ReadonlyMap<ReadPush, PushReply> };
export type GroupWork<S> = {
  /** Takes a group in. Rejects where any of it fails: nothing was done then. */
  readonly together: (tenant: string, steps: Steps<S>) => Promise<Taken<S>>;
  /** Takes one in by itself, after a group has failed; nothing else of the tenant is under way. */
  readonly alone: (push: ReadPush) => Promise<PushReply>;
  /** Whether what the fault says holds for each push of a group. */
  readonly isForAll: (thrown: unknown) => boolean;
};

type Waiting = { readonly push: ReadPush; readonly tell: (reply: Promise<PushReply>) => void };
type Line = { readonly queue: Waiting[]; wake: () => void };
type Flight<S> = { readonly users: ReadonlySet<string>; readonly closed: Promise<unknown>; readonly over: Promise<void> } & {
  readonly ahead: () => Ahead<S> | undefined;
};

/** Runs a push after what came before it for the same tenant, together with those that wait beside it. */
export type Turns = (push: ReadPush) => Promise<PushReply>;

/**
 * The order in which an instance takes pushes in: those of a tenant go in groups, one after the other, for they would wait for one another at the tenant's lock
 * anyway. While one group is written to the disk, the next is computed on top of it, and takes along what comes until then.
 */
export function openTurns<S>(work: GroupWork<S>): Turns {
  const lines = new Map<string, Line>();

  const launch = (tenant: string, line: Line, first: readonly Waiting[], before: Flight<S> | undefined): Flight<S> => {
    const group = [...first];
    const users = new Set(group.map(({ push }) => push.author.user));
    const closing = Promise.withResolvers<void>();
    let state: S | undefined;
    const close = (now: S): void => {
      state = now;
      closing.resolve();
    };
    const more: Steps<S>['more'] = async (until) => {
      let isOver = false;
      const over = until.then(
        () => void (isOver = true),
        () => void (isOver = true),
      );
      for (;;) {
        await Promise.race([over, line.queue.length > 0 ? undefined : arrival(line)]);
        if (isOver) return [];
        const taken = takeFitting(line.queue, group, new Set([...users, ...(before?.users ?? [])]));
        if (taken.length === 0 && line.queue.length > 0) {
          await over;
          return [];
        }
        if (taken.length === 0) continue;
        group.push(...taken);
        for (const { push } of taken) users.add(push.author.user);
        return taken.map(({ push }) => push);
      }
    };
    const ahead = before?.ahead();
    const writing = Promise.withResolvers<S | undefined>();
    const steps = { first: group.map(({ push }) => push), ahead, more, close, wrote: writing.resolve };
    const together = work.together(tenant, steps);
    const ended = together.then(
      (taken) => taken.state,
      () => undefined,
    );
    void ended.then(writing.resolve);
    const finish = async (): Promise<void> => {
      try {
        const { replies } = await together;
        for (const { push, tell } of group) tell(replyIn(replies, push));
      } catch (thrown) {
        // nothing else is under way then: the next group begins once this one is over
        await before?.over;
        const isForAll = group.length > 1 && work.isForAll(thrown);
        for (const { push, tell } of group) {
          const reply = isForAll ? together.then(({ replies }) => replyIn(replies, push)) : work.alone(push);
          tell(reply);
          await reply.catch(() => undefined);
        }
      }
    };
    const over = finish();
    const closed = Promise.race([closing.promise, over]);
    return { users, closed, over, ahead: () => (state === undefined ? undefined : { state, written: writing.promise, ended }) };
  };

  const run = async (tenant: string, line: Line): Promise<void> => {
    let before: Flight<S> | undefined;
    for (;;) {
      if (line.queue.length === 0 && before !== undefined) await Promise.race([before.over, arrival(line)]);
      if (line.queue.length === 0) {
        if (before === undefined) break;
        await before.over;
        before = undefined;
        continue;
      }
      const first = takeFitting(line.queue, [], before?.users ?? new Set());
      if (first.length === 0 || before?.ahead() === undefined) {
        await before?.over;
        before = undefined;
        if (first.length === 0) continue;
      }
      const flight = launch(tenant, line, first, before);
      await flight.closed;
      await before?.over;
      before = flight;
    }
    lines.delete(tenant);
  };

  return (push) =>
    new Promise<PushReply>((tell) => {
      const line = lines.get(push.tenant);
      if (line !== undefined) {
        line.queue.push({ push, tell });
        line.wake();
        return;
      }
      const begun: Line = { queue: [{ push, tell }], wake: () => undefined };
      lines.set(push.tenant, begun);
      void run(push.tenant, begun);
    });
}

function arrival(line: Line): Promise<void> {
  return new Promise((resolve) => {
    const others = line.wake;
    line.wake = () => {
      others();
      line.wake = () => undefined;
      resolve();
    };
  });
}

async function replyIn(replies: ReadonlyMap<ReadPush, PushReply>, push: ReadPush): Promise<PushReply> {
  const reply = replies.get(push);
  if (reply === undefined) throw new TypeError('each push of a group has a reply');
  return reply;
}

/** Takes a bite of those that wait out of the queue, as far as they go together: the next push of a person sees what came of the one before. */
function takeFitting(queue: Waiting[], group: readonly Waiting[], busy: ReadonlySet<string>): readonly Waiting[] {
  const users = new Set(busy);
  let count = group.length;
  let [operations, characters] = [0, 0];
  const add = ({ push }: Waiting): void => {
    operations += push.intents.reduce((sum, { intent }) => sum + (intent?.operations.length ?? 0), 0);
    characters += push.intents.reduce((sum, { text }) => sum + text.length, 0);
  };
  for (const one of group) add(one);
  const taken: Waiting[] = [];
  const before = operations;
  for (const one of queue) {
    add(one);
    const isFull = count >= MOST_PUSHES || operations > MOST_OPERATIONS || characters > MOST_CHARACTERS;
    const isMouthful = taken.length > 0 && operations - before > BITE;
    if ((count > 0 && isFull) || isMouthful || users.has(one.push.author.user)) break;
    users.add(one.push.author.user);
    taken.push(one);
    count += 1;
  }
  queue.splice(0, taken.length);
  return taken;
}
