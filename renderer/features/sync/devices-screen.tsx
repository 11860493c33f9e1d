import { Button } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useSync } from '../../data/use-sync.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useNow } from '../../state/use-now.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { toastDone } from '../../ui/toast.ts';
import { NewDevice } from './new-device.tsx';
import { SyncPage } from './sync-page.tsx';
import type { Device } from './sync-types.ts';
import { momentWords } from './sync-words.ts';
import names from './sync.module.css';

type RevokeProps = { readonly device: Device; readonly onDone: () => void; readonly onClose: () => void };

function RevokeDialog({ device, onDone, onClose }: RevokeProps) {
  const { run, busy, error } = useCommand('sync.revokeDevice');
  return (
    <Confirm
      opened
      danger
      title={`Sign off ${device.name}?`}
      verb="Sign it off"
      busy={busy}
      onClose={onClose}
      onConfirm={() =>
        run({ device: device.id }, () => {
          toastDone(`${device.name} is signed off.`);
          onDone();
        })
      }
    >
      {error && <Failure failure={error} />}
      <p>
        It can no longer fetch or send anything. What was changed there and not sent stays there. To use it again, it has to be connected
        anew with a code.
      </p>
    </Confirm>
  );
}

function EraseDialog({ device, onDone, onClose }: RevokeProps) {
  const { run, busy, error } = useCommand('sync.eraseDevice');
  return (
    <Confirm
      opened
      danger
      title={`Erase ${device.name}?`}
      verb="Erase it"
      busy={busy}
      onClose={onClose}
      onConfirm={() =>
        run({ device: device.id }, () => {
          toastDone(`${device.name} erases itself when it is in touch next.`);
          onDone();
        })
      }
    >
      {error && <Failure failure={error} />}
      <p>
        It is signed off at once. When it is in touch next, it erases everything that Satchel keeps there: records, files, drafts and the
        way to sign in. <strong>What was done there and not sent is lost.</strong> This cannot be taken back. Until it is in touch, what it
        has stays there; files that were saved elsewhere stay in any case.
      </p>
    </Confirm>
  );
}

/** How it stands with a device that is not in use any more. */
function endOf({ revoked, eraseAsked, erased }: Device, timeZone: string): string | undefined {
  if (erased !== undefined) return `Erased on ${formatInstant(erased, timeZone)}`;
  if (eraseAsked !== undefined) return 'To be erased';
  return revoked ? 'Signed off' : undefined;
}

type TableProps = {
  readonly devices: readonly Device[];
  readonly now: number;
  readonly timeZone: string;
  readonly onRevoke: (device: Device) => void;
  readonly onErase: (device: Device) => void;
};

function DeviceTable({ devices, now, timeZone, onRevoke, onErase }: TableProps) {
  return (
    <div className={names.scroll} role="region" aria-label="Devices" tabIndex={0}>
      <table className={names.table}>
        <thead>
          <tr>
            <th scope="col">Device</th>
            <th scope="col">Last in touch</th>
            <th scope="col">
              <span className={names.hidden}>Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <tr key={device.id}>
              <th scope="row">
                <span className={names.device}>
                  <Icon name="laptop" />
                  {device.name}
                  {device.current && <span className={names.chip}>This device</span>}
                  {device.revoked && (
                    <span className={names.chip} data-off>
                      {endOf(device, timeZone)}
                    </span>
                  )}
                </span>
              </th>
              <td>{momentWords(device.lastSeen, now, timeZone)}</td>
              <td className={names.end}>
                {!device.current && !device.revoked && (
                  <Button size="compact-sm" aria-label={`Sign off ${device.name}`} onClick={() => onRevoke(device)}>
                    Sign off
                  </Button>
                )}{' '}
                {!device.current && device.eraseAsked === undefined && (
                  <Button size="compact-sm" aria-label={`Erase ${device.name}`} onClick={() => onErase(device)}>
                    Erase
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Devices() {
  const { data, error } = useLive('sync.devices', {});
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const now = useNow(60_000);
  const [revoking, setRevoking] = useState<Device>();
  // known here before the list is fetched anew
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [erasing, setErasing] = useState<Device>();
  const [toErase, setToErase] = useState<ReadonlyMap<string, string>>(new Map());
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading your devices" lines={4} />;
  if (!data.reached)
    return (
      <EmptyState icon="cloudOff" title="Your devices cannot be listed right now">
        The list is kept in the central store, which does not answer. It appears here as soon as it does.
      </EmptyState>
    );
  // signed-off ones last; this device first
  const rank = ({ current, revoked }: Device) => (current ? 0 : revoked ? 2 : 1);
  const devices = data.devices
    .map((device) => (gone.has(device.id) ? { ...device, revoked: true } : device))
    .map((device) => {
      const asked = toErase.get(device.id);
      return asked === undefined ? device : { eraseAsked: asked, ...device, revoked: true };
    })
    .toSorted((a, b) => rank(a) - rank(b) || b.lastSeen.localeCompare(a.lastSeen));
  return (
    <div className={names.sections}>
      <Section title="Your devices" note={plural(devices.length, 'device')} flush>
        <DeviceTable devices={devices} now={now} timeZone={timeZone} onRevoke={setRevoking} onErase={setErasing} />
      </Section>
      <NewDevice />
      <p className={names.quiet}>
        Lost a device? Sign it off here: it can then neither fetch nor send. Erase it, and it removes what it has, too.
      </p>
      {erasing && (
        <EraseDialog
          device={erasing}
          onDone={() => {
            setToErase(new Map([...toErase, [erasing.id, new Date(now).toISOString()]]));
            setErasing(undefined);
          }}
          onClose={() => setErasing(undefined)}
        />
      )}
      {revoking && (
        <RevokeDialog
          device={revoking}
          onDone={() => {
            setGone(new Set([...gone, revoking.id]));
            setRevoking(undefined);
          }}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </div>
  );
}

/** SYN-11: the person's devices, and how to sign one off. */
export function DevicesScreen() {
  const status = useSync();
  return (
    <SyncPage title="Devices" part="/sync/devices">
      {status === undefined ? (
        <SkeletonLines label="Asking how things stand" lines={4} />
      ) : status.connection === undefined || status.state === 'signed-out' ? (
        <EmptyState
          icon="laptop"
          title="Sign in to see your devices"
          actions={
            <Button component="a" href="#/sync/connect" variant="filled">
              Sign in
            </Button>
          }
        >
          The central store knows which devices are yours.
        </EmptyState>
      ) : (
        <Devices />
      )}
    </SyncPage>
  );
}
