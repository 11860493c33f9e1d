// Reads dropped files in a worker of its own, so that a hostile one harms nothing but this worker, which may be ended at any time.
import { toErrorShape } from '#shared/errors/app-error.ts';
import { readFiles } from './importing/read/read-files.ts';
import { sendSheets, type ReaderMessage, type ReaderRequest } from './importing/read/reader-messages.ts';

// the WebWorker library types `self` as a window of a worker; this is its message side
const port = self as unknown as {
  postMessage: (message: ReaderMessage, handOver: ArrayBuffer[]) => void;
  onmessage: ((event: { readonly data: ReaderRequest }) => void) | null;
};

port.onmessage = ({ data }) => {
  const send = (message: ReaderMessage, handOver: ArrayBuffer[] = []) => port.postMessage(message, handOver);
  readFiles(data.files, { now: () => performance.now(), done: (files) => send({ kind: 'progress', files }) })
    .then((sheets) => sendSheets(sheets, send))
    .catch((error: unknown) => send({ kind: 'refused', error: toErrorShape(error) }));
};
