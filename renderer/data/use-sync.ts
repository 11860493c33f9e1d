import type { Output } from '#shared/contract/engine-contract.ts';
import { useLive } from './use-live.ts';

/** How this device stands with the central store; undefined until the engine has answered. */
export function useSync(): Output<'sync.status'> | undefined {
  return useLive('sync.status', {}).data;
}
