import type { Row, TableName } from '#shared/model/dictionary.ts';
import type { EngineContext, Touched } from '../context.ts';
import { bandLookup, type BandLookup } from '../health/band-lookup.ts';
import type { HealthBook } from '../health/health-book.ts';
import type { HealthPlan } from '../health/health-plan.ts';
import type { InputBook } from '../health/packed-inputs.ts';
import type { SourceSet } from '../metrics/source-set.ts';
import type { TimeGrid } from '../metrics/time-grid.ts';
import { eachStep, inTurns, sliceClock } from '../host/in-turns.ts';
import { factFields } from '../portfolio/fact-fields.ts';
import { lineFacts, type LineFacts } from '../portfolio/line-facts.ts';
import { keepHealth, restoreHealth } from './figures-cache.ts';
import { healthFields, prepareFigures } from './figures-state.ts';
import { marksOf } from './marks.ts';

/** All computed figures, in memory: kept true by marks from the change feed, always the same as computed from nothing. */
export type Figures = {
  /** Resolves once nothing is left to be computed. */
  readonly settled: () => Promise<void>;
  /** Computes everything anew from the records, now. */
  readonly recompute: () => Promise<number>;
  /** The same for one engagement. */
  readonly recomputeOne: (engagement: Row<'engagement'>) => Promise<void>;
  readonly progress: () => { readonly done: number; readonly total: number } | undefined;
  readonly grid: () => TimeGrid;
  readonly sources: () => SourceSet;
  readonly plan: () => HealthPlan;
  readonly inputs: () => InputBook;
  readonly health: () => HealthBook;
  readonly facts: (engagement: Row<'engagement'>) => LineFacts;
  /** What was computed over whole tables under this name, kept until one of them, a setting or the day changes. */
  readonly kept: <V>(name: string, tables: readonly TableName[], compute: () => V) => V;
  /** Told after each run that changed figures. */
  readonly onSettled: (listener: () => void) => void;
  /** Stops following the change feed. */
  readonly close: () => void;
};

/** Time for the first screens before kept scores are computed again, and quiet time before scores are kept. */
const WARM_UP_MS = 2000;
const KEEP_MS = 5000;
/** What a line of the portfolio is made of. */
const LINES = [
  'engagement',
  'account',
  'user',
  'contract',
  'engagementContract',
  'riskSignal',
  'touchpoint',
] as const satisfies readonly TableName[];
const TOPICS: ReadonlySet<string> = new Set(['derived:health', 'derived:portfolio', 'derived:risk']);

const opened = new WeakMap<EngineContext, Figures>();

/** The figures of an engine; opened when first asked for. Those of one record are the same for everyone who sees it. */
export function figuresOf(context: EngineContext): Figures {
  const known = opened.get(context);
  if (known) return known;
  // what is computed over whole tables is only what the caller sees of them, and is not kept for others
  const figures = context === context.whole ? openFigures(context) : { ...figuresOf(context.whole), kept: computed };
  opened.set(context, figures);
  return figures;
}

function computed<V>(_name: string, _tables: readonly TableName[], compute: () => V): V {
  return compute();
}

/** Opens the figures of an engine and keeps them true from then on. */
export function openFigures(context: EngineContext): Figures {
  const { view, host, feed, settings } = context;
  let state = prepareFigures(context, undefined);
  let bands: BandLookup | undefined;
  let keep = true;
  const dirty = new Set<string>();
  const facts = new Map<string, LineFacts>();
  const versions = new Map<TableName, number>();
  const keepsakes = new Map<string, { readonly version: string; readonly value: unknown }>();
  const listeners: (() => void)[] = [];
  let anew = true;
  let changed = false;
  let running: Promise<void> | undefined;
  let total = 0;
  let generation = 0;
  /** Scores that were kept from the last time are right as long as nothing changes; each is computed again without anyone waiting. */
  let provisional = false;
  let opening: Promise<void> | undefined;
  let lastSeq = context.computed.seq();
  let cancelKeeping: (() => void) | undefined;
  let cancelWarmUp: (() => void) | undefined;
  let closed = false;

  const factsOf = (engagement: Row<'engagement'>): LineFacts => {
    const known = facts.get(engagement.id);
    if (known) return known;
    const found = lineFacts(view, engagement, state.grid.asOf, settings().currency);
    facts.set(engagement.id, found);
    return found;
  };
  const markAll = (): void => {
    facts.clear();
    for (const { id } of view.all('engagement')) dirty.add(id);
  };
  /** Brings the grid, the sources and the definitions up to what the records and the day say now. */
  const bringUp = (): void => {
    if (!anew && settings().asOf === state.grid.asOf) return;
    anew = false;
    generation += 1;
    state = prepareFigures(context, keep ? state : undefined);
    keep = true;
    changed = true;
    markAll();
    total = dirty.size;
  };
  const compute = (id: string): void => {
    const engagement = view.get('engagement', id);
    if (!engagement) {
      facts.delete(id);
      state.book.remove(id);
      return;
    }
    state.book.write(state.scorer, engagement);
    facts.set(id, lineFacts(view, engagement, state.grid.asOf, settings().currency));
  };
  const slice = (): void => {
    const clock = sliceClock();
    for (const id of dirty) {
      dirty.delete(id);
      compute(id);
      if (clock.isOver()) return;
    }
  };
  const finish = (): void => {
    total = 0;
    provisional = false;
    keepLater();
    if (!changed) return;
    changed = false;
    feed.announceDerived(TOPICS);
    for (const listener of listeners) listener();
  };
  const work = async (): Promise<void> => {
    for (;;) {
      if (closed) return;
      bringUp();
      if (dirty.size === 0) break;
      slice();
      if (dirty.size > 0) await host.yieldTurn();
    }
    finish();
  };
  const run = (): Promise<void> => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
  const restore = async (): Promise<void> => {
    await context.ready(LINES);
    bringUp();
    const seq = lastSeq;
    const restored = await restoreHealth(context, state);
    if (!restored || seq !== lastSeq) return;
    await inTurns(
      eachStep([...view.all('engagement')], (engagement) => void factsOf(engagement)),
      host.yieldTurn,
    );
    if (seq !== lastSeq) return;
    provisional = true;
    cancelWarmUp = host.later(WARM_UP_MS, () => void follow());
  };
  const settled = async (): Promise<void> => {
    opening ??= restore();
    await opening;
    if (!provisional || settings().asOf !== state.grid.asOf) await run();
  };
  const keepLater = (): void => {
    cancelKeeping?.();
    cancelKeeping = host.later(KEEP_MS, () => {
      if (dirty.size === 0 && !provisional) void keepHealth(context, lastSeq, state);
    });
  };

  const forget = (engagement: string): void => {
    state.sources.forgetEngagement(engagement);
    state.inputs.forget(engagement);
  };
  /** Follows a change though nobody asks; one who asks later is told what went wrong. */
  const follow = (): Promise<void> => run().catch(() => host.log({ event: 'figures-failed' }));
  const touch = (touched: Touched): void => {
    for (const table of touched.rows.keys()) versions.set(table, (versions.get(table) ?? 0) + 1);
    if (touched.series.size > 0) versions.set('dataPointSeries', (versions.get('dataPointSeries') ?? 0) + 1);
    if (touched.rows.has('colourBand')) bands = undefined;
    changed = true;
    lastSeq = touched.seq;
    // what the readers depend on is only known once they have read
    if (provisional) markAll();
    provisional = false;
    const marks = marksOf(touched, { view, sources: state.sources, plan: state.plan });
    // the currency and the time zone are settings, too
    if (marks.planAgain || touched.rows.has('setting')) anew = true;
    if (marks.everything) keep = false;
    for (const id of marks.engagements) {
      facts.delete(id);
      forget(id);
      dirty.add(id);
    }
    if (marks.chooseAgain) markChoices();
    total = Math.max(total, dirty.size);
    host.later(0, () => void follow());
  };
  /** Marks the engagements that another definition scores now, or all where that may differ from day to day. */
  const markChoices = (): void => {
    for (const engagement of view.all('engagement')) {
      if (state.plan.daily || state.plan.choose(engagement, state.grid.asOf) !== state.book.definition(engagement.id))
        dirty.add(engagement.id);
    }
  };

  const unsubscribe = feed.subscribe(touch);
  context.derivedFields.add(
    healthFields(
      () => state,
      () => (bands ??= bandLookup(view)),
    ),
  );
  context.derivedFields.add({ engagement: factFields({ view, asOf: () => state.grid.asOf, factsOf }) });
  return {
    settled,
    recompute: async () => {
      anew = true;
      keep = false;
      provisional = false;
      await settled();
      return state.book.size();
    },
    recomputeOne: async (engagement) => {
      for (const reader of state.sources.readers.values()) {
        for (const record of state.sources.recordsOf(reader, engagement)) reader.forget(record);
      }
      forget(engagement.id);
      dirty.add(engagement.id);
      changed = true;
      provisional = false;
      await settled();
    },
    progress: () => (total > 0 && !provisional ? { done: total - dirty.size, total } : undefined),
    grid: () => state.grid,
    sources: () => state.sources,
    plan: () => state.plan,
    inputs: () => state.inputs,
    health: () => state.book,
    facts: factsOf,
    kept: <V>(name: string, tables: readonly TableName[], compute: () => V): V => {
      const version = `${generation} ${tables.map((table) => versions.get(table) ?? 0).join(' ')}`;
      const known = keepsakes.get(name);
      if (known?.version === version) return known.value as V; // each name has one kind of value
      const value = compute();
      keepsakes.set(name, { version, value });
      return value;
    },
    onSettled: (listener) => void listeners.push(listener),
    close: () => {
      closed = true;
      cancelKeeping?.();
      cancelWarmUp?.();
      unsubscribe();
    },
  };
}
