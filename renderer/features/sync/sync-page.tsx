import type { ReactNode } from 'react';
import { useSync } from '../../data/use-sync.ts';
import { useScreen } from '../../state/screen.ts';
import { Page } from '../../ui/page.tsx';
import { SyncTabs, type SyncPart } from './sync-tabs.tsx';

type Props = { readonly title: string; readonly part: SyncPart; readonly actions?: ReactNode; readonly children: ReactNode };

/** What the screens of sync have around them: their heading and the way between them. */
export function SyncPage({ title, part, actions, children }: Props) {
  const heading = useScreen(title);
  const status = useSync();
  return (
    <Page title={title} headingRef={heading} actions={actions}>
      {status?.connection !== undefined && <SyncTabs part={part} status={status} />}
      {children}
    </Page>
  );
}
