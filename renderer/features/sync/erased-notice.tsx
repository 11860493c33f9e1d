import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { erasePage, isPageErased } from '../../state/erase-page.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatInstant } from '../../ui/format.ts';

type Props = {
  readonly erased: NonNullable<Output<'sync.erased'>['erased']>;
  /** Draws the page anew: what it still has in memory goes with the old one. */
  readonly reload?: () => void;
};

/** At the first screen: the record that was open is gone. */
function again(): void {
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  location.reload();
}

/** S15: says that this device was erased, and on whose behalf; first the page forgets what it keeps by itself. */
export function ErasedNotice({ erased, reload = again }: Props) {
  const { asked, tenant, login, server } = erased;
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const { send } = useCommand('sync.pageErased');
  const { run, busy } = useCommand('sync.readErased');
  const isDone = isPageErased(asked);
  useEffect(() => {
    // what fails is tried again at the next start
    if (!isDone) void erasePage(asked).then(reload, () => undefined);
    else if (!erased.isPageErased) void send({}).catch(() => undefined);
  }, [isDone, asked, erased.isPageErased, reload, send]);
  if (!isDone) return null;
  const close = (): void => {
    void send({})
      .then(() => run({}))
      .catch(() => undefined);
  };
  return (
    <Dialog title="This device was erased" onClose={close}>
      <p>
        On {formatInstant(asked, timeZone)} your organisation ({tenant}, {server}) had this device of {login} signed off and erased.
      </p>
      <p>
        Nothing of that workspace is on this device any more: no records, no files, no drafts, no way to sign in. What had been done here
        and not sent is lost. Satchel starts empty; to connect this device again you need a new code.
      </p>
      <Group justify="flex-end" mt="md">
        <Button variant="filled" onClick={close} loading={busy} data-autofocus>
          Start empty
        </Button>
      </Group>
    </Dialog>
  );
}
