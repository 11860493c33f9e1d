import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import names from './states.module.css';

type Props = { readonly icon?: IconName; readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode };

/** Says why there is nothing and what to do about it. */
export function EmptyState({ icon = 'list', title, children, actions }: Props) {
  return (
    <div className={names.empty}>
      <span className={names.emptyIcon}>
        <Icon name={icon} size={26} />
      </span>
      <p className={names.emptyTitle}>{title}</p>
      {children !== undefined && <div className={names.emptyText}>{children}</div>}
      {actions !== undefined && <div className={names.actions}>{actions}</div>}
    </div>
  );
}
