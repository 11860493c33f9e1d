import { useCallback } from 'react';
import { toastDone, toastFailure } from '../ui/toast.ts';
import { asAppError, useCommand } from './use-command.ts';

/** Takes back and does again, and says what was taken back. */
export function useUndo() {
  const { send: sendUndo } = useCommand('records.undo');
  const { send: sendRedo } = useCommand('records.redo');

  const undo = useCallback(
    async (changeSetId?: string) => {
      try {
        const { label } = await sendUndo(changeSetId === undefined ? {} : { changeSetId });
        toastDone(`Undone: ${label}`);
      } catch (thrown) {
        toastFailure(asAppError(thrown));
      }
    },
    [sendUndo],
  );
  const redo = useCallback(async () => {
    try {
      const { label } = await sendRedo({});
      toastDone(`Done again: ${label}`);
    } catch (thrown) {
      toastFailure(asAppError(thrown));
    }
  }, [sendRedo]);
  /** Says that something was saved, with a button that takes exactly it back. */
  const toastSaved = useCallback(
    (message: string, changeSetId: string) => {
      toastDone(message, () => void undo(changeSetId));
    },
    [undo],
  );
  return { undo, redo, toastSaved };
}
