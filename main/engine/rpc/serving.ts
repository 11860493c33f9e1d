import type { OperationName } from '#shared/contract/engine-contract.ts';
import type { Call, EngineContext, Handlers, Reads, ReadsOf } from '../context.ts';
import type { Host } from '../host/host.ts';
import type { CommandDesk } from './command-desk.ts';
import type { LiveDesk } from './live-desk.ts';
import type { Turns } from './turns.ts';

/** What an operation does, seen without knowing which. Its input has been validated. */
export type AnyHandler = (context: EngineContext, input: unknown, call: Call) => unknown;

/** What the sessions of one engine share. */
export type Serving = {
  readonly host: Host;
  readonly epoch: string;
  readonly handler: (name: OperationName) => AnyHandler;
  readonly reads: (name: OperationName, input: unknown) => Reads | undefined;
  readonly turns: Turns;
  readonly commands: CommandDesk;
  readonly lives: LiveDesk;
  /** Undefined until the store is open. */
  readonly context: () => EngineContext | undefined;
};

/** The map's entry for a name that is known only at run time. */
export function handlerIn(handlers: Handlers<OperationName>): (name: OperationName) => AnyHandler {
  // `readInput` has validated the input with the same operation's validator, which the compiler cannot follow through a union
  return (name) => handlers[name] as AnyHandler;
}

/** What the query of a name that is known only at run time reads; undefined where it declares nothing. */
export function readsIn(reads: ReadsOf<OperationName>): (name: OperationName, input: unknown) => Reads | undefined {
  return (name, input) => {
    // as for handlers: the input is of this very operation
    const declared = reads[name] as Reads | ((input: unknown) => Reads) | undefined;
    return typeof declared === 'function' ? declared(input) : declared;
  };
}
