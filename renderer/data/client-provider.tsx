import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { EngineClient } from '#shared/contract/client/client.ts';
import type { ConnectionState } from '#shared/contract/client/connection.ts';
import { createLiveStore, type LiveStore } from './live-store.ts';

type Access = { readonly client: EngineClient; readonly lives: LiveStore };

const AccessContext = createContext<Access | undefined>(undefined);

/** Gives the hooks of this folder their engine. Tests hand in a client of their own. */
export function ClientProvider({ client, children }: { readonly client: EngineClient; readonly children: ReactNode }) {
  const access = useMemo(() => ({ client, lives: createLiveStore(client) }), [client]);
  return <AccessContext value={access}>{children}</AccessContext>;
}

export function useAccess(): Access {
  const access = use(AccessContext);
  if (access === undefined) throw new Error('There is no ClientProvider above this component');
  return access;
}

/** Whether the engine can be asked: `connecting` at the start, `lost` while it restarts, `failed` with the reason. */
export function useConnection(): ConnectionState {
  const { client } = useAccess();
  return useSyncExternalStore(client.onState, client.state);
}
