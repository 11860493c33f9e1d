import { useSync } from '../data/use-sync.ts';
import { decisionWords, lookOf, momentWords } from '../features/sync/sync-words.ts';
import { useNow } from '../state/use-now.ts';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import names from './footer.module.css';
import { useSyncNews } from './use-sync-news.ts';

/** How this device stands with the central store, at a glance; each part leads to where it is dealt with. */
export function FooterSync({ timeZone }: { readonly timeZone: string }) {
  const status = useSync();
  const now = useNow(60_000);
  const news = useSyncNews(status);
  if (status === undefined) return null;
  const { icon, tone, short, sentence } = lookOf(status);
  const decisions = decisionWords(status);
  const asOf = tone === 'calm' || status.dataAsOf === undefined ? undefined : momentWords(status.dataAsOf, now, timeZone);
  return (
    <span className={names.sync}>
      <a href="#/sync" data-tone={tone} title={sentence}>
        <Icon name={icon} size={13} />
        {short}
        {asOf !== undefined && <span>· as of {asOf}</span>}
      </a>
      {status.pending > 0 && status.state !== 'local' && (
        <a href="#/sync" title="Changes made here that are not in the central store yet">
          <Icon name="upload" size={13} />
          {formatNumber(status.pending, 0)} to send
        </a>
      )}
      {decisions !== '' && (
        <a href={status.conflicts > 0 ? '#/sync/conflicts' : '#/sync/refused'} data-tone="ask" title="Wait for your decision">
          <Icon name="risks" size={13} />
          {decisions}
        </a>
      )}
      <span role="status" className={names.announcement}>
        {news}
      </span>
    </span>
  );
}
