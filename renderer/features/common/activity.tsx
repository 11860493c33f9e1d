import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { isTableName, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant } from '../../ui/format.ts';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './activity.module.css';

const MOST = 100;
/** Who works where no person has been chosen in the settings. */
const NO_ONE_NAMED = 'local-user';

type Entry = Output<'records.activity'>['entries'][number];
type Change = Entry['changes'][number];

function ChangeLine({ change, table, own }: { change: Change; table: TableName; own: string }) {
  const field = tableOf(table).fields[change.field];
  return (
    <li className={names.change}>
      <span className={names.field}>
        {change.id !== own && <span className={names.other}>{change.label}: </span>}
        {field?.label ?? change.field}
      </span>
      {field !== undefined && (
        <span className={names.values}>
          <span className={names.before}>
            <FieldValue field={field} value={change.before} table={table} />
          </span>
          <span aria-hidden="true">→</span>
          <span className={names.sr}>became</span>
          <span>
            <FieldValue field={field} value={change.after} table={table} />
          </span>
        </span>
      )}
    </li>
  );
}

/** Who changed what, when, from what to what; each step can be taken back. */
export function Activity({ table, id }: { table: TableName; id: string }) {
  const { data, error, loading } = useLive('records.activity', { table, id, limit: MOST });
  const { reading } = useFormWorld();
  const { undo } = useUndo();
  const [asked, setAsked] = useState<Entry>();
  if (error && !data) return <Failure failure={error} />;
  if (loading || !data) return <SkeletonLines label="Loading the activity" lines={6} />;
  if (data.entries.length === 0) return <EmptyState icon="history" title="Nothing has happened yet" />;
  return (
    <Section title="Activity" note="newest first">
      <ol className={names.entries}>
        {data.entries.map((entry) => (
          <li key={entry.changeSetId} className={names.entry}>
            <div className={names.head}>
              <strong>{entry.label}</strong>
              <span className={names.meta}>
                {entry.by === NO_ONE_NAMED ? 'on this device' : entry.by} ·{' '}
                <time dateTime={entry.at}>{formatInstant(entry.at, reading.timeZone)}</time>
              </span>
              <Button size="compact-xs" variant="subtle" onClick={() => setAsked(entry)} aria-label={`Take back: ${entry.label}`}>
                Take back
              </Button>
            </div>
            {entry.changes.length > 0 && (
              <ul>
                {entry.changes.map((change) =>
                  isTableName(change.table) ? (
                    <ChangeLine key={`${change.id} ${change.field}`} change={change} table={change.table} own={id} />
                  ) : null,
                )}
              </ul>
            )}
          </li>
        ))}
      </ol>
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
    </Section>
  );
}
