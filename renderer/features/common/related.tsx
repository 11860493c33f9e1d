import { refTo } from '#shared/model/any-reference.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './related.module.css';

/** The address of the list of all records that point to this one through a field. */
function listAddress(list: { readonly table: TableName; readonly field: string }, to: TableName, id: string): string {
  const kind = tableOf(list.table).fields[list.field]?.kind;
  const condition = {
    field: list.field,
    op: kind === 'references' ? 'contains' : 'is',
    value: kind === 'anyReference' ? refTo(to, id) : id,
  };
  return `#/records/${list.table}?condition=${encodeURIComponent(JSON.stringify(condition))}`;
}

/** Records that point to this one, by type and field. */
export function Related({ table, id }: { table: TableName; id: string }) {
  const { data, error } = useLive('records.related', { table, id });
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading related records" lines={5} />;
  // attachments have a place of their own
  const lists = data.lists.filter(({ table: of, count }) => count > 0 && of !== 'attachment');
  if (lists.length === 0) return <EmptyState title="No other record points here" />;
  return (
    <div className={names.lists}>
      {lists.map((list) => (
        <Section
          key={`${list.table} ${list.field}`}
          title={list.label}
          note={formatNumber(list.count, 0)}
          actions={
            <a href={listAddress(list, table, id)} aria-label={`Show all: ${list.label}`}>
              Show all
            </a>
          }
        >
          <ul className={names.items}>
            {list.first.map((record) => (
              <li key={record.id}>
                <Icon name={recordIcon(record.table)} size={14} />
                <a href={recordAddress(record.table, record.id)}>{record.label}</a>
                {record.number !== undefined && <span className={names.number}>{record.number}</span>}
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
