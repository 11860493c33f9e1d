import { useCallback } from 'react';
import type { Input, Output, QueryName } from '#shared/contract/engine-contract.ts';
import { useAccess } from './client-provider.tsx';

/** Asks a question once, for what a key or a click needs to know. Rejects with an AppError. */
export function useAsk() {
  const { client } = useAccess();
  return useCallback(<N extends QueryName>(name: N, input: Input<N>): Promise<Output<N>> => client.call(name, input), [client]);
}
