import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';

type Props = {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** The verb on the button: "Delete account", never "OK". */
  readonly verb: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  /** It cannot be done; what stands in the dialog says why. */
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Asks before something that undo alone does not make harmless. */
export function Confirm({ opened, title, children, verb, danger = false, busy = false, disabled = false, onConfirm, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title} closeLabel="Keep as it is">
      {children}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button onClick={onClose}>Keep as it is</Button>
        <Button
          variant="filled"
          {...(danger ? { color: 'red.8', autoContrast: false } : {})}
          loading={busy}
          disabled={disabled}
          onClick={onConfirm}
          data-autofocus
        >
          {verb}
        </Button>
      </Group>
    </Dialog>
  );
}
