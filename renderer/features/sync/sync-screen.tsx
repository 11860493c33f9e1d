import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSync } from '../../data/use-sync.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { AccountSection } from './account-section.tsx';
import { DeletionQuestion } from './deletion-question.tsx';
import { LocalOnly } from './local-only.tsx';
import { PendingSection } from './pending-section.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';
import { StateSection } from './state-section.tsx';
import { SyncPage } from './sync-page.tsx';
import names from './sync.module.css';

/** SYN-12: how this device stands with the central store, what waits, and what to do about what is wrong. */
export function SyncScreen() {
  const status = useSync();
  const [signingOut, setSigningOut] = useState(false);
  const isSignedIn = status?.connection !== undefined && status.state !== 'signed-out';
  return (
    <SyncPage title="Sync" part="/sync" actions={isSignedIn && <Button onClick={() => setSigningOut(true)}>Sign out</Button>}>
      {status === undefined && <SkeletonLines label="Asking how things stand" lines={5} />}
      {status?.state === 'local' && <LocalOnly />}
      {status !== undefined && status.state !== 'local' && (
        <div className={names.sections}>
          {status.deletions !== undefined && <DeletionQuestion deletions={status.deletions} />}
          <StateSection status={status} />
          <PendingSection count={status.pending} />
          {status.connection && <AccountSection connection={status.connection} />}
        </div>
      )}
      {signingOut && status && <SignOutDialog status={status} onClose={() => setSigningOut(false)} />}
    </SyncPage>
  );
}
