import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { FailureLike } from './failure.tsx';
import names from './toast.module.css';

/** Says that something was done, with the way back where there is one. Ctrl+Z does the same as the button. */
export function toastDone(message: string, undo?: () => void): void {
  const id = crypto.randomUUID();
  const takeBack = () => {
    notifications.hide(id);
    undo?.();
  };
  notifications.show({
    id,
    autoClose: 7000,
    withBorder: true,
    message: (
      <span className={names.toast}>
        <span>{message}</span>
        {undo !== undefined && (
          <Button size="compact-xs" onClick={takeBack}>
            Undo (Ctrl+Z)
          </Button>
        )}
      </span>
    ),
  });
}

/** Says what went wrong and the way out; stays until it is closed. */
export function toastFailure(failure: FailureLike): void {
  notifications.show({
    autoClose: false,
    color: 'red',
    withBorder: true,
    title: 'That did not work',
    message: [failure.message, failure.details?.wayOut].filter((part) => part !== undefined && part !== '').join(' '),
  });
}
