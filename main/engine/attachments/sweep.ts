import type { EngineContext } from '../context.ts';
import { undoStacks } from '../records/undo-stacks.ts';
import { uploadsOf } from './handlers.ts';

/** Digests that an undo or a redo of anyone can bring back: those of deleted attachments among the steps that can be taken. */
async function restorable({ history, host }: EngineContext): Promise<ReadonlySet<string>> {
  const headers = await history.headers();
  const found = new Set<string>();
  for (const actor of new Set(headers.map((header) => header.actor))) {
    const { undo, redo } = undoStacks(headers, actor);
    for (const { seq } of [...undo, ...redo]) {
      for (const { action, before } of await history.ofTable(seq, 'attachment'))
        if (action === 'delete' && typeof before?.['sha256'] === 'string') found.add(before['sha256']);
      await host.yieldTurn();
    }
  }
  return found;
}

/**
 * Removes bytes that no record names and no undo can bring back (REC-33); answers how many. Whatever is unclear stays.
 */
export async function sweepBytes(context: EngineContext): Promise<number> {
  const { host, view } = context;
  const isNamed = (sha256: string) => uploadsOf(context).pinned().has(sha256) || view.by('attachment', 'sha256', sha256).length > 0;
  const loose = (await host.bytes.list()).filter((sha256) => !isNamed(sha256));
  if (loose.length === 0) return 0;
  const kept = await restorable(context);
  let swept = 0;
  // what came meanwhile is looked at again
  for (const sha256 of loose) {
    if (kept.has(sha256) || isNamed(sha256)) continue;
    await host.bytes.remove(sha256);
    swept += 1;
  }
  if (swept > 0) host.log({ event: 'bytes-swept', files: swept });
  return swept;
}

/** Milliseconds after the start, or after an attachment has gone, before the bytes are looked through. */
const SWEEP_DELAY_MS = 60_000;

/** Looks through the bytes some time after the start, and whenever attachments have gone. */
export function sweepWhenIdle(context: EngineContext): void {
  let waiting = false;
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    context.host.later(SWEEP_DELAY_MS, () => {
      waiting = false;
      sweepBytes(context).catch(() => context.host.log({ event: 'sweep-failed' }));
    });
  };
  soon();
  context.feed.subscribe((touched) => {
    const gone = [...(touched.rows.get('attachment') ?? [])].some((id) => context.view.get('attachment', id) === undefined);
    if (gone) soon();
  });
}
