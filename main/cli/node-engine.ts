import { MessageChannel } from 'node:worker_threads';
import type { EngineContext } from '#engine/context.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import { operations } from '#engine/handlers.ts';
import { createRpcServer } from '#engine/rpc/server.ts';
import { createClient, type EngineClient } from '#shared/contract/client/client.ts';
import { fromNodePort } from '#shared/contract/port.ts';
import { createNodeHost, type NodeHostOptions } from './node-host.ts';

/** An engine in this process, and a client joined to it by a port, as a screen is. */
export type NodeEngine = {
  readonly client: EngineClient;
  /** The engine's own inside, for benches. */
  readonly context: EngineContext;
  readonly snapshot: Engine['snapshot'];
  readonly close: () => Promise<void>;
};

/** Opens an engine on a store in memory. Throws AppError where the given store cannot be opened. */
export async function openNodeEngine(options: NodeHostOptions = {}): Promise<NodeEngine> {
  const host = createNodeHost(options);
  const engine = await openEngine(host);
  const server = createRpcServer(host, operations);
  server.serve(engine.context);
  const { port1, port2 } = new MessageChannel();
  server.accept(fromNodePort(port2));
  const client = createClient({ later: host.later, newId: host.newId });
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
