import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { ACTIVITY_KINDS, activityKinds, type ActivityKind } from '#shared/domain/activity/activity-kinds.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { dateOfInstant } from '#shared/util/calendar-days.ts';
import { useActivity, type ActivityEntry } from '../../data/use-activity.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useLayout } from '../../state/layout.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate } from '../../ui/format.ts';
import { FormWorldContext, useFormWorld } from '../../ui/record-form/form-world.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StreamEntry } from './stream-entry.tsx';
import names from './stream.module.css';

function Kinds() {
  const { streamOnly, setStreamOnly } = useLayout();
  const toggle = (kind: ActivityKind) =>
    setStreamOnly(streamOnly.includes(kind) ? streamOnly.filter((other) => other !== kind) : [...streamOnly, kind]);
  return (
    <div role="group" aria-label="Show only" className={names.kinds}>
      {activityKinds.map((kind) => (
        <button key={kind} type="button" className={names.kind} aria-pressed={streamOnly.includes(kind)} onClick={() => toggle(kind)}>
          {ACTIVITY_KINDS[kind]}
        </button>
      ))}
    </div>
  );
}

/** Who changed what, when, from what to what; comments, work notes; each step can be taken back. */
export function Stream({ table, id }: { readonly table: TableName; readonly id: string }) {
  const only = useLayout((layout) => layout.streamOnly);
  const { entries, refs, hasMore, older, busy, error } = useActivity(table, id, only);
  const world = useFormWorld();
  const { undo } = useUndo();
  const [asked, setAsked] = useState<ActivityEntry>();
  const named = useMemo(
    () => ({ ...world, nameOf: (of: TableName, key: string) => refs[key]?.label ?? world.nameOf(of, key) }),
    [world, refs],
  );
  const takeBack = useCallback((entry: ActivityEntry) => setAsked(entry), []);
  const { timeZone, today } = world.reading;
  const days = entries === undefined ? [] : [...Map.groupBy(entries, ({ at }) => dateOfInstant(at, timeZone))];
  return (
    <FormWorldContext value={named}>
      <Kinds />
      {error && <Failure failure={error} />}
      {entries === undefined && !error && <SkeletonLines label="Loading the activity" lines={6} />}
      {entries?.length === 0 && (
        <EmptyState icon="history" title={only.length === 0 ? 'Nothing has happened yet' : 'Nothing of this kind'} />
      )}
      {days.map(([day, ofDay]) => (
        <section key={day} className={names.day}>
          <h3 className={names.dayTitle}>{day === today ? 'Today' : formatDate(day)}</h3>
          <ol>
            {ofDay.map((entry) => (
              <StreamEntry key={entry.seq} entry={entry} table={table} refs={refs} onTakeBack={takeBack} />
            ))}
          </ol>
        </section>
      ))}
      {hasMore && (
        <Button variant="subtle" loading={busy} onClick={older}>
          Show older
        </Button>
      )}
      <Confirm
        opened={asked !== undefined}
        title={`Take back: ${asked?.label ?? ''}`}
        verb="Take back"
        onClose={() => setAsked(undefined)}
        onConfirm={() => {
          if (asked) void undo(asked.changeSetId);
          setAsked(undefined);
        }}
      >
        The whole step is taken back, on every record that it touched. Undo and do again stay possible.
      </Confirm>
    </FormWorldContext>
  );
}
