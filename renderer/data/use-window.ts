import { useCallback, useState } from 'react';
import type { Input, Output } from '#shared/contract/engine-contract.ts';
import { inputKey } from './live-store.ts';
import { shareUnchanged } from './share-unchanged.ts';
import { useLive } from './use-live.ts';

export type ListName = 'portfolio.list' | 'records.list' | 'records.lines' | 'risk.list' | 'planner.rows' | 'planner.items';
type Window = { readonly offset: number; readonly limit: number };
type WithoutWindow<N extends ListName> = Omit<Input<N>, 'window'>;
type RowOf<N extends ListName> = Output<N>['rows'][number];

const STEP = 100;
const LIMIT = 300;
const MOST_KEPT = 3_000;

/** The window that holds the rows on screen with some to spare on both sides, so that scrolling a little asks nothing. */
export function windowFor(first: number, last: number): Window {
  const offset = Math.max(0, Math.floor(first / STEP) - 1) * STEP;
  const limit = Math.min(1000, Math.max(LIMIT, Math.ceil((last + 1 - offset) / STEP) * STEP + STEP));
  return { offset, limit };
}

const FIRST_WINDOW = windowFor(0, 0);

/** Rows that are asked for before they come into sight. */
const AHEAD = 40;

const covers = ({ offset, limit }: Window, first: number, last: number) => first >= offset && last < offset + limit;

/** Whether the rows on screen lie so well within the window that scrolling on shows none that is not there. */
const isAmple = (window: Window, first: number, last: number, total: number) =>
  covers(window, Math.max(0, first - AHEAD), Math.min(total - 1, last + AHEAD));

type Kept<N extends ListName> = {
  readonly key: string;
  readonly window: Window;
  readonly data: Output<N> | undefined;
  readonly total: number | undefined;
  readonly rows: ReadonlyMap<number, RowOf<N>>;
};

/** What is known of the list after an answer for one window of it. */
function taken<N extends ListName>(before: Kept<N>, key: string, window: Window, data: Output<N>): Kept<N> {
  const isSameList = before.key === key;
  // a new answer for the same window means that something changed: rows elsewhere may no longer be where they were
  const isChange = isSameList && before.window.offset === window.offset && before.window.limit === window.limit;
  const rows = new Map(isSameList && !isChange && before.rows.size < MOST_KEPT ? before.rows : []);
  // rows that were there before stay the same objects, so that they are not drawn again
  data.rows.forEach((row, index) => {
    const at = window.offset + index;
    rows.set(at, isSameList ? shareUnchanged(before.rows.get(at), row) : row);
  });
  return { key, window, data, total: data.total, rows };
}

export type WindowedRows<N extends ListName> = {
  readonly total: number | undefined;
  readonly rowAt: (index: number) => RowOf<N> | undefined;
  readonly onRange: (first: number, last: number) => void;
  readonly queryKey: string;
  readonly error: ReturnType<typeof useLive<N>>['error'];
  /** The newest answer, for what comes beside the rows. */
  readonly data: Output<N> | undefined;
};

/**
 * A list of any length, read in windows that follow the scroll position and stay live. Rows seen before are shown at once
 * when scrolling back and are asked again.
 */
export function useWindow<N extends ListName>(name: N, input: WithoutWindow<N>): WindowedRows<N> {
  const queryKey = `${name} ${inputKey(input)}`;
  const [asked, setAsked] = useState<{ readonly key: string; readonly window: Window }>({ key: queryKey, window: FIRST_WINDOW });
  const window = asked.key === queryKey ? asked.window : FIRST_WINDOW;
  // the list queries take their own input and the window
  const live = useLive(name, { ...input, window } as unknown as Input<N>);
  const [known, setKnown] = useState<Kept<N>>({ key: '', window: FIRST_WINDOW, data: undefined, total: undefined, rows: new Map() });

  const data = live.stale ? undefined : live.data;
  let kept = known;
  if (data !== undefined && (data !== known.data || known.key !== queryKey)) {
    kept = taken(known, queryKey, window, data);
    setKnown(kept);
  }
  const isCurrent = kept.key === queryKey;

  const total = (isCurrent ? kept.total : undefined) ?? 0;
  const onRange = useCallback(
    (first: number, last: number) => {
      setAsked((before) => {
        const isSame = before.key === queryKey;
        if (isSame && isAmple(before.window, first, last, total)) return before;
        return { key: queryKey, window: windowFor(first, last) };
      });
    },
    [queryKey, total],
  );
  const rowAt = useCallback((index: number) => (isCurrent ? kept.rows.get(index) : undefined), [kept, isCurrent]);
  return {
    total: isCurrent ? kept.total : undefined,
    rowAt,
    onRange,
    queryKey,
    error: live.error,
    data: isCurrent ? kept.data : undefined,
  };
}
