import type { TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { useSync } from '../../data/use-sync.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useNow } from '../../state/use-now.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { lookOf, momentWords } from './sync-words.ts';
import names from './sync.module.css';

/** At a record: that two changes of it met and somebody has to choose, and how old what others wrote is while the central store is out of reach. */
export function RecordSyncNotice({ table, id }: { readonly table: TableName; readonly id: string }) {
  const status = useSync();
  const asks = status !== undefined && status.conflicts > 0;
  const conflicts = useLive('sync.conflicts', asks ? {} : undefined).data?.lines;
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const now = useNow(60_000);
  if (status?.connection === undefined) return null;
  const mine = asks ? (conflicts ?? []).filter((line) => line.table === table && line.recordId === id) : [];
  const isFar = lookOf(status).tone !== 'calm' && status.state !== 'working' && status.dataAsOf !== undefined;
  if (mine.length === 0 && !isFar) return null;
  return (
    <div className={names.recordNotice}>
      {mine.length > 0 && (
        <div className={names.note} role="note">
          <Icon name="risks" />
          <div>
            <p>
              {mine.length === 1 ? 'Two changes of this record met' : `${formatNumber(mine.length, 0)} changes of this record met others`}:{' '}
              {[...new Set(mine.map(({ label }) => label))].join(', ')}. <a href="#/sync/conflicts">Choose what counts</a>
            </p>
          </div>
        </div>
      )}
      {isFar && status.dataAsOf !== undefined && (
        <p className={names.asOf}>
          <Icon name="cloudOff" size={13} />
          Changes of others as of {momentWords(status.dataAsOf, now, timeZone)}
        </p>
      )}
    </div>
  );
}
