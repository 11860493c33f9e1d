// A client whose answers a test gives by hand.
import type { CommandOptions, EngineClient, JobOptions, LiveListener } from '#shared/contract/client/client.ts';
import type { ConnectionState } from '#shared/contract/client/connection.ts';

export type ScriptedCall = {
  readonly name: string;
  readonly input: unknown;
  readonly options: CommandOptions & JobOptions;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
};
export type ScriptedLive = {
  readonly name: string;
  readonly input: unknown;
  readonly next: (output: unknown) => void;
  readonly error: LiveListener<unknown>['error'];
  stopped: boolean;
};

export type ScriptedClient = {
  readonly client: EngineClient;
  readonly calls: ScriptedCall[];
  readonly lives: ScriptedLive[];
  readonly become: (state: ConnectionState) => void;
};

export function createScriptedClient(): ScriptedClient {
  const calls: ScriptedCall[] = [];
  const lives: ScriptedLive[] = [];
  const listeners = new Set<() => void>();
  let state: ConnectionState = { kind: 'ready', epoch: 'one' };
  const call = (name: string, input: unknown, options: ScriptedCall['options'] = {}) =>
    // the test answers with what the operation answers with
    new Promise<never>((resolve, reject) => calls.push({ name, input, options, resolve: resolve as (output: unknown) => void, reject }));
  const client: EngineClient = {
    call,
    command: call,
    job: call,
    live: (name, input, listener) => {
      // the test pushes what the operation answers with
      const live: ScriptedLive = { name, input, next: listener.next as (output: unknown) => void, error: listener.error, stopped: false };
      lives.push(live);
      return () => {
        live.stopped = true;
      };
    },
    state: () => state,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    client,
    calls,
    lives,
    become: (next) => {
      state = next;
      listeners.forEach((listener) => listener());
    },
  };
}
