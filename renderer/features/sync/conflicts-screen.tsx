import { Button } from '@mantine/core';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ConflictList } from './conflict-list.tsx';
import { SyncPage } from './sync-page.tsx';
import { useConflicts } from './use-conflicts.ts';

/** SYN-04: where two people changed the same, side by side, to be settled one by one or several at once. */
export function ConflictsScreen() {
  const { lines, more, error, isOwn, settle } = useConflicts();
  return (
    <SyncPage title="Conflicts" part="/sync/conflicts">
      {error && !lines && <Failure failure={error} />}
      {!lines && !error && <SkeletonLines label="Loading the conflicts" lines={6} />}
      {lines?.length === 0 && (
        <EmptyState
          icon="check"
          title="No conflicts"
          actions={
            <Button component="a" href="#/sync">
              How sync stands
            </Button>
          }
        >
          When you and someone else change the same field without knowing of each other, both texts are kept and you choose here.
        </EmptyState>
      )}
      {lines && lines.length > 0 && (
        <ConflictList lines={lines} isOwn={isOwn} onSettle={(these, choice, value) => void settle(these, choice, value)} />
      )}
      {more > 0 && <p>And {plural(more, 'more conflict')}, which follow as these are settled.</p>}
    </SyncPage>
  );
}
