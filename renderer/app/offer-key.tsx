import { useMemo } from 'react';
import { useActions, type Action } from '../state/actions.ts';
import { useMore } from '../ui/toaster.tsx';
import { useToasts, type Toast } from '../ui/toast.ts';

function Key({ toast }: { readonly toast: Toast }) {
  const more = useMore(toast);
  useActions(
    useMemo<readonly Action[]>(
      () => (more === undefined ? [] : [{ id: 'toast-offer', label: more.label, group: 'Do', icon: 'mail', keys: 'alt+t', run: more.run }]),
      [more],
    ),
  );
  return null;
}

/** What the newest message offers (“Tell 2 guests”) has a key for as long as the message stands. */
export function OfferKey() {
  const offering = useToasts(({ toasts }) => toasts.findLast(({ more }) => more !== undefined));
  return offering ? <Key key={offering.id} toast={offering} /> : null;
}
