import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import names from './side-panel.module.css';

type Props = {
  readonly title: ReactNode;
  readonly label: string;
  readonly width: number;
  readonly onWidth: (width: number) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

/** A panel beside a list that shows the row without leaving the list. Its edge is dragged, or moved with the arrow keys. */
export function SidePanel({ title, label, width, onWidth, onClose, children, actions }: Props) {
  const startDrag = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (next: globalThis.PointerEvent) => onWidth(width + from - next.clientX);
    const end = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: 24, ArrowRight: -24 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onWidth(width + by);
  };
  return (
    <aside
      aria-label={label}
      className={names.panel}
      style={{ width }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the panel"
        aria-valuenow={width}
        aria-valuemin={280}
        aria-valuemax={640}
        tabIndex={0}
        className={names.edge}
        onPointerDown={startDrag}
        onKeyDown={onKeyDown}
      />
      <header className={names.header}>
        <h2 className={names.title}>{title}</h2>
        {actions}
        <IconButton icon="close" label="Close the panel" keys="Esc" onClick={onClose} />
      </header>
      {/* scrolls with the keyboard too */}
      <div className={names.body} tabIndex={0} role="region" aria-label={`${label}, content`}>
        {children}
      </div>
    </aside>
  );
}
