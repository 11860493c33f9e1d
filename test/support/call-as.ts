// Calls an engine as the person whom its settings name, in the way that the port does.
import type { Engine } from '#engine/engine.ts';
import { operations } from '#engine/handlers.ts';
import { perform } from '#engine/people/perform.ts';
import { handlerIn } from '#engine/rpc/serving.ts';
import { engineContract, type Input, type OperationName, type Output } from '#shared/contract/engine-contract.ts';
import { change } from './portfolio-engine.ts';

let calls = 0;
const handler = handlerIn(operations.handlers);

/** Makes this person the one who asks from now on; null: nobody in particular. */
export async function becomes(engine: Engine, user: string | null): Promise<void> {
  await change(engine, (draft) => {
    const [known] = draft.view.by('setting', 'key', 'currentUser');
    if (known !== undefined) draft.remove('setting', known.id);
    if (user !== null) draft.create('setting', { key: 'currentUser', value: user });
  });
}

/** Runs one operation for whoever asks just now; input and output are checked against the contract. */
export async function ask<N extends OperationName>(engine: Engine, name: N, input: Input<N>): Promise<Output<N>> {
  calls += 1;
  const { input: schema, output } = engineContract[name];
  const call = { commandId: `ask-${calls}`, signal: new AbortController().signal, progress: () => undefined };
  const answer = await perform(handler(name), engine.context, { name, input: schema.parse(input), call });
  return output.parse(answer) as Output<N>; // by the schema of this very operation
}
