import type { Output } from '#shared/contract/engine-contract.ts';
import type { RecordAction } from '#shared/model/access.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { useLive } from './use-live.ts';

export type Me = Output<'people.me'>;

/** Who is asking and what they may do; undefined until the engine has answered. */
export function useMe(): Me | undefined {
  return useLive('people.me', {}).data;
}

/**
 * Whether something may be done with records of a type, so that only what can be done is offered. Until the engine has answered, and
 * where it refuses in the end, it is the engine that decides.
 */
export function useMay(): (table: TableName, action: RecordAction) => boolean {
  const me = useMe();
  return (table, action) => me === undefined || me.tables[table]?.includes(action) === true;
}
