import { useCallback } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useAccess } from './client-provider.tsx';

/** The record that a number or ID names; undefined where it is not here. */
export function useResolve(): (name: string) => Promise<Output<'records.resolve'> | undefined> {
  const { client } = useAccess();
  return useCallback((name: string) => client.call('records.resolve', { name }).catch(() => undefined), [client]);
}
