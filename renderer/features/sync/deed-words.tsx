import { isTableName } from '#shared/model/dictionary.ts';
import { recordAddress } from '../../state/addresses.ts';
import { formatNumber } from '../../ui/format.ts';
import type { Deed } from './sync-types.ts';

const SHOWN = 3;

/** A record by its name, as a link where it has a page. */
export function RecordLink({ table, id, title }: Deed['records'][number]) {
  return isTableName(table) ? <a href={recordAddress(table, id)}>{title}</a> : <span>{title}</span>;
}

/** What was done, and to which records: "Change Acme, Bolt and 12 more". */
export function DeedWords({ deed: { label, records, recordCount } }: { readonly deed: Pick<Deed, 'label' | 'records' | 'recordCount'> }) {
  const shown = records.slice(0, SHOWN);
  const more = recordCount - shown.length;
  return (
    <>
      {label}
      {shown.map((record, at) => (
        <span key={`${record.table} ${record.id}`}>
          {at === 0 ? ' · ' : ', '}
          <RecordLink {...record} />
        </span>
      ))}
      {more > 0 && ` and ${formatNumber(more, 0)} more`}
    </>
  );
}
