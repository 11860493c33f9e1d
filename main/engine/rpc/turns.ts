/** Work that is ready to start. Calls that a person waits for come before refreshes of subscriptions. */
export type Lane = 'call' | 'live';

export type Turns = {
  /** Starts the task in a later turn; `client` is whose work it is. */
  readonly add: (lane: Lane, client: object, task: () => void) => void;
  /** Forgets what the client still has waiting. */
  readonly drop: (client: object) => void;
};

/**
 * Shares the engine's one thread: one task a turn, and the clients take turns within a lane, so that a flood from one client
 * delays the others by one task at a time. A task must not throw.
 */
export function createTurns(yieldTurn: () => Promise<void>): Turns {
  const lanes: Record<Lane, Map<object, (() => void)[]>> = { call: new Map(), live: new Map() };
  let running = false;

  const take = (lane: Lane): (() => void) | undefined => {
    for (const [client, tasks] of lanes[lane]) {
      const task = tasks.shift();
      lanes[lane].delete(client);
      // to the end of the round
      if (tasks.length > 0) lanes[lane].set(client, tasks);
      if (task !== undefined) return task;
    }
    return undefined;
  };

  const run = async (): Promise<void> => {
    running = true;
    for (;;) {
      await yieldTurn();
      const task = take('call') ?? take('live');
      if (task === undefined) break;
      task();
    }
    running = false;
  };

  return {
    add: (lane, client, task) => {
      const tasks = lanes[lane].get(client);
      if (tasks === undefined) lanes[lane].set(client, [task]);
      else tasks.push(task);
      if (!running) void run();
    },
    drop: (client) => {
      lanes.call.delete(client);
      lanes.live.delete(client);
    },
  };
}
