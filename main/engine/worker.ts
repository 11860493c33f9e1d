// The engine's dedicated worker: Electron's hidden page and the browser start this very bundle.
import { sweepWhenIdle } from './attachments/sweep.ts';
import { openEngine } from './engine.ts';
import { startConfirming } from './erase/confirm.ts';
import { operations } from './handlers.ts';
import { outboxOf } from './mail/outbox.ts';
import { runJobs } from './jobs/run-jobs.ts';
import { warmSearch } from './search/warm-search.ts';
import { shareAttachments } from './sync/share-attachments.ts';
import { startReminders } from './reminders/reminders.ts';
import { runWorker } from './rpc/worker-shell.ts';

runWorker(self, operations, async (host) => {
  const { context, sync } = await openEngine(host);
  runJobs(context);
  startReminders(context);
  sweepWhenIdle(context);
  warmSearch(context);
  sync.start();
  shareAttachments(context);
  outboxOf(context).start();
  startConfirming(host);
  return context;
});
