import { causeKey, isOpenSignal, type Cause } from './signal-key.ts';

/** A cause seen in a period, by one definition. Days are plain dates; value, threshold and gap are absent for records that match. */
export type Breach = Cause & {
  readonly definition: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly value?: number | undefined;
  readonly threshold?: number | undefined;
  readonly gap?: number | undefined;
};

/** A signal as it is stored, with the periods in which its cause was seen. */
export type KnownSignal = Partial<Cause> & {
  readonly id: string;
  readonly state?: string | undefined;
  readonly periods: readonly { readonly startDate: string; readonly endDate: string }[];
};

export type SignalPlan<B extends Breach = Breach> = {
  /** Signals to open, each with its first occurrence. */
  readonly open: readonly { readonly breach: B; readonly further: readonly B[] }[];
  /** Occurrences to add to open signals. */
  readonly add: readonly { readonly signal: string; readonly breach: B }[];
};

/**
 * What the analyser has to write (RSK-04, RSK-05): a breach opens a signal, or adds an occurrence to the open one with the same
 * cause. A period that any signal of that cause has counted, open or closed, is not counted again: a second run adds
 * nothing, and a signal that a person has closed does not come back within the period.
 */
export function planSignals<B extends Breach>(breaches: readonly B[], known: Iterable<KnownSignal>): SignalPlan<B> {
  const openSignals = new Map<string, string>();
  const counted = new Set<string>();
  for (const signal of known) {
    const { sourceTable, sourceRecord, engagement, category } = signal;
    if (sourceTable === undefined || sourceRecord === undefined || engagement === undefined || category === undefined) continue;
    const cause = causeKey({ sourceTable, sourceRecord, engagement, category });
    if (isOpenSignal(signal)) openSignals.set(cause, signal.id);
    for (const { endDate } of signal.periods) counted.add(`${cause} ${endDate}`);
  }
  const add: SignalPlan<B>['add'][number][] = [];
  const opened = new Map<string, { readonly breach: B; readonly further: B[] }>();
  for (const breach of breaches) {
    const cause = causeKey(breach);
    const period = `${cause} ${breach.endDate}`;
    if (counted.has(period)) continue;
    counted.add(period);
    const signal = openSignals.get(cause);
    const fresh = opened.get(cause);
    if (signal !== undefined) add.push({ signal, breach });
    else if (fresh) fresh.further.push(breach);
    else opened.set(cause, { breach, further: [] });
  }
  return { open: [...opened.values()], add };
}
