import { useCommand } from '../../data/use-command.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { toastDone } from '../../ui/toast.ts';
import type { SyncStatus } from './sync-types.ts';

type Props = { readonly status: SyncStatus; readonly onClose: () => void };

/** Says what stays here and what has not been sent, before the device is signed out. */
export function SignOutDialog({ status: { connection, pending }, onClose }: Props) {
  const { run, busy, error } = useCommand('sync.signOut');
  return (
    <Confirm
      opened
      title={`Sign out of ${connection?.tenant ?? 'the central store'}?`}
      verb="Sign out"
      busy={busy}
      onClose={onClose}
      onConfirm={() =>
        run({}, () => {
          toastDone('Signed out. Everything that was here is still here.');
          onClose();
        })
      }
    >
      {error && <Failure failure={error} />}
      <p>All records stay on this device, and you can go on working with them. Nothing is sent or fetched until you sign in again.</p>
      <p>
        For that you need your password, and a code for this device as the first time. A code is given by another device of yours, or by an
        administrator.
      </p>
      {pending > 0 && (
        <p>
          <strong>{plural(pending, 'change')} not sent yet</strong> {pending === 1 ? 'stays' : 'stay'} here too and{' '}
          {pending === 1 ? 'goes' : 'go'} up after you sign in again.
        </p>
      )}
    </Confirm>
  );
}
