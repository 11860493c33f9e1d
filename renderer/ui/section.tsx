import { useId, type ReactNode } from 'react';
import names from './section.module.css';

type Props = {
  readonly title: string;
  /** Stands beside the title, for example a count. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly flush?: boolean;
  readonly level?: 2 | 3;
};

/** A titled card. */
export function Section({ title, note, actions, children, flush = false, level = 2 }: Props) {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section aria-labelledby={id} className={names.section}>
      <header className={names.header}>
        <Heading id={id} className={names.title}>
          {title}
        </Heading>
        {note !== undefined && <span className={names.note}>{note}</span>}
        {actions !== undefined && <div className={names.actions}>{actions}</div>}
      </header>
      <div className={flush ? names.flush : names.body}>{children}</div>
    </section>
  );
}
