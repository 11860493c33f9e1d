import { Progress } from '@mantine/core';
import type { SyncStatus } from './sync-types.ts';
import { percentOf } from './sync-words.ts';

/** How much of the records has come (SYN-07). */
export function FirstLoad({ progress }: Pick<SyncStatus, 'progress'>) {
  const percent = percentOf(progress);
  return (
    <Progress
      value={percent ?? 100}
      animated={percent === undefined}
      size="lg"
      aria-label="Records loaded"
      {...(percent === undefined ? { 'aria-valuetext': 'Starting' } : {})}
    />
  );
}
