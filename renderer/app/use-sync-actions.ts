import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useCommand } from '../data/use-command.ts';
import type { SyncStatus } from '../features/sync/sync-types.ts';
import { useActions, type Action } from '../state/actions.ts';

/** What can be done about sync from anywhere; nothing but connecting while the store is only here. */
export function useSyncActions(state: SyncStatus['state'] | undefined): void {
  const navigate = useNavigate();
  const { run } = useCommand('sync.now');
  const isOut = state === 'local' || state === 'signed-out';
  useActions(
    useMemo<readonly Action[]>(() => {
      if (state === undefined) return [];
      const connect: Action = {
        id: 'sync-connect',
        label: state === 'local' ? 'Connect to a central store' : 'Sign in to the central store',
        group: 'Do',
        icon: 'cloud',
        words: 'sync login server',
        run: () => void navigate({ to: '/sync/connect' }),
      };
      if (state === 'local') return [connect];
      return [
        isOut
          ? connect
          : {
              id: 'sync-now',
              label: 'Sync now',
              group: 'Do',
              icon: 'refresh',
              keys: 'ctrl+shift+y',
              words: 'send fetch',
              run: () => run({}),
            },
        {
          id: 'sync-conflicts',
          label: 'Conflicts',
          group: 'Go to',
          icon: 'cloud',
          keys: 'g c',
          words: 'sync merge settle',
          run: () => void navigate({ to: '/sync/conflicts' }),
        },
        {
          id: 'sync-refused',
          label: 'Refused changes',
          group: 'Go to',
          icon: 'cloud',
          keys: 'g x',
          words: 'sync rejected errors',
          run: () => void navigate({ to: '/sync/refused' }),
        },
        {
          id: 'sync-devices',
          label: 'Devices',
          group: 'Go to',
          icon: 'laptop',
          keys: 'g v',
          words: 'sync sign off revoke',
          run: () => void navigate({ to: '/sync/devices' }),
        },
      ];
    }, [state, isOut, navigate, run]),
  );
}
