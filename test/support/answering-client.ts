// A client that answers every question with what a test has set, and tells its commands to the test.
import type { EngineClient } from '#shared/contract/client/client.ts';
import type { ConnectionState } from '#shared/contract/client/connection.ts';
import type { OperationName, Output } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';

export type Asked = { readonly name: string; readonly input: unknown };
export type AnsweringClient = {
  readonly client: EngineClient;
  /** Commands in the order in which they came. */
  readonly commands: readonly Asked[];
  /** Sets the answer to a question; whoever shows it is told. */
  readonly set: <N extends OperationName>(name: N, answer: Output<N> | AppError) => void;
};

const READY: ConnectionState = { kind: 'ready', epoch: 'one' };

/** What has no answer yet is never answered, as by an engine that is still at it. */
export function createAnsweringClient(): AnsweringClient {
  const answers = new Map<string, unknown>();
  const lives = new Set<() => void>();
  const commands: Asked[] = [];
  const answer = (name: string): Promise<never> => {
    const known = answers.get(name);
    if (known === undefined) return new Promise<never>(() => undefined);
    // the test gives what the operation answers with
    return known instanceof AppError ? Promise.reject(known) : Promise.resolve(known as never);
  };
  const client: EngineClient = {
    call: answer,
    command: (name, input) => {
      commands.push({ name, input });
      return answer(name);
    },
    job: answer,
    live: (name, _input, listener) => {
      const tell = () => {
        const known = answers.get(name);
        if (known instanceof AppError) listener.error(known);
        // as above
        else if (known !== undefined) listener.next(known as never);
      };
      lives.add(tell);
      queueMicrotask(tell);
      return () => lives.delete(tell);
    },
    state: () => READY,
    onState: () => () => undefined,
  };
  return {
    client,
    commands,
    set: (name, known) => {
      answers.set(name, known);
      for (const tell of lives) tell();
    },
  };
}
