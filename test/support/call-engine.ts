// Calls an engine's handlers as the port does, without a port.
import type { Call } from '#engine/context.ts';
import type { Engine } from '#engine/engine.ts';
import { operations } from '#engine/handlers.ts';
import { engineContract, type Input, type OperationName, type Output, type Parsed } from '#shared/contract/engine-contract.ts';

let calls = 0;

/** Runs one operation; input and output are checked against the contract. */
export async function call<N extends OperationName>(
  engine: Engine,
  name: N,
  input: Input<N>,
  changes: Partial<Call> = {},
): Promise<Output<N>> {
  calls += 1;
  const { input: schema, output } = engineContract[name];
  const one: Call = {
    commandId: `call-${calls}`,
    actor: 'user-1',
    signal: new AbortController().signal,
    progress: () => undefined,
    ...changes,
  };
  const parsed = schema.parse(input) as Parsed<N>; // by the schema of this very operation
  const answer = await operations.handlers[name](engine.context, parsed, one);
  return output.parse(answer) as Output<N>; // as above
}
