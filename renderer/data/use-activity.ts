import { useState } from 'react';
import type { ActivityKind } from '#shared/domain/activity/activity-kinds.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { useAccess } from './client-provider.tsx';
import { asAppError } from './use-command.ts';
import { useLive } from './use-live.ts';

type Page = Output<'records.activity'>;
export type ActivityEntry = Page['entries'][number];

const PAGE = 30;

type Known = {
  readonly key: string;
  readonly data: Page | undefined;
  /** By the change set's number: a page that moves on as something new happens leaves no gap. */
  readonly entries: ReadonlyMap<number, ActivityEntry>;
  readonly refs: Page['refs'];
  /** Where the next older page begins; undefined: this is all. */
  readonly next: number | undefined;
  readonly hasOlder: boolean;
};
const NOTHING: Known = { key: '', data: undefined, entries: new Map(), refs: {}, next: undefined, hasOlder: false };

function joined(known: Known, page: Page, isOlder: boolean): Known {
  const entries = new Map(known.entries);
  for (const entry of page.entries) entries.set(entry.seq, entry);
  const next = isOlder || !known.hasOlder ? page.next : known.next;
  return { ...known, entries, refs: { ...known.refs, ...page.refs }, next, hasOlder: known.hasOlder || isOlder };
}

/** What happened to a record, newest first: the newest page live, older ones as they are asked for. */
export function useActivity(table: TableName, id: string, only: readonly ActivityKind[]) {
  const { client } = useAccess();
  const input = { table, id, limit: PAGE, ...(only.length === 0 ? {} : { only: [...only] }) };
  const { data, error, stale } = useLive('records.activity', input);
  const key = JSON.stringify(input);
  const [state, setState] = useState<Known>(NOTHING);
  const [busy, setBusy] = useState(false);
  const [olderError, setOlderError] = useState<ReturnType<typeof asAppError>>();

  let known = state;
  if (data !== undefined && !stale && (data !== state.data || key !== state.key)) {
    known = { ...joined(state.key === key ? state : { ...NOTHING, key }, data, false), data };
    setState(known);
  }
  const isCurrent = known.key === key;
  const { next } = known;
  const older = async (): Promise<void> => {
    if (next === undefined || busy) return;
    setBusy(true);
    try {
      const page = await client.call('records.activity', { ...input, before: next });
      setState((before) => (before.key === key ? joined(before, page, true) : before));
    } catch (thrown) {
      setOlderError(asAppError(thrown));
    }
    setBusy(false);
  };
  return {
    entries: isCurrent ? [...known.entries.values()].toSorted((a, b) => b.seq - a.seq) : undefined,
    refs: known.refs,
    hasMore: isCurrent && next !== undefined,
    older: () => void older(),
    busy,
    error: error ?? olderError,
  };
}
