import { AppError, fromErrorShape } from '#shared/errors/app-error.ts';
import type { Progress } from '#shared/contract/define.ts';
import type { ReadSheet } from '#shared/domain/importing/cells.ts';
import type { Host } from '../host/host.ts';
import { LIMITS, tooMuch, unreadable } from './read/limits.ts';
import { readFiles, type DroppedFile } from './read/read-files.ts';
import { gatherSheets, type ReaderMessage, type ReaderRequest } from './read/reader-messages.ts';

export type Reading = { readonly signal: AbortSignal; readonly progress: (progress: Progress) => void };

/** Milliseconds beyond the reader's own limit after which it is ended from outside. */
const GRACE = 10_000;

const cancelled = () => new AppError('cancelled', 'Reading the files was cancelled. Nothing was changed.');
const names = (files: readonly DroppedFile[]) => files.map(({ name }) => name).join(', ');

/** Where the reading worker lies: beside the engine's own worker, or in the sources when those are run as they are (tests). */
function readerAddress(): URL {
  const isSource = new URL(import.meta.url).pathname.endsWith('.ts');
  return isSource ? new URL('../reader-worker.ts', import.meta.url) : new URL('reader-worker.js', self.location.href);
}

function inWorker(host: Host, files: readonly DroppedFile[], { signal, progress }: Reading): Promise<readonly ReadSheet[]> {
  const worker = new Worker(readerAddress(), { type: 'module' });
  const gathered = gatherSheets();
  return new Promise<readonly ReadSheet[]>((resolve, reject) => {
    let stopTimer = (): void => undefined;
    const finish = (done: () => void) => {
      stopTimer();
      signal.removeEventListener('abort', onAbort);
      worker.terminate();
      done();
    };
    const onAbort = () => finish(() => reject(cancelled()));
    worker.addEventListener('message', ({ data }: MessageEvent<ReaderMessage>) => {
      if (data.kind === 'refused') finish(() => reject(fromErrorShape(data.error)));
      else if (data.kind === 'end') finish(() => resolve(gathered.sheets()));
      else if (data.kind === 'progress') progress({ step: 'Reading', done: data.files, total: files.length });
      else gathered.take(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      host.log({ event: 'import-reader-died' });
      const way = 'Split the file and drop the parts; if that does not help, save it again as CSV.';
      finish(() => reject(unreadable('reading it came to a sudden end', { file: names(files) }, way)));
    });
    stopTimer = host.later(LIMITS.milliseconds + GRACE, () =>
      finish(() =>
        reject(
          tooMuch('reading took too long', { file: names(files) }, 'Split it into smaller files and bring them in one after another.'),
        ),
      ),
    );
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort);
    worker.postMessage({ files } satisfies ReaderRequest);
  });
}

async function inPlace(host: Host, files: readonly DroppedFile[], { signal, progress }: Reading): Promise<readonly ReadSheet[]> {
  const start = Date.parse(host.now());
  const sheets = await readFiles(files, {
    now: () => Date.parse(host.now()) - start,
    done: (done) => {
      if (signal.aborted) throw cancelled();
      progress({ step: 'Reading', done, total: files.length });
    },
  });
  await host.yieldTurn();
  return sheets;
}

/**
 * Reads dropped files as one set of tables: in a worker that may die where there are workers (Electron, browser), else in place
 * under the same limits (Node). Throws AppError `file`, `limit` or `cancelled`.
 */
export function readDropped(host: Host, files: readonly DroppedFile[], reading: Reading): Promise<readonly ReadSheet[]> {
  return host.kind === 'node' || typeof Worker === 'undefined' ? inPlace(host, files, reading) : inWorker(host, files, reading);
}
