// Operations that refuse to answer anything but what the contract says: output by its validator, errors by their codes.
import { operations } from '#engine/handlers.ts';
import type { Operations } from '#engine/rpc/server.ts';
import { handlerIn, type AnyHandler } from '#engine/rpc/serving.ts';
import { engineContract, type OperationName } from '#shared/contract/engine-contract.ts';
import type { Operation } from '#shared/contract/define.ts';
import { AppError } from '#shared/errors/app-error.ts';

/** Codes that every call may answer with (`Operation.errors`). */
const COMMON = ['permission', 'contract', 'deadline', 'engine-lost', 'cancelled', 'storage', 'quota'];

function checked(name: OperationName, handler: AnyHandler): AnyHandler {
  const { output, errors }: Operation = engineContract[name];
  return async (context, input, call) => {
    let answer: unknown;
    try {
      answer = await handler(context, input, call);
    } catch (error) {
      if (error instanceof AppError && [...COMMON, ...errors].includes(error.code)) throw error;
      throw new AppError('internal', `${name} failed otherwise than the contract says: ${String(error)}`);
    }
    const read = output.safeParse(structuredClone(answer));
    if (!read.success) throw new AppError('internal', `${name} answered otherwise than the contract says: ${read.error.message}`);
    return answer;
  };
}

const handlerOf = handlerIn(operations.handlers);
// Object.keys loses the names' type
const names = Object.keys(engineContract) as OperationName[];

export const checkedOperations: Operations = {
  // each entry wraps the handler of the same name
  handlers: Object.fromEntries(names.map((name) => [name, checked(name, handlerOf(name))])) as unknown as Operations['handlers'],
  reads: operations.reads,
};
