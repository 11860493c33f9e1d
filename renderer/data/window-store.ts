import type { Input, Output } from '#shared/contract/engine-contract.ts';
import type { AppError } from '#shared/errors/app-error.ts';
import { inputKey, LINGER_MS, type LiveStore } from './live-store.ts';
import { shareUnchanged } from './share-unchanged.ts';

export type ListName = 'portfolio.list' | 'records.list' | 'records.lines' | 'risk.list' | 'planner.rows' | 'planner.items';
type Window = { readonly offset: number; readonly limit: number };
export type WithoutWindow<N extends ListName> = Omit<Input<N>, 'window'>;
export type RowOf<N extends ListName> = Output<N>['rows'][number];
/** What comes beside the rows. */
export type AroundRows<N extends ListName> = Omit<Output<N>, 'rows'>;

const STEP = 50;
const LIMIT = 300;
const MOST_KEPT = 3_000;
/** A list that rushes by asks at most so often: what it has passed when the answer comes is of no use. */
const PACE_MS = 100;

/** Which way a list goes: up, nowhere yet, down. */
type Way = -1 | 0 | 1;
/** Rows of a window that lie before those in sight, and after them. */
const SPARE = { '-1': [200, 50], '0': [100, 100], '1': [50, 100] } as const;
/** Rows that are asked for before they come into sight. */
const AHEAD = { '-1': [120, 10], '0': [80, 80], '1': [10, 120] } as const;

/** The window that holds the rows on screen with some to spare on both sides, more where the list goes, so that scrolling a little asks nothing. */
export function windowFor(first: number, last: number, way: Way = 0): Window {
  const [before, after] = SPARE[way];
  const offset = Math.max(0, Math.floor(first / STEP) * STEP - before);
  const limit = Math.min(1000, Math.max(LIMIT, Math.ceil((last + 1 - offset) / STEP) * STEP + after));
  return { offset, limit };
}

/** Whether the rows on screen lie so well within the window that scrolling on shows none that is not there. */
function isAmple({ offset, limit }: Window, first: number, last: number, way: Way, total: number): boolean {
  const [before, after] = AHEAD[way];
  return Math.max(0, first - before) >= offset && Math.min(total - 1, last + after) < offset + limit;
}

type Refs = Record<string, { readonly label: string }>;
const refsIn = (around: object): Refs | undefined => ('refs' in around ? (around.refs as Refs) : undefined); // of every list that has them

/** What is known of a list but for its rows. */
export type Known<N extends ListName> = {
  readonly total: number | undefined;
  readonly data: AroundRows<N> | undefined;
  readonly error: AppError | undefined;
};

export type WindowStore<N extends ListName> = {
  readonly queryKey: string;
  readonly lives: LiveStore;
  readonly rowAt: (index: number) => RowOf<N> | undefined;
  readonly onRange: (first: number, last: number) => void;
  /** Told when rows have arrived; `version` is another number then. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly version: () => number;
  /** Told when anything but the rows has changed. */
  readonly subscribeKnown: (listener: () => void) => () => void;
  readonly known: () => Known<N>;
};

/**
 * A list of any length, read in windows that follow the scroll position. It lives outside of the screens so that rows that arrive
 * are drawn by those who show them and by nobody else. The names in `refs` are those of all windows so far.
 */
export function createWindowStore<N extends ListName>(lives: LiveStore, name: N, input: WithoutWindow<N>): WindowStore<N> {
  const rowListeners = new Set<() => void>();
  const knownListeners = new Set<() => void>();
  const rows = new Map<number, RowOf<N>>();
  let window = windowFor(0, 0);
  let known: Known<N> = { total: undefined, data: undefined, error: undefined };
  let version = 0;
  /** The answer that is taken in already, and for which window. */
  let taken: { readonly window: Window; readonly data: Output<N> } | undefined;
  let stop: ((lingerMs?: number) => void) | undefined;
  let askedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  // the list queries take their own input and the window
  const entryOf = (asked: Window) => lives.entry(name, { ...input, window: asked } as unknown as Input<N>);

  const refsWith = (refs: Refs | undefined): Refs | undefined => {
    const before = known.data && refsIn(known.data);
    if (before === undefined || refs === undefined) return refs && { ...refs };
    const isRenamed = Object.entries(refs).some(([id, { label }]) => before[id] !== undefined && before[id].label !== label);
    if (isRenamed) return { ...before, ...refs };
    // new names alone are for rows that are drawn for the first time now: the same object, or all that shows a name were drawn again
    return Object.assign(before, refs);
  };

  const take = (): boolean => {
    const { data, error } = entryOf(window).snapshot();
    const isNew = data !== undefined && data !== taken?.data;
    if (data !== undefined && isNew) {
      // a new answer for the same window means that something changed: rows elsewhere may no longer be where they were
      const isChange = taken?.window === window;
      const { offset } = window;
      const before = new Map(data.rows.map((_, at) => [at, rows.get(offset + at)]));
      if (isChange || rows.size >= MOST_KEPT) rows.clear();
      // rows that were there before stay the same objects, so that they are not drawn again
      data.rows.forEach((row, at) => rows.set(offset + at, shareUnchanged(before.get(at), row)));
      taken = { window, data };
      version += 1;
    }
    if (!isNew && error === known.error) return false;
    if (data !== undefined && isNew) {
      const { rows: _rows, ...rest } = data;
      const refs = refsWith(refsIn(rest));
      const around = { ...rest, ...(refs === undefined ? {} : { refs }) } as unknown as AroundRows<N>; // the same with more names
      const next = { total: data.total, data: sameAround(known.data, around), error };
      if (next.total === known.total && next.data === known.data && next.error === known.error) return false;
      known = next;
    } else known = { ...known, error };
    return true;
  };
  const onAnswer = (): void => {
    const before = version;
    const isOther = take();
    if (isOther) for (const listener of knownListeners) listener();
    if (version !== before) for (const listener of rowListeners) listener();
  };
  const connect = (): void => {
    stop = entryOf(window).subscribe(onAnswer);
    onAnswer();
  };
  const ask = (next: Window): void => {
    if (next.offset === window.offset && next.limit === window.limit) return;
    window = next;
    askedAt = performance.now();
    // a window that was passed is of no use any more
    stop?.(0);
    connect();
  };
  const watch = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    if (stop === undefined) connect();
    return () => {
      listeners.delete(listener);
      if (rowListeners.size + knownListeners.size > 0) return;
      clearTimeout(timer);
      timer = undefined;
      stop?.(LINGER_MS);
      stop = undefined;
    };
  };
  // asked while the screen is still being drawn; dropped again if nobody comes to listen
  entryOf(window).subscribe(() => undefined)(LINGER_MS);
  // a step back shows at once what is still known
  take();

  let wanted = { first: 0, last: 0 };
  let way: Way = 0;
  const askForWanted = (): void => {
    timer = undefined;
    const { first, last } = wanted;
    if (stop !== undefined && !isAmple(window, first, last, way, known.total ?? 0)) ask(windowFor(first, last, way));
  };
  return {
    queryKey: `${name} ${inputKey(input)}`,
    lives,
    rowAt: (index) => rows.get(index),
    onRange: (first, last) => {
      if (first !== wanted.first) way = first > wanted.first ? 1 : -1;
      wanted = { first, last };
      if (timer !== undefined) return;
      const wait = askedAt + PACE_MS - performance.now();
      if (wait <= 0) askForWanted();
      else timer = setTimeout(askForWanted, wait);
    },
    subscribe: watch(rowListeners),
    version: () => version,
    subscribeKnown: watch(knownListeners),
    known: () => known,
  };
}

/** `after`, or `before` where every part of it is the same; the names are compared as the object that they are kept in. */
function sameAround<A extends object>(before: A | undefined, after: A): A {
  if (before === undefined) return after;
  const was = new Map<string, unknown>(Object.entries(before));
  const parts = Object.entries(after).map(
    ([name, value]) => [name, name === 'refs' ? value : shareUnchanged(was.get(name), value)] as const,
  );
  const isSame = parts.length === was.size && parts.every(([name, value]) => was.has(name) && Object.is(was.get(name), value));
  return isSame ? before : (Object.fromEntries(parts) as A); // the same names with equal values
}
