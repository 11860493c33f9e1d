import { Button } from '@mantine/core';
import { useState } from 'react';
import { asAppError, useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useNow } from '../../state/use-now.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { toastDone, toastFailure } from '../../ui/toast.ts';
import { useWorld } from '../common/use-form-world.ts';
import { EditRefused } from './edit-refused.tsx';
import { editableRecord } from './refused-draft.ts';
import { RefusedCard } from './refused-card.tsx';
import { SyncPage } from './sync-page.tsx';
import type { Refused } from './sync-types.ts';
import { momentWords } from './sync-words.ts';
import names from './sync.module.css';

function useRefused() {
  const { data, error } = useLive('sync.refused', {});
  const retry = useCommand('sync.retry');
  const discard = useCommand('sync.discard');
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const during = async (ids: readonly string[], work: () => Promise<{ readonly done: number }>, words: (done: number) => string) => {
    setBusy((before) => new Set([...before, ...ids]));
    try {
      toastDone(words((await work()).done));
    } catch (thrown) {
      toastFailure(asAppError(thrown));
    } finally {
      setBusy((before) => new Set([...before].filter((id) => !ids.includes(id))));
    }
  };
  return {
    deeds: data?.deeds,
    error,
    busy,
    retry: (ids: readonly string[]) =>
      during(
        ids,
        () => retry.send({ ids: [...ids] }),
        (done) => (done === 0 ? 'Nothing could be done again.' : `${plural(done, 'change')} done again, on the way to the central store.`),
      ),
    discard: (ids: readonly string[]) =>
      during(
        ids,
        () => discard.send({ ids: [...ids] }),
        (done) => `${plural(done, 'refused change')} discarded.`,
      ),
  };
}

/** SYN-05: what the central store did not take, with the reason and the person's own text, until it is edited, done again or discarded. */
export function RefusedScreen() {
  const { deeds, error, busy, retry, discard } = useRefused();
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const now = useNow(60_000);
  const world = useWorld(undefined);
  const [discarding, setDiscarding] = useState<readonly Refused[]>();
  const [editing, setEditing] = useState<Refused>();
  const edited = editing && editableRecord(editing);
  return (
    <SyncPage
      title="Refused changes"
      part="/sync/refused"
      actions={
        deeds &&
        deeds.length > 1 && (
          <>
            <Button onClick={() => void retry(deeds.map(({ id }) => id))}>Try all again</Button>
            <Button onClick={() => setDiscarding(deeds)}>Discard all…</Button>
          </>
        )
      }
    >
      {error && !deeds && <Failure failure={error} />}
      {!deeds && !error && <SkeletonLines label="Loading what was refused" lines={6} />}
      {deeds?.length === 0 && (
        <EmptyState
          icon="check"
          title="Nothing was refused"
          actions={
            <Button component="a" href="#/sync">
              How sync stands
            </Button>
          }
        >
          When the central store does not take a change of yours, it stands here with the reason and everything you had written.
        </EmptyState>
      )}
      {deeds && deeds.length > 0 && (
        <FormWorldContext value={world}>
          <div className={names.list}>
            <p className={names.quiet}>The central store did not take these. Nothing of what you wrote is lost until you discard it.</p>
            {deeds.map((deed) => (
              <RefusedCard
                key={deed.id}
                deed={deed}
                when={momentWords(deed.at, now, timeZone)}
                isBusy={busy.has(deed.id)}
                onEdit={editableRecord(deed) && (() => setEditing(deed))}
                onRetry={() => void retry([deed.id])}
                onDiscard={() => setDiscarding([deed])}
              />
            ))}
          </div>
        </FormWorldContext>
      )}
      {discarding && (
        <Confirm
          opened
          danger
          title={discarding.length === 1 ? 'Discard this change?' : `Discard ${plural(discarding.length, 'change')}?`}
          verb="Discard"
          onClose={() => setDiscarding(undefined)}
          onConfirm={() => {
            void discard(discarding.map(({ id }) => id));
            setDiscarding(undefined);
          }}
        >
          <p>What you had written in it is gone then. The records stay as they are in the central store.</p>
        </Confirm>
      )}
      {editing && edited && (
        <EditRefused
          key={editing.id}
          deed={editing}
          table={edited.table}
          id={edited.id}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            void discard([editing.id]);
          }}
        />
      )}
    </SyncPage>
  );
}
