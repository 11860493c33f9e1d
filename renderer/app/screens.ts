import type { IconName } from '../ui/icon-paths.ts';

export type Screen = {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  readonly keys: string;
  readonly words: string;
};

/** The screens of the rail, in its order. */
export const SCREENS: readonly Screen[] = [
  { path: '/today', label: 'Today', icon: 'check', keys: 'g t', words: 'my day todo do now home' },
  { path: '/work', label: 'My work', icon: 'list', keys: 'g w', words: 'activities playbooks tasks due mine' },
  { path: '/planner', label: 'Planner', icon: 'calendar', keys: 'g c', words: 'calendar week month touchpoints meetings cadence' },
  { path: '/mails', label: 'Mails', icon: 'mail', keys: 'g m', words: 'email outbox drafts compose sent received inbox send' },
  { path: '/portfolio', label: 'Portfolio', icon: 'portfolio', keys: 'g p', words: 'engagements health dashboard home' },
  { path: '/risks', label: 'Risks', icon: 'risks', keys: 'g r', words: 'signals issues' },
  { path: '/records', label: 'Records', icon: 'records', keys: 'g l', words: 'lists tables accounts contacts' },
  { path: '/search', label: 'Search', icon: 'search', keys: 'g f', words: 'find everything notes files' },
  { path: '/import', label: 'Import', icon: 'import', keys: 'g i', words: 'csv xlsx files upload' },
  { path: '/definitions', label: 'Definitions', icon: 'definitions', keys: 'g d', words: 'health scores risk rules bands data sources' },
  { path: '/playbooks', label: 'Playbooks', icon: 'template', keys: 'g b', words: 'design steps activities versions' },
  {
    path: '/sync',
    label: 'Sync',
    icon: 'cloud',
    keys: 'g y',
    words: 'central store server sign in login offline conflicts refused devices connect team',
  },
  { path: '/settings', label: 'Settings', icon: 'settings', keys: 'g s', words: 'currency time zone theme preferences' },
];
