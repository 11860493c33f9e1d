import { AppError, fromErrorShape } from '#shared/errors/app-error.ts';
import type { Progress } from '#shared/contract/define.ts';
import type { ReadSheet } from '#shared/domain/importing/cells.ts';
import type { Host } from '../host/host.ts';
import { LIMITS, tooMuch, unreadable } from './read/limits.ts';
import { readFiles, type DroppedFile } from './read/read-files.ts';
import { gatherSheets, type FileMessage, type FileRequest } from './read/file-messages.ts';
import { readIncoming, type ReadIncoming } from '../mail/incoming/read-file.ts';
import type { ExportCell } from './write/export-columns.ts';
import { writeWorkbook, type WorkbookSheet } from './write/xlsx.ts';

export type Reading = { readonly signal: AbortSignal; readonly progress: (progress: Progress) => void };

/** Milliseconds beyond the reader's own limit after which it is ended from outside. */
const GRACE = 10_000;

const READING_CANCELLED = 'Reading the files was cancelled. Nothing was changed.';
const names = (files: readonly DroppedFile[]) => files.map(({ name }) => name).join(', ');

/** Where the file worker lies: beside the engine's own worker, or in the sources when those are run as they are (tests). */
function workerAddress(): URL {
  const isSource = new URL(import.meta.url).pathname.endsWith('.ts');
  return isSource ? new URL('../file-worker.ts', import.meta.url) : new URL('file-worker.js', self.location.href);
}

type WorkerJob<T> = {
  readonly host: Host;
  readonly signal: AbortSignal | undefined;
  /** What a cancel is answered with. */
  readonly cancelled: string;
  readonly files: string;
  /** Begins the work once the worker listens. */
  readonly begin: (ask: (request: FileRequest) => void) => void | Promise<void>;
  /** Takes a message; answers the result once it is there. */
  readonly take: (message: FileMessage) => { readonly result: T } | undefined;
};

/** Runs one job in a worker of its own, which is ended afterwards, whatever happens. */
function runInWorker<T>({ host, signal, cancelled, files, begin, take }: WorkerJob<T>): Promise<T> {
  const worker = new Worker(workerAddress(), { type: 'module' });
  return new Promise<T>((resolve, reject) => {
    let stopTimer = (): void => undefined;
    const finish = (done: () => void) => {
      stopTimer();
      signal?.removeEventListener('abort', onAbort);
      worker.terminate();
      done();
    };
    const onAbort = () => finish(() => reject(new AppError('cancelled', cancelled)));
    worker.addEventListener('message', ({ data }: MessageEvent<FileMessage>) => {
      if (data.kind === 'refused') {
        finish(() => reject(fromErrorShape(data.error)));
        return;
      }
      const done = take(data);
      if (done !== undefined) finish(() => resolve(done.result));
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      host.log({ event: 'file-worker-died' });
      const way = 'Split the file and try again; if that does not help, use CSV instead of a workbook.';
      finish(() => reject(unreadable('the work on it came to a sudden end', { file: files }, way)));
    });
    stopTimer = host.later(LIMITS.milliseconds + GRACE, () =>
      finish(() => reject(tooMuch('it took too long', { file: files }, 'Split it into smaller files and take one after another.'))),
    );
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    Promise.resolve(begin((request) => worker.postMessage(request))).catch((error: unknown) =>
      finish(() => reject(error instanceof Error ? error : new Error('no reason given'))),
    );
  });
}

function readInWorker(host: Host, files: readonly DroppedFile[], { signal, progress }: Reading): Promise<readonly ReadSheet[]> {
  const gathered = gatherSheets();
  return runInWorker({
    host,
    signal,
    cancelled: READING_CANCELLED,
    files: names(files),
    begin: (ask) => ask({ kind: 'read', files }),
    take: (message) => {
      if (message.kind === 'end') return { result: gathered.sheets() };
      if (message.kind === 'progress') progress({ step: 'Reading', done: message.files, total: files.length });
      else if (message.kind !== 'mail') gathered.take(message);
      return undefined;
    },
  });
}

/** Rows of one message to the worker. */
const ROWS = 500;

/** Writes a workbook in the worker; rows are made and sent a few at a time. Throws what `writeWorkbook` throws, and `cancelled`. */
export function writeInWorker(
  host: Host,
  sheets: readonly WorkbookSheet[],
  turn: () => Promise<void>,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return runInWorker({
    host,
    signal,
    cancelled: 'Writing the workbook was cancelled.',
    files: 'The workbook',
    begin: async (ask) => {
      for (const { rows, ...sheet } of sheets) {
        ask({ kind: 'sheet', sheet });
        let some: (readonly ExportCell[])[] = [];
        for (const row of rows) {
          some.push(row);
          if (some.length < ROWS) continue;
          ask({ kind: 'rows', rows: some });
          some = [];
          await turn();
        }
        ask({ kind: 'rows', rows: some });
      }
      ask({ kind: 'write' });
    },
    take: (message) => (message.kind === 'written' ? { result: message.bytes } : undefined),
  });
}

const hasWorkers = (host: Host) => host.kind !== 'node' && typeof Worker !== 'undefined';

/** Writes a workbook where it holds nobody up: in a worker, on Node in place. `turn` is called between the rows and may throw. */
export function writeSheets(
  host: Host,
  sheets: readonly WorkbookSheet[],
  turn: () => Promise<void>,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return hasWorkers(host) ? writeInWorker(host, sheets, turn, signal) : writeWorkbook(sheets, turn);
}

async function inPlace(host: Host, files: readonly DroppedFile[], { signal, progress }: Reading): Promise<readonly ReadSheet[]> {
  const start = Date.parse(host.now());
  const sheets = await readFiles(files, {
    now: () => Date.parse(host.now()) - start,
    done: (done) => {
      if (signal.aborted) throw new AppError('cancelled', READING_CANCELLED);
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
  return hasWorkers(host) ? readInWorker(host, files, reading) : inPlace(host, files, reading);
}

/** Reads a mail or a calendar file in a worker that may die; on Node in place. Throws AppError `file`, `limit` or `cancelled`. */
export function readDroppedMail(host: Host, { name, bytes }: DroppedFile, signal: AbortSignal): Promise<ReadIncoming> {
  if (!hasWorkers(host)) return readIncoming(name, bytes);
  return runInWorker({
    host,
    signal,
    cancelled: 'Reading the mail was cancelled. Nothing was changed.',
    files: name,
    begin: (ask) => ask({ kind: 'mail', name, bytes }),
    take: (message) => (message.kind === 'mail' ? { result: message.read } : undefined),
  });
}
