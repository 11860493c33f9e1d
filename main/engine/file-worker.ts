// Reads dropped files and writes workbooks in a worker of its own: a hostile file harms nothing but this worker, which may be
// ended at any time, and long work on files holds nobody up.
import { toErrorShape } from '#shared/errors/app-error.ts';
import { readIncoming } from './mail/incoming/read-file.ts';
import { readFiles } from './importing/read/read-files.ts';
import { sendSheets, type FileMessage, type FileRequest } from './importing/read/file-messages.ts';
import { openWorkbook } from './importing/write/xlsx.ts';

// the WebWorker library types `self` as a window of a worker; this is its message side
const port = self as unknown as {
  postMessage: (message: FileMessage, handOver: ArrayBuffer[]) => void;
  onmessage: ((event: { readonly data: FileRequest }) => void) | null;
};

const send = (message: FileMessage, handOver: ArrayBuffer[] = []) => port.postMessage(message, handOver);
const refuse = (error: unknown) => send({ kind: 'refused', error: toErrorShape(error) });
const workbook = openWorkbook();
/** What the workbook does is done in the order in which it is asked. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = (work: () => Promise<unknown>): void => {
  last = last.then(work);
  last.catch(refuse);
};

port.onmessage = ({ data }) => {
  if (data.kind === 'read')
    readFiles(data.files, { now: () => performance.now(), done: (files) => send({ kind: 'progress', files }) })
      .then((found) => sendSheets(found, send))
      .catch(refuse);
  else if (data.kind === 'mail')
    readIncoming(data.name, data.bytes)
      .then((read) => send({ kind: 'mail', read }))
      .catch(refuse);
  else if (data.kind === 'sheet') inTurn(() => workbook.sheet(data.sheet));
  else if (data.kind === 'rows') inTurn(() => workbook.rows(data.rows));
  else inTurn(() => workbook.close().then((bytes) => send({ kind: 'written', bytes }, [bytes.buffer])));
};
