import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useLive } from '../../data/use-live.ts';
import { useSync } from '../../data/use-sync.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { toastDone } from '../../ui/toast.ts';
import { ConnectForm } from './connect-form.tsx';
import { countAll } from './connect-words.ts';
import names from './sync.module.css';

/** SYN-11: connects this device to a central store, or signs it in again. */
export function ConnectScreen() {
  const status = useSync();
  const counts = useLive('records.counts', {}).data?.counts;
  const isAgain = status?.connection !== undefined;
  const title = isAgain ? 'Sign in' : 'Connect to a central store';
  const heading = useScreen(title);
  const navigate = useNavigate();
  const isSignedIn = status?.connection !== undefined && status.state !== 'signed-out' && status.problem?.code !== 'unauthorized';
  return (
    <Page title={title} headingRef={heading} context={<a href="#/sync">Sync</a>}>
      {(status === undefined || counts === undefined) && <SkeletonLines label="Asking how things stand" lines={5} />}
      {isSignedIn && (
        <EmptyState
          icon="check"
          title={`This device is connected to ${status.connection?.tenant ?? 'a central store'}`}
          actions={
            <Button component="a" href="#/sync" variant="filled">
              How it stands
            </Button>
          }
        >
          To connect it as someone else, sign out first.
        </EmptyState>
      )}
      {status !== undefined && counts !== undefined && !isSignedIn && (
        <div className={names.sections}>
          <Section title={isAgain ? 'Go on where you were' : 'Who you are there'}>
            <ConnectForm
              known={status.connection}
              records={countAll(counts)}
              pending={status.pending}
              onDone={() => {
                toastDone('Signed in. Records come and go by themselves from now on.');
                void navigate({ to: '/sync' });
              }}
            />
          </Section>
        </div>
      )}
    </Page>
  );
}
