import { useState } from 'react';
import type { SyncStatus } from '../features/sync/sync-types.ts';
import { announcementOf } from '../features/sync/sync-words.ts';

/** What has just changed, for those who do not see the footer: trouble, its end, and what waits to be decided; never ordinary traffic. */
export function useSyncNews(status: SyncStatus | undefined): string {
  const [heard, setHeard] = useState<{ readonly status: SyncStatus; readonly words: string }>();
  // while it is at work it may be on its way anywhere; what comes of it counts
  const settled = status !== undefined && status.state !== 'working' ? status : undefined;
  // while rendering, as React advises for state that follows other state
  if (settled !== undefined && settled !== heard?.status)
    setHeard({ status: settled, words: announcementOf(heard?.status, settled) ?? heard?.words ?? '' });
  return heard?.words ?? '';
}
