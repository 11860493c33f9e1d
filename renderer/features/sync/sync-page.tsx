import { useMemo, type ReactNode } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useSync } from '../../data/use-sync.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { useScreen } from '../../state/screen.ts';
import { Page } from '../../ui/page.tsx';
import { SyncTabs, type SyncPart } from './sync-tabs.tsx';

type Props = { readonly title: string; readonly part: SyncPart; readonly actions?: ReactNode; readonly children: ReactNode };

/** What the screens of sync have around them: their heading, the way between them, and "Sync now". */
export function SyncPage({ title, part, actions, children }: Props) {
  const heading = useScreen(title);
  const status = useSync();
  const { run } = useCommand('sync.now');
  const isConnected = status?.connection !== undefined;
  useActions(
    useMemo<readonly Action[]>(
      () =>
        isConnected
          ? [
              {
                id: 'sync-now',
                label: 'Sync now',
                group: 'This screen',
                icon: 'refresh',
                keys: 'r',
                words: 'send fetch',
                run: () => run({}),
              },
            ]
          : [],
      [isConnected, run],
    ),
  );
  return (
    <Page title={title} headingRef={heading} actions={actions}>
      {status?.connection !== undefined && <SyncTabs part={part} status={status} />}
      {children}
    </Page>
  );
}
