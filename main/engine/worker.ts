// The engine's dedicated worker: Electron's hidden page and the browser start this very bundle.
import { openEngine } from './engine.ts';
import { operations } from './handlers.ts';
import { runWorker } from './rpc/worker-shell.ts';

runWorker(self, operations, async (host) => (await openEngine(host)).context);
