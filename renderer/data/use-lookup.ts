import { useCallback } from 'react';
import type { TableName } from '#shared/model/dictionary.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useAccess } from './client-provider.tsx';

type Found = Output<'records.lookup'>['found'];

/** Choices for a reference field as a person types. */
export function useLookup(): (table: TableName, text: string) => Promise<Found> {
  const { client } = useAccess();
  return useCallback(
    async (table: TableName, text: string) => (await client.call('records.lookup', { table, text, limit: 20 })).found,
    [client],
  );
}
