import { Button } from '@mantine/core';
import { useSync } from '../../data/use-sync.ts';
import { Section } from '../../ui/section.tsx';
import { lookOf } from '../sync/sync-words.ts';

/** The way to the central store, and how things stand with it. */
export function SyncSection() {
  const status = useSync();
  if (status === undefined) return null;
  const needsSignIn = status.state === 'local' || status.state === 'signed-out';
  return (
    <Section title="Central store" note={status.connection === undefined ? undefined : status.connection.server}>
      <p>{lookOf(status).sentence}</p>
      <Button component="a" href={needsSignIn ? '#/sync/connect' : '#/sync'} size="compact-sm">
        {status.state === 'local' ? 'Connect' : needsSignIn ? 'Sign in' : 'Sync and devices'}
      </Button>
    </Section>
  );
}
