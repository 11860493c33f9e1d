// The engine's dedicated worker: Electron's hidden page and the browser start this very bundle.
import { AppError } from '#shared/errors/app-error.ts';
import { operations } from './handlers.ts';
import { runWorker } from './rpc/worker-shell.ts';

runWorker(self, operations, () => Promise.reject(new AppError('internal', 'The store is not part of this build yet.')));
