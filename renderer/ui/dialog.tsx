import { Drawer, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import names from './dialog.module.css';

type Props = {
  readonly opened?: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: number;
  /** What closing does, where it is more than closing. */
  readonly closeLabel?: string;
};

/** Where what was in focus before is gone (another screen was chosen), the screen's heading takes it. */
function focusScreen(): void {
  if (document.activeElement === null || document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus();
}

/** Whether a dialog has the focus and keeps it: what comes late behind it (a list, a screen) must not take it away. */
export function isInDialog(): boolean {
  return document.activeElement?.closest('[role="dialog"]:not([data-leaving])') instanceof Element;
}

function Head({ title, onClose, closeLabel = 'Close' }: Pick<Props, 'title' | 'onClose' | 'closeLabel'>) {
  return (
    <div className={names.head}>
      <Modal.Title className={names.title ?? ''}>{title}</Modal.Title>
      <IconButton icon="close" label={closeLabel} keys="Esc" onClick={onClose} />
    </div>
  );
}

/** A question or a form in front of everything; the focus stays in it and goes back where it came from. */
export function Dialog({ opened = true, title, onClose, children, size = 480, closeLabel = 'Close' }: Props) {
  return (
    <Modal.Root
      onExitTransitionEnd={focusScreen}
      opened={opened}
      onClose={onClose}
      size={size}
      centered
      transitionProps={{ duration: 90 }}
      classNames={{ content: names.content ?? '' }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content data-leaving={!opened || undefined}>
        <Head title={title} onClose={onClose} closeLabel={closeLabel} />
        <div className={names.body}>{children}</div>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The same at the right edge, for forms beside which the screen stays in sight. */
export function SideDrawer({ opened = true, title, onClose, children, size = 520, closeLabel = 'Close' }: Props) {
  return (
    <Drawer.Root
      onExitTransitionEnd={focusScreen}
      opened={opened}
      onClose={onClose}
      size={size}
      position="right"
      transitionProps={{ duration: 110 }}
      classNames={{ content: names.content ?? '' }}
    >
      <Drawer.Overlay backgroundOpacity={0.18} />
      <Drawer.Content data-leaving={!opened || undefined}>
        <div className={names.head}>
          <Drawer.Title className={names.title ?? ''}>{title}</Drawer.Title>
          <IconButton icon="close" label={closeLabel} keys="Esc" onClick={onClose} />
        </div>
        <div className={names.body}>{children}</div>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** A dialog without a heading of its own; `label` names it. */
export function BareDialog({ opened, label, onClose, children, size }: Omit<Props, 'title'> & { readonly label: string }) {
  return (
    <Modal.Root
      onExitTransitionEnd={focusScreen}
      opened={opened ?? true}
      onClose={onClose}
      size={size ?? 640}
      yOffset="9vh"
      transitionProps={{ duration: 70 }}
      classNames={{ content: names.bare ?? '' }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={label} data-leaving={opened === false || undefined}>
        {children}
      </Modal.Content>
    </Modal.Root>
  );
}
