import { MessageChannel } from 'node:worker_threads';
import type { EngineContext } from '#engine/context.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import { operations as allOperations } from '#engine/handlers.ts';
import { createRpcServer, type Operations } from '#engine/rpc/server.ts';
import { createClient, type EngineClient } from '#shared/contract/client/client.ts';
import { fromNodePort } from '#shared/contract/port.ts';
import { createNodeHost, type NodeHostOptions } from './node-host.ts';

export type NodeEngineOptions = NodeHostOptions & {
  /** Tests hand in operations that check what is answered. */
  readonly operations?: Operations;
};

/** An engine in this process, and a client joined to it by a port, as a screen is. */
export type NodeEngine = {
  readonly client: EngineClient;
  /** The engine's own inside, for benches. */
  readonly context: EngineContext;
  readonly snapshot: Engine['snapshot'];
  readonly close: () => Promise<void>;
};

/** Milliseconds: a script waits for large portfolios where a person would not. */
const PATIENT = { query: 600_000, command: 600_000 };

/** Opens an engine on a store in memory. Throws AppError where the given store cannot be opened. */
export async function openNodeEngine({ operations = allOperations, ...options }: NodeEngineOptions = {}): Promise<NodeEngine> {
  const host = createNodeHost(options);
  const engine = await openEngine(host);
  const server = createRpcServer(host, operations);
  server.serve(engine.context);
  const { port1, port2 } = new MessageChannel();
  server.accept(fromNodePort(port2));
  const client = createClient({ later: host.later, newId: host.newId, deadlines: PATIENT });
  client.attach(fromNodePort(port1));
  return {
    client,
    context: engine.context,
    snapshot: engine.snapshot,
    close: async () => {
      client.close();
      await engine.close();
    },
  };
}
