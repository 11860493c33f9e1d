import { Button } from '@mantine/core';
import { isTableName, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant } from '../../ui/format.ts';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './activity.module.css';

const MOST = 100;

type Change = {
  readonly table: TableName;
  readonly id: string;
  readonly label: string;
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

function ChangeLine({ change, own }: { change: Change; own: string }) {
  const field = tableOf(change.table).fields[change.field];
  return (
    <li className={names.change}>
      <span className={names.field}>
        {change.id !== own && <span className={names.other}>{change.label}: </span>}
        {field?.label ?? change.field}
      </span>
      {field ? (
        <span className={names.values}>
          <span className={names.before}>
            <FieldValue field={field} value={change.before} table={change.table} />
          </span>
          <span aria-hidden="true">→</span>
          <span className={names.sr}>became</span>
          <span>
            <FieldValue field={field} value={change.after} table={change.table} />
          </span>
        </span>
      ) : null}
    </li>
  );
}

/** Who changed what, when, from what to what; each step can be taken back. */
export function Activity({ table, id }: { table: TableName; id: string }) {
  const { data, error, loading } = useLive('records.activity', { table, id, limit: MOST });
  const { reading } = useFormWorld();
  const { undo } = useUndo();
  if (error && !data) return <Failure failure={error} />;
  if (loading || !data) return <SkeletonLines label="Loading the activity" lines={6} />;
  if (data.entries.length === 0) return <EmptyState icon="history" title="Nothing has happened yet" />;
  return (
    <ol className={names.entries} aria-label="Activity, newest first">
      {data.entries.map((entry) => (
        <li key={entry.changeSetId} className={names.entry}>
          <div className={names.head}>
            <strong>{entry.label}</strong>
            <span className={names.meta}>
              {entry.by} · <time dateTime={entry.at}>{formatInstant(entry.at, reading.timeZone)}</time>
            </span>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => void undo(entry.changeSetId)}
              aria-label={`Take back: ${entry.label}`}
            >
              Take back
            </Button>
          </div>
          <ul>
            {entry.changes.map((change) => {
              if (!isTableName(change.table)) return null;
              return <ChangeLine key={`${change.id} ${change.field}`} change={change} own={id} />;
            })}
          </ul>
        </li>
      ))}
    </ol>
  );
}
