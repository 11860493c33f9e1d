import type { OperationName } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { lacksRight, mayNot } from '#shared/domain/permission/refusals.ts';
import type { Call, EngineContext } from '../context.ts';
import type { AnyHandler } from '../rpc/serving.ts';
import { callersOf, type Standing } from './callers.ts';
import { forCustomers, operationNeeds, type Need } from './operation-needs.ts';

type Asked = { readonly name: OperationName; readonly input: unknown; readonly call: Omit<Call, 'actor'> };

function refuse({ view }: EngineContext, { caller }: Standing, { name, input }: Asked): void {
  if (caller === undefined) return;
  const { rights } = caller;
  if (rights.isCustomer && !forCustomers.has(name))
    throw new AppError('permission', 'This is not open to customers. Ask the person who looks after you.', {
      wayOut: 'Ask the person who looks after you.',
    });
  // the input was validated by this very operation's validator, which the compiler cannot follow through a union
  const need = (operationNeeds[name] as ((input: unknown) => Need | undefined) | undefined)?.(input);
  if (need === undefined) return;
  if ('right' in need) {
    if (!rights.has(need.right)) throw lacksRight(view, caller, need.right);
  } else if (!rights.may(need.table, need.action)) throw mayNot(view, caller, need.table, need.action);
}

/**
 * Runs a handler for whoever asks: the one place where a call gets its caller. The handler is given a context that shows only
 * what the caller may see and takes only what they may write.
 */
export async function perform(handler: AnyHandler, whole: EngineContext, asked: Asked): Promise<unknown> {
  const standing = callersOf(whole).now();
  refuse(whole, standing, asked);
  return handler(standing.context, asked.input, { ...asked.call, actor: standing.actor });
}
