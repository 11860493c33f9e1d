import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progress } from '#shared/contract/define.ts';
import type { Input, JobName, Output } from '#shared/contract/engine-contract.ts';
import type { AppError } from '#shared/errors/app-error.ts';
import { useAccess } from './client-provider.tsx';
import { asAppError } from './use-command.ts';

type JobState<O> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: Progress | undefined }
  | { readonly kind: 'done'; readonly output: O }
  | { readonly kind: 'failed'; readonly error: AppError };

export type Job<N extends JobName> = {
  /** Starts it; one that still runs is cancelled first. */
  readonly start: (input: Input<N>, onDone?: (output: Output<N>) => void) => void;
  /** Asks it to stop; it ends as `failed` with the code `cancelled`, or as `done` where it was too late. */
  readonly cancel: () => void;
  readonly reset: () => void;
  readonly state: JobState<Output<N>>;
};

/** Long work with progress and cancel. It goes on when its screen is left; only what it says is no longer heard. */
export function useJob<N extends JobName>(name: N): Job<N> {
  const { client } = useAccess();
  const [state, setState] = useState<JobState<Output<N>>>({ kind: 'idle' });
  const current = useRef<AbortController>(undefined);

  const forget = useCallback(() => {
    current.current = undefined;
  }, []);
  useEffect(() => forget, [forget]);

  const start = useCallback(
    (input: Input<N>, onDone?: (output: Output<N>) => void): void => {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      const tell = (next: JobState<Output<N>>): void => {
        if (current.current === controller) setState(next);
      };
      tell({ kind: 'running', progress: undefined });
      const onProgress = (progress: Progress): void => tell({ kind: 'running', progress });
      client.job(name, input, { signal: controller.signal, onProgress }).then(
        (output) => {
          tell({ kind: 'done', output });
          if (current.current === controller) onDone?.(output);
        },
        (thrown: unknown) => tell({ kind: 'failed', error: asAppError(thrown) }),
      );
    },
    [client, name],
  );

  const cancel = useCallback(() => current.current?.abort(), []);
  const reset = useCallback(() => {
    forget();
    setState({ kind: 'idle' });
  }, [forget]);
  return { start, cancel, reset, state };
}
