import { formatNumber } from '../../ui/format.ts';
import names from './sync.module.css';
import type { SyncStatus } from './sync-types.ts';

/** The parts of the sync screens, each at an address of its own. */
const PARTS = {
  '/sync': { label: 'Overview', countOf: () => 0 },
  '/sync/conflicts': { label: 'Conflicts', countOf: ({ conflicts }: SyncStatus) => conflicts },
  '/sync/refused': { label: 'Refused changes', countOf: ({ refused }: SyncStatus) => refused },
  '/sync/devices': { label: 'Devices', countOf: () => 0 },
} as const;
export type SyncPart = keyof typeof PARTS;

/** The way from one part to another, with what waits in each. */
export function SyncTabs({ part, status }: { readonly part: SyncPart; readonly status: SyncStatus }) {
  return (
    <nav aria-label="Parts of sync" className={names.tabs}>
      {Object.entries(PARTS).map(([path, { label, countOf }]) => {
        const count = countOf(status);
        return (
          <a key={path} href={`#${path}`} className={names.tab} aria-current={path === part ? 'page' : undefined}>
            {label}
            {count > 0 && <span className={names.count}>{formatNumber(count, 0)}</span>}
          </a>
        );
      })}
    </nav>
  );
}
