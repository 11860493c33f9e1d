import { useCallback } from 'react';
import type { Progress } from '#shared/contract/define.ts';
import type { Input } from '#shared/contract/engine-contract.ts';
import { useTakingBack } from '../state/taking-back.ts';
import { toastDone, toastFailure, type More } from '../ui/toast.ts';
import { useAccess } from './client-provider.tsx';
import { asAppError } from './use-command.ts';

/** What takes longer than this shows how far it is. */
const PATIENCE_MS = 500;

type Take = Input<'undo.take'>;
const TITLES = { undo: 'Undoing', redo: 'Doing again' } as const;
const DONE = { undo: 'Undone', redo: 'Done again' } as const;

/** Takes back and does again, and says what was taken back. */
export function useUndo() {
  const { client } = useAccess();

  /** Answers whether it was done; what was in the way is said. */
  const take = useCallback(
    async (input: Take): Promise<boolean> => {
      const controller = new AbortController();
      let progress: Progress | undefined;
      let shown = false;
      const show = () => {
        shown = true;
        useTakingBack.setState({ work: { title: TITLES[input.direction], progress, cancel: () => controller.abort() } });
      };
      const timer = setTimeout(show, PATIENCE_MS);
      const onProgress = (next: Progress) => {
        progress = next;
        if (shown) show();
      };
      try {
        const { label, left } = await client.job('undo.take', input, { signal: controller.signal, onProgress });
        toastDone(`${DONE[input.direction]}: ${label}${left === 0 ? '' : `, but for ${left} that others have changed since`}`);
        return true;
      } catch (thrown) {
        toastFailure(asAppError(thrown));
        return false;
      } finally {
        clearTimeout(timer);
        if (shown) useTakingBack.setState({ work: undefined });
      }
    },
    [client],
  );
  const undo = useCallback(
    (changeSetId?: string) => take({ direction: 'undo', ...(changeSetId === undefined ? {} : { id: changeSetId }) }),
    [take],
  );
  const redo = useCallback(() => take({ direction: 'redo' }), [take]);
  /** Says that something was saved, with a button that takes exactly it back. */
  const toastSaved = useCallback(
    (message: string, changeSetId: string, more?: More) => {
      toastDone(message, () => void undo(changeSetId), more);
    },
    [undo],
  );
  return { undo, redo, take, toastSaved };
}
