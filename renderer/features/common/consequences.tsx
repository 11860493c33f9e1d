import type { Output } from '#shared/contract/engine-contract.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { consequenceWords } from './consequence-words.ts';
import names from './consequences.module.css';

export type Found = Output<'records.consequences'>;
const NOTHING_KNOWN: Found = { allowed: 1, changes: [], refused: [], refusedCount: 0 };

type Deed = 'close' | 'cancel' | 'reopen' | 'delete';

/** What else a deed would change, kept up to date; undefined as deed asks nothing. */
export function useConsequences(table: TableName, id: string, deed: Deed | undefined): Found | undefined {
  const { data, error, stale } = useLive('records.consequences', deed === undefined ? undefined : { table, ids: [id], action: deed });
  // the deed itself says what is wrong
  if (error !== undefined) return NOTHING_KNOWN;
  return deed === undefined || stale ? undefined : data;
}

/** How many names are read out before the rest is only counted. */
const NAMED = 5;

function Names({ first, count, onLeave }: Pick<Found['changes'][number], 'first' | 'count'> & { onLeave: () => void }) {
  const shown = first.slice(0, NAMED);
  return (
    <ul className={names.names}>
      {shown.map((record) => (
        <li key={record.id}>
          <Icon name={recordIcon(record.table)} size={13} />
          <a href={recordAddress(record.table, record.id)} onClick={onLeave}>
            {record.label}
          </a>
          {record.number !== undefined && <span className={names.number}>{record.number}</span>}
        </li>
      ))}
      {count > shown.length && <li>and {formatNumber(count - shown.length, 0)} more</li>}
    </ul>
  );
}

/** Shows what a deed will do to other records, and why it cannot be done, before it is done. */
export function Consequences({ found, onLeave }: { found: Found | undefined; onLeave: () => void }) {
  if (found === undefined) return <SkeletonLines label="Looking what else changes" lines={1} />;
  return (
    <div className={names.consequences} role="status">
      {found.refused.map((refusal) => (
        <div key={refusal.record.id} className={names.refused}>
          <p>
            <Icon name="risks" size={14} /> {refusal.message}
          </p>
          <Names first={refusal.blocking} count={refusal.blocking.length} onLeave={onLeave} />
        </div>
      ))}
      {found.changes.map((change) => (
        <div key={`${change.table} ${change.what} ${change.fields.join(' ')}`}>
          <p className={names.what}>{consequenceWords(change)}</p>
          <Names first={change.first} count={change.count} onLeave={onLeave} />
        </div>
      ))}
    </div>
  );
}

/** `Cancel success case and 3 more`: how far the deed reaches stands on its button. */
export function reachOf(found: Found | undefined, verb: string, table: TableName): string {
  const same = verb === 'Close' ? 'close' : verb.toLowerCase();
  const more = (found?.changes ?? []).filter(({ what }) => what === same).reduce((sum, { count }) => sum + count, 0);
  const name = `${verb} ${tableOf(table).label.toLowerCase()}`;
  return more === 0 ? name : `${name} and ${formatNumber(more, 0)} more`;
}
