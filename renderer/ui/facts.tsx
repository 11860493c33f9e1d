import type { ReactNode } from 'react';
import names from './facts.module.css';

export type Fact = { readonly label: string; readonly value: ReactNode };

/** Label and value pairs in a row or in columns. */
export function Facts({ facts, layout = 'row' }: { facts: readonly Fact[]; layout?: 'row' | 'column' }) {
  return (
    <dl className={layout === 'row' ? names.row : names.column}>
      {facts.map(({ label, value }) => (
        <div key={label} className={names.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
