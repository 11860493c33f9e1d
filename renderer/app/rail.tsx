import { useRouterState } from '@tanstack/react-router';
import { Tooltip } from '@mantine/core';
import { tableOf } from '#shared/model/dictionary.ts';
import { keyWords } from '../state/keys.ts';
import { useLayout } from '../state/layout.ts';
import { lastAddress } from '../state/places.ts';
import { RAIL_TABLES, recordIcon } from '../state/record-icons.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import names from './rail.module.css';
import { SCREENS } from './screens.ts';

type ItemProps = {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  readonly hint: string;
  readonly current: boolean;
  readonly sub?: boolean;
};

function Item({ path, label, icon, hint, current, sub = false }: ItemProps) {
  const closed = useLayout((layout) => layout.railClosed);
  return (
    <Tooltip label={hint} position="right" disabled={!closed && hint === label}>
      <a
        // to where the screen was left, with its filter and sort
        href={`#${current ? path : (lastAddress(path) ?? path)}`}
        className={names.item}
        data-sub={sub || undefined}
        aria-current={current ? 'page' : undefined}
        aria-label={closed ? label : undefined}
      >
        <Icon name={icon} size={sub ? 15 : 17} />
        <span className={names.label}>{label}</span>
      </a>
    </Tooltip>
  );
}

/** The way to every screen. */
export function Rail() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const closed = useLayout((layout) => layout.railClosed);
  const isIn = (screen: string) =>
    path === screen || path.startsWith(`${screen}/`) || (screen === '/portfolio' && path.startsWith('/engagement/'));
  const isRecordList = RAIL_TABLES.some((table) => path.startsWith(`/records/${table}`));
  return (
    <nav aria-label="Screens" className={names.rail} data-closed={closed || undefined}>
      <a href="#/portfolio" className={names.brand} aria-label="Satchel, portfolio">
        <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
          <rect x="3" y="10" width="26" height="18" rx="4" fill="currentColor" />
          <path d="M11 10V8a5 5 0 0 1 10 0v2" fill="none" stroke="currentColor" strokeWidth="2.6" />
          <path d="M3 15c8 5 18 5 26 0" fill="none" stroke="var(--rail)" strokeWidth="2" />
          <rect x="13" y="16" width="6" height="6" rx="1.5" fill="var(--rail)" />
        </svg>
        <span className={names.label}>Satchel</span>
      </a>
      <ul>
        {SCREENS.map((screen) => (
          <li key={screen.path}>
            <Item
              path={screen.path}
              label={screen.label}
              icon={screen.icon}
              hint={`${screen.label} (${keyWords(screen.keys)})`}
              current={isIn(screen.path) && !(screen.path === '/records' && isRecordList)}
            />
            {screen.path === '/records' && (
              <ul className={names.subs}>
                {RAIL_TABLES.map((table) => (
                  <li key={table}>
                    <Item
                      path={`/records/${table}`}
                      label={tableOf(table).plural}
                      icon={recordIcon(table)}
                      hint={tableOf(table).plural}
                      current={path.startsWith(`/records/${table}`)}
                      sub
                    />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
