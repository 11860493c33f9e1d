import type { Output } from '#shared/contract/engine-contract.ts';
import { useLive } from './use-live.ts';

export type WorkspaceStatus = Output<'workspace.status'>;

/** What the footer shows and what dates and amounts are read against; undefined until the engine has answered. */
export function useWorkspace(): WorkspaceStatus | undefined {
  return useLive('workspace.status', {}).data;
}
