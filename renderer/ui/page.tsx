import type { ReactNode, Ref } from 'react';
import names from './page.module.css';

type Props = {
  readonly title: ReactNode;
  readonly headingRef?: Ref<HTMLHeadingElement>;
  /** Above the title: where this belongs. */
  readonly context?: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The screen fills the window and its parts scroll by themselves. */
  readonly fixed?: boolean;
};

/** A screen: heading, actions, content. */
export function Page({ title, headingRef, context, note, actions, children, fixed = false }: Props) {
  return (
    <div className={fixed ? names.fixed : names.page}>
      <header className={names.header}>
        <div className={names.titles}>
          {context !== undefined && <div className={names.context}>{context}</div>}
          <h1 ref={headingRef} tabIndex={-1} className={names.title}>
            {title}
          </h1>
        </div>
        {note !== undefined && <div className={names.note}>{note}</div>}
        {actions !== undefined && <div className={names.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
