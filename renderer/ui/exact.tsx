import type { ReactNode } from 'react';
import names from './exact.module.css';

/**
 * A rounded figure with its exact value: screen readers read the exact one, the mouse finds it as a hint, and the keyboard sees it in the
 * figure's place as soon as the link or row around it has the focus.
 */
export function Exact({ exact, children }: { readonly exact: string; readonly children: ReactNode }) {
  return (
    <span className={names.both}>
      <span className={names.rounded} title={exact} aria-hidden="true">
        {children}
      </span>
      <span className={names.exact}>{exact}</span>
    </span>
  );
}
