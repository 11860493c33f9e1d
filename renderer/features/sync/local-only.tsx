import { Button } from '@mantine/core';
import { EmptyState } from '../../ui/empty-state.tsx';

/** What sync is for, where nobody has connected yet. */
export function LocalOnly() {
  return (
    <EmptyState
      icon="cloud"
      title="Your records are only on this device"
      actions={
        <Button component="a" href="#/sync/connect" variant="filled">
          Connect to a central store
        </Button>
      }
    >
      Connected to your organisation’s central store, you share accounts and engagements with your team, have them on all your devices, and
      get them back if this one is lost. Everything goes on working without a network.
    </EmptyState>
  );
}
