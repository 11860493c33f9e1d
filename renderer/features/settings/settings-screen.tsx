import { Button, Checkbox, NativeSelect, SegmentedControl, Select, TextInput, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useMe } from '../../data/use-me.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace, type WorkspaceStatus } from '../../data/use-workspace.ts';
import { useLayout } from '../../state/layout.ts';
import { useScreen } from '../../state/screen.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { BackgroundSettings } from './background-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import names from './settings.module.css';
import { OwnReminders } from './own-reminders.tsx';
import { SyncSection } from './sync-section.tsx';

const CURRENCIES = Intl.supportedValuesOf('currency');
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Settings of the workspace: for everyone who works with these records. */
function Workspace({ status }: { status: WorkspaceStatus }) {
  const { settings } = status;
  const me = useMe();
  const mayChange = me?.settings !== false;
  const { run, error } = useCommand('workspace.set');
  const { toastSaved } = useUndo();
  const users = useLive('records.list', {
    table: 'user',
    sort: [{ field: 'name', direction: 'up' }],
    window: { offset: 0, limit: 500 },
  }).data;
  const [asked, setAsked] = useState<string>();
  const person = (id: string | undefined) => users?.rows.find(({ row }) => row.id === id);
  const nameOf = (id: string | undefined) => person(id)?.label ?? 'this person';
  const administrates = (id: string) => {
    const roles = person(id)?.row['roles'];
    return Array.isArray(roles) && roles.includes('administrator');
  };
  const set = (key: string, value: string | null, what: string) =>
    run({ key, value }, ({ changeSetId }) => toastSaved(`${what} set`, changeSetId));
  return (
    <Section title="Workspace" note="for everyone who works with these records">
      {error && <Failure failure={error} />}
      {!mayChange && <p>Only administrators change these.</p>}
      <fieldset disabled={!mayChange} className={names.fields}>
        <TextInput
          label="Name"
          key={settings.workspaceName}
          defaultValue={settings.workspaceName}
          onBlur={(event) => {
            const name = event.currentTarget.value.trim();
            if (name !== '' && name !== settings.workspaceName) set('workspaceName', name, 'Name');
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        <Select
          size="xs"
          label="Currency"
          description="Of amounts without one, and first in sums"
          data={CURRENCIES}
          searchable
          allowDeselect={false}
          value={settings.currency}
          onChange={(value) => {
            if (value !== null && value !== settings.currency) set('currency', value, 'Currency');
          }}
        />
        <Select
          size="xs"
          label="Time zone"
          description="Decides which day it is and when weeks begin"
          data={[...new Set([settings.timeZone, ...ZONES])]}
          searchable
          allowDeselect={false}
          value={settings.timeZone}
          onChange={(value) => {
            if (value !== null && value !== settings.timeZone) set('timeZone', value, 'Time zone');
          }}
        />
        <NativeSelect
          label="You are"
          description="Whose name stands at changes, and what “assigned to me” means"
          value={settings.currentUser ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            // whoever has no right to settings could not take it back
            if (me?.open === false && value !== '' && !administrates(value)) setAsked(value);
            else set('currentUser', value === '' ? null : value, 'Person');
          }}
        >
          <option value="">No one in particular</option>
          {users?.rows.map(({ row, label }) => (
            <option key={row.id} value={row.id}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </fieldset>
      <Confirm
        opened={asked !== undefined}
        title={`Be ${nameOf(asked)} on this device?`}
        verb={`Be ${nameOf(asked)}`}
        onClose={() => setAsked(undefined)}
        onConfirm={() => {
          if (asked !== undefined) set('currentUser', asked, 'Person');
          setAsked(undefined);
        }}
      >
        <p>
          From then on this device shows and allows only what {nameOf(asked)} may see and do, and only an administrator can change who it
          is. To look at Satchel with other eyes for a while, use “See as” on the page People.
        </p>
      </Confirm>
    </Section>
  );
}

/** Settings of this device: how it looks and which keys it hears. */
function Device() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, setDensity, singleKeys, setSingleKeys } = useLayout();
  return (
    <Section title="This device" note="only here">
      <div className={names.choices}>
        <span id="set-colours">Colours</span>
        <SegmentedControl
          aria-labelledby="set-colours"
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'dark' || value === 'light' ? value : 'auto')}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'auto', label: 'As the system' },
          ]}
        />
        <span id="set-rows">Rows</span>
        <SegmentedControl
          aria-labelledby="set-rows"
          value={density}
          onChange={(value) => setDensity(value === 'compact' ? 'compact' : 'comfortable')}
          data={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
        <span>Keys</span>
        <Checkbox
          label="Single keys work (such as G then P, or ?)"
          description="Switch this off if you use speech input or if keys fire by accident. Ctrl and Alt combinations always work."
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        <span>Reminders</span>
        <BackgroundSettings />
      </div>
    </Section>
  );
}

export function SettingsScreen() {
  const heading = useScreen('Settings');
  const status = useWorkspace();
  return (
    <Page title="Settings" headingRef={heading}>
      <div className={names.sections}>
        {status ? <Workspace status={status} /> : <SkeletonLines label="Loading the settings" lines={5} />}
        <Section title="People" note="for everyone who works with these records">
          <p>Users, whom they report to, their roles, and what each role may do.</p>
          <Button component="a" href="#/settings/people" size="compact-sm">
            People
          </Button>
        </Section>
        <LimitsSection />
        <Section title="Choice lists" note="for everyone who works with these records">
          <p>Add, rename, order and retire what can be chosen in records: categories, types, roles and more.</p>
          <Button component="a" href="#/settings/choices" size="compact-sm">
            Choice lists
          </Button>
        </Section>
        <OwnReminders />
        <SyncSection />
        <Device />
        {status && (
          <Section title="Storage">
            <p>{status.storage.message}</p>
            <Facts
              facts={[
                ...(status.storage.usedBytes === undefined ? [] : [{ label: 'Used', value: formatBytes(status.storage.usedBytes) }]),
                ...(status.storage.freeBytes === undefined ? [] : [{ label: 'Free', value: formatBytes(status.storage.freeBytes) }]),
              ]}
            />
          </Section>
        )}
      </div>
    </Page>
  );
}
