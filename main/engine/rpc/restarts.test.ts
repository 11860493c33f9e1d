import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClient } from '#shared/contract/client/client.ts';
import type { Handlers, Touched } from '../context.ts';
import type { OperationName } from '#shared/contract/engine-contract.ts';
import type { Port } from '#shared/contract/port.ts';
import { createFakeContext, createFakeHost } from '../../../test/support/fake-engine.ts';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { createRpcServer } from './server.ts';

/** Two ends whose messages wait until the test delivers them. */
function createWire() {
  const toEngine: unknown[] = [];
  const toClient: unknown[] = [];
  let engineHears = (_: unknown): void => undefined;
  let clientHears = (_: unknown): void => undefined;
  let cut = false;
  const end = (outbox: unknown[], hear: (listener: (message: unknown) => void) => void): Port => ({
    post: (message) => void (cut || outbox.push(structuredClone(message))),
    open: hear,
    close: () => undefined,
  });
  return {
    client: end(toEngine, (listener) => (clientHears = listener)),
    engine: end(toClient, (listener) => (engineHears = listener)),
    toEngine: () => toEngine.length > 0 && (engineHears(toEngine.shift()), true),
    toClient: () => toClient.length > 0 && (clientHears(toClient.shift()), true),
    cut: () => {
      cut = true;
      toEngine.length = 0;
      toClient.length = 0;
    },
  };
}

/** What is on disk: command ID → its change. Outlives engines. */
type Disk = Map<string, number>;

/** An engine that waits at every point where a real one could die. */
function startEngine(disk: Disk) {
  const wire = createWire();
  const turns: (() => void)[] = [];
  const commits: (() => void)[] = [];
  const listeners = new Set<(touched: Touched) => void>();
  const host = { ...createFakeHost(createManualClock()), yieldTurn: () => new Promise<void>((resolve) => turns.push(resolve)) };
  const handlers: Partial<Handlers<OperationName>> = {
    'records.undoable': () => ({ undo: String(disk.size) }),
    'records.create': async (_context, _input, { commandId }) => {
      await new Promise<void>((resolve) => commits.push(resolve));
      // as `records.run` does: a command ID that is on disk is answered, not run
      const change = disk.get(commandId) ?? disk.size + 1;
      disk.set(commandId, change);
      for (const listener of listeners)
        listener({
          seq: change,
          changeSetId: '',
          rows: new Map([['account', new Set()]]),
          series: new Set(),
          before: () => undefined,
          after: () => undefined,
          kind: 'do' as const,
        });
      return { changeSetId: String(change), id: commandId };
    },
  };
  // the other operations are not asked for
  const server = createRpcServer(host, { handlers: handlers as Handlers<OperationName>, reads: { 'records.undoable': ['account'] } });
  server.accept(wire.engine);
  server.serve({
    ...createFakeContext(host),
    feed: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => undefined;
      },
      announceDerived: () => undefined,
      onDerived: () => () => undefined,
    },
  });
  const next = (queue: (() => void)[]) => {
    const resume = queue.shift();
    resume?.();
    return resume !== undefined;
  };
  return {
    wire,
    turn: () => next(turns),
    commit: () => next(commits),
    kill: () => {
      wire.cut();
      turns.length = 0;
      commits.length = 0;
    },
  };
}

/** Promises that are due run now. */
async function rest(): Promise<void> {
  for (let round = 0; round < 20; round += 1) await Promise.resolve();
}

const STEPS = ['send', 'toEngine', 'toClient', 'turn', 'commit', 'kill'] as const;

test('DSK-01 wherever engines die, each confirmed command is on disk once, and live queries end at the truth', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...STEPS, 'send', 'toEngine', 'toEngine', 'toClient', 'toClient', 'turn', 'turn', 'commit'), {
        minLength: 40,
        maxLength: 400,
        size: 'max',
      }),
      async (steps: readonly (typeof STEPS)[number][]) => {
        const disk: Disk = new Map();
        let ids = 0;
        const client = createClient({ later: createManualClock().later, newId: () => `c${(ids += 1)}` });
        let engine = startEngine(disk);
        client.attach(engine.wire.client);
        const shown: string[] = [];
        client.live('records.undoable', {}, { next: ({ undo }) => shown.push(undo ?? ''), error: ({ code }) => shown.push(code) });
        const confirmed: { id: string; changeSetId: string }[] = [];
        const refused: string[] = [];
        let sent = 0;
        let killed = 0;
        let confirmedBefore = 0;

        const act: Record<(typeof STEPS)[number], () => unknown> = {
          send: () => {
            sent += 1;
            client.command('records.create', { table: 'account', values: {} }).then(
              (answer) => confirmed.push(answer),
              ({ code }: { code: string }) => refused.push(code),
            );
          },
          toEngine: () => engine.wire.toEngine(),
          toClient: () => engine.wire.toClient(),
          turn: () => engine.turn(),
          commit: () => engine.commit(),
          kill: () => {
            // any number of engines; only the third in a row that confirms nothing would give its oldest command up
            if (confirmed.length > confirmedBefore) killed = 0;
            if (killed === 2) return;
            killed += 1;
            confirmedBefore = confirmed.length;
            engine.kill();
            engine = startEngine(disk);
            client.attach(engine.wire.client);
          },
        };
        for (const step of steps) {
          act[step]();
          await rest();
        }
        // to the end, without any more harm
        for (let idle = 0; idle < 3;) {
          const moved = [engine.wire.toEngine(), engine.turn(), engine.commit(), engine.wire.toClient()].some(Boolean);
          await rest();
          idle = moved ? 0 : idle + 1;
        }
        expect(refused).toEqual([]);
        expect(confirmed).toHaveLength(sent);
        expect(disk.size).toBe(sent);
        for (const { id, changeSetId } of confirmed) expect(changeSetId).toBe(String(disk.get(id)));
        expect(new Set(confirmed.map(({ id }) => id)).size).toBe(sent);
        expect(shown.at(-1)).toBe(String(sent));
      },
    ),
    { numRuns: 150 },
  );
});
