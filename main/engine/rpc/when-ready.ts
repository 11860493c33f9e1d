import { operationOf } from './request.ts';
import { isTableName, tableNames } from '#shared/model/dictionary.ts';
import type { Call, EngineContext } from '../context.ts';
import { perform } from '../people/perform.ts';
import type { OperationName } from '#shared/contract/engine-contract.ts';
import type { Serving } from './serving.ts';

type Asked = { readonly name: OperationName; readonly input: unknown; readonly call: Omit<Call, 'actor'> };

/**
 * Performs an operation once the record types that it reads are in memory: just after the start they are taken apart with a turn for others
 * in between. Commands may touch any type; questions that do not say what they read wait for nothing.
 */
export async function performReady(serving: Serving, context: EngineContext, { name, input, call }: Asked): Promise<unknown> {
  if (operationOf(name).kind !== 'query') await context.ready();
  else {
    const tables = (serving.reads(name, input) ?? []).filter((read) => isTableName(read));
    // what reads everything is about the past, not about records
    if (tables.length > 0 && tables.length < tableNames.length) await context.ready(tables);
  }
  call.signal.throwIfAborted();
  return perform(serving.handler(name), context, { name, input, call });
}
