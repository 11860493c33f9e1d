import { useCallback, useMemo } from 'react';
import type { EngineClient } from '#shared/contract/client/client.ts';
import { changeAddingFile, dropAddingFile, putAddingFiles, useAddingFiles, type AddingFile } from '../state/adding-files.ts';
import { useAccess } from './client-provider.tsx';
import { sendFile } from './send-file.ts';
import { asAppError } from './use-command.ts';
import { useUndo } from './use-undo.ts';

type Saved = (message: string, changeSetId: string) => void;

/** One after the other: two at once would only share the same disk. */
let last: Promise<unknown> = Promise.resolve();

async function send(client: EngineClient, adding: AddingFile, saved: Saved): Promise<void> {
  const { key, about, file, controller } = adding;
  if (controller.signal.aborted) return dropAddingFile(key);
  changeAddingFile(key, { state: 'sending' });
  try {
    const { changeSetId } = await sendFile(client, about, file, {
      signal: controller.signal,
      onProgress: (sent) => changeAddingFile(key, { sent }),
    });
    dropAddingFile(key);
    saved(`${file.name} attached`, changeSetId);
  } catch (thrown) {
    const failure = asAppError(thrown);
    if (failure.code === 'cancelled') dropAddingFile(key);
    else changeAddingFile(key, { state: 'failed', failure });
  }
}

export type AddFiles = {
  /** Files on their way to the record, and those that did not get there. */
  readonly adding: readonly AddingFile[];
  readonly add: (files: readonly File[]) => void;
  readonly cancel: (file: AddingFile) => void;
  readonly retry: (file: AddingFile) => void;
};

/** Adds files to a record (`<table>/<id>`), one after another, with progress and a way to stop each. */
export function useAddFiles(about: string): AddFiles {
  const { client } = useAccess();
  const { toastSaved } = useUndo();
  const files = useAddingFiles((state) => state.files);
  const adding = useMemo(() => files.filter((file) => file.about === about), [files, about]);
  const add = useCallback(
    (chosen: readonly File[]) => {
      const added = chosen.map((file): AddingFile => ({
        key: crypto.randomUUID(),
        about,
        file,
        sent: 0,
        state: 'waiting',
        controller: new AbortController(),
      }));
      putAddingFiles(added);
      for (const one of added) last = last.then(() => send(client, one, toastSaved));
    },
    [client, about, toastSaved],
  );
  const cancel = useCallback((file: AddingFile) => {
    file.controller.abort();
    if (file.state !== 'sending') dropAddingFile(file.key);
  }, []);
  const retry = useCallback(
    (file: AddingFile) => {
      dropAddingFile(file.key);
      add([file.file]);
    },
    [add],
  );
  return { adding, add, cancel, retry };
}
