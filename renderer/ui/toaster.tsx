import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icon.tsx';
import { dismissToast, useToasts, type More, type Toast } from './toast.ts';
import names from './toaster.module.css';

const SHOWN_MS = 8000;
/** What asks for an answer stays longer. */
const OFFERED_MS = 20_000;

/** What a message offers; taking it up closes the message. */
export function useMore({ id, more }: Toast): More | undefined {
  return useMemo(
    () =>
      more && {
        label: more.label,
        run: () => {
          dismissToast(id);
          more.run();
        },
      },
    [id, more],
  );
}

function Message({ toast }: { toast: Toast }) {
  // neither the pointer over it nor the focus in it lets it go away (WCAG 2.2.1)
  const [held, setHeld] = useState(false);
  const stays = held || toast.kind === 'failed';
  const more = useMore(toast);
  const offers = more !== undefined;
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(() => dismissToast(toast.id), offers ? OFFERED_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stays, offers, toast.id]);
  return (
    <li
      className={names.toast}
      data-kind={toast.kind}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={toast.kind === 'failed' ? 'risks' : 'check'} />
      <span className={names.message}>{toast.message}</span>
      {more !== undefined && (
        <Button size="compact-xs" variant="filled" title={`${more.label} (Alt+T)`} onClick={more.run}>
          {more.label}
        </Button>
      )}
      {toast.undo !== undefined && (
        <Button
          size="compact-xs"
          title="Ctrl+Z does the same"
          onClick={() => {
            dismissToast(toast.id);
            toast.undo?.();
          }}
        >
          Undo
        </Button>
      )}
      <IconButton icon="close" size={24} label="Close the message" onClick={() => dismissToast(toast.id)} />
    </li>
  );
}

/** Where messages appear. The lists are always there, so that screen readers hear what is put in. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  const list = (kind: Toast['kind'], live: 'polite' | 'assertive') => (
    <ul aria-live={live} aria-relevant="additions" className={names.list}>
      {toasts
        .filter((toast) => toast.kind === kind)
        .map((toast) => (
          <Message key={toast.id} toast={toast} />
        ))}
    </ul>
  );
  return (
    <section aria-label="Messages" className={names.toaster}>
      {list('failed', 'assertive')}
      {list('done', 'polite')}
    </section>
  );
}
