import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/section.tsx';
import type { SyncStatus } from './sync-types.ts';

/** With which store, and as whom, this device is connected. */
export function AccountSection({ connection }: { readonly connection: NonNullable<SyncStatus['connection']> }) {
  const { server, tenant, login, deviceName } = connection;
  return (
    <Section title="Connection">
      <Facts
        facts={[
          { label: 'Central store', value: server },
          { label: 'Organisation', value: tenant },
          { label: 'Signed in as', value: login },
          { label: 'This device is called', value: deviceName },
        ]}
      />
    </Section>
  );
}
