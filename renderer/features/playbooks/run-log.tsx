import { EVENT_KINDS } from '#shared/model/tables/playbook.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { actorName } from '../panel/actor-name.ts';
import { EVENT_ICONS } from './activity-words.ts';
import names from './player.module.css';

/** What has happened in the playbook of a record, newest first. */
export function RunLog({ table, row }: { readonly table: TableName; readonly row: AnyRow }) {
  const { data } = useLive('playbooks.player', { table, id: row.id });
  const { reading } = useFormWorld();
  if (data === undefined) return null;
  const { current, refs } = data;
  if (current === undefined) return <p className={names.quiet}>No playbook has been started here.</p>;
  const shown = current.log.filter(({ kind }) => kind !== 'kept' && kind !== 'opened').toReversed();
  return (
    <ol className={names.log} aria-label={`Log of ${current.name}`}>
      {shown.map(({ id, kind, at, by, activity, label, text, moot }) => (
        <li key={id}>
          <Icon name={EVENT_ICONS[kind]} size={13} />
          <div>
            <strong>{activity === undefined ? current.name : (label ?? activity)}</strong>{' '}
            <span>
              {EVENT_KINDS[kind].toLowerCase()}
              {moot === 'late' && ' (someone else was quicker)'}
              {moot === 'gone' && ' (not in this version)'}
            </span>
            {text !== undefined && <p className={names.said}>{text}</p>}
            <p className={names.quiet}>
              {actorName(by, refs)}, {formatInstant(at, reading.timeZone)}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
