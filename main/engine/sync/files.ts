import { AppError } from '#shared/errors/app-error.ts';
import type { EngineContext } from '../context.ts';
import { fetchAttachment, sendAttachments } from './attachments.ts';
import type { CentralStore } from './central-store.ts';
import type { Known } from './known.ts';

/** Files that hang on records: they follow the records, and are never in their way (S16). */
export type Files = {
  /** Sends files of records that the server has; those that it has taken are not asked about again. */
  readonly send: () => Promise<void>;
  /** Fetches a file that is not here; two who ask at once wait for the same one. Throws AppError `not-found` where it cannot be had now. */
  readonly need: (sha256: string, size: number) => Promise<void>;
};

/** Makes the files' side of sync. */
export function createFiles({ host, view }: EngineContext, store: CentralStore, known: Known): Files {
  const { bytes } = host;
  const there = new Set<string>();
  const coming = new Map<string, Promise<void>>();
  return {
    send: async () => {
      const named = [...view.all('attachment')].flatMap(({ id, sha256 }) =>
        sha256 !== undefined && !there.has(sha256) && known.version('attachment', id) !== undefined ? [sha256] : [],
      );
      if (named.length === 0) return;
      await sendAttachments({ store, bytes }, named);
      for (const sha256 of named) there.add(sha256);
    },
    need: async (sha256, size) => {
      if ((await bytes.size(sha256)) !== undefined) return;
      const fetched =
        coming.get(sha256) ??
        fetchAttachment({ store, bytes }, sha256, size)
          .catch((thrown: unknown) => {
            if (thrown instanceof AppError && thrown.code === 'quota') throw thrown;
            throw new AppError(
              'not-found',
              'This file is not on this computer, and the central store could not be asked for it just now.',
              {
                wayOut: 'Try again when you are in touch with the central store.',
              },
            );
          })
          .finally(() => coming.delete(sha256));
      coming.set(sha256, fetched);
      return fetched;
    },
  };
}
