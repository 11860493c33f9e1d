import { useCallback, useRef, useState } from 'react';
import type { CommandName, Input, Output } from '#shared/contract/engine-contract.ts';
import { AppError, fromErrorShape, toErrorShape } from '#shared/errors/app-error.ts';
import { useAccess } from './client-provider.tsx';

export type Command<N extends CommandName> = {
  /** Sends it and tells its success to `onDone`; a refusal is shown by `error`. */
  readonly run: (input: Input<N>, onDone?: (output: Output<N>) => void) => void;
  /** The same as a promise, for what is made of several steps. Rejects with an AppError, which `error` shows too. */
  readonly send: (input: Input<N>) => Promise<Output<N>>;
  readonly busy: boolean;
  readonly error: AppError | undefined;
  readonly clearError: () => void;
};

/** What was thrown, as the one error that screens know. */
export const asAppError = (thrown: unknown): AppError => (thrown instanceof AppError ? thrown : fromErrorShape(toErrorShape(thrown)));

/** A command: nothing of it is shown before the engine has confirmed it. */
export function useCommand<N extends CommandName>(name: N): Command<N> {
  const { client } = useAccess();
  const [open, setOpen] = useState(0);
  const [error, setError] = useState<AppError>();
  const latest = useRef(0);

  const send = useCallback(
    async (input: Input<N>): Promise<Output<N>> => {
      latest.current += 1;
      const mine = latest.current;
      setOpen((count) => count + 1);
      setError(undefined);
      try {
        return await client.command(name, input);
      } catch (thrown) {
        const refused = asAppError(thrown);
        // of several at once, the last one's fate is shown
        if (latest.current === mine) setError(refused);
        throw refused;
      } finally {
        setOpen((count) => count - 1);
      }
    },
    [client, name],
  );

  const run = useCallback(
    (input: Input<N>, onDone?: (output: Output<N>) => void): void => {
      // a refusal is in `error`
      send(input).then(onDone, () => undefined);
    },
    [send],
  );

  const clearError = useCallback(() => setError(undefined), []);
  return { run, send, busy: open > 0, error, clearError };
}
