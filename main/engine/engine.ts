import { allRules } from '#shared/domain/rules/index.ts';
import { domainFields } from '#shared/domain/permission/domain.ts';
import { tableNames } from '#shared/model/dictionary.ts';
import type { EngineContext } from './context.ts';
import { eraseWhereOrdered, takeOrder } from './erase/erase-device.ts';
import type { Host } from './host/host.ts';
import { figuresOf } from './jobs/figures.ts';
import { callersOf } from './people/callers.ts';
import { withWhole } from './people/with-whole.ts';
import { createDerivedRegistry } from './records/derived-registry.ts';
import { createFeed } from './records/feed.ts';
import { createUndo } from './records/undo.ts';
import { createWriter } from './records/writer.ts';
import { createSettings } from './settings/settings.ts';
import { openStore, type Store } from './store/store.ts';
import { openCentralStore, type CentralStore } from './sync/central-store.ts';
import { createSync, type Sync } from './sync/open-sync.ts';
import { openQueue } from './sync/queue.ts';
import { standingOf } from './sync/sync-keys.ts';

/** Series are many, and few questions are about their rows. */
const RECORDS = tableNames.filter((table) => table !== 'dataPointSeries');

/** The open engine; `close` before another one opens the same store. */
export type Engine = {
  readonly context: EngineContext;
  /** Makes the start-up image now instead of in the next quiet moment. */
  readonly makeImage: () => Promise<void>;
  /** The whole state as of now, for a portfolio file. */
  readonly snapshot: Store['snapshot'];
  /** The device's side of sync; nothing of it goes on by itself before `start`. */
  readonly sync: Sync;
  readonly close: () => Promise<void>;
};

/**
 * Opens a host's store and everything that works on it. `given`: how the central store is reached, by default over the host's network. What was ordered to be erased goes before anything is read (S15). Throws AppError `storage`
 * where it cannot be read and not be recovered.
 */
export async function openEngine(host: Host, given?: CentralStore): Promise<Engine> {
  const emptied = await eraseWhereOrdered(host);
  // an empty store is no lost one then
  const store = await openStore(emptied === undefined ? host : { ...host, storeExpected: false });
  await emptied?.();
  const { net, keys } = host;
  const central = given ?? openCentralStore({ net, keys, ordered: (order) => takeOrder(host, standingOf(store.sync), order) });
  const settings = createSettings(host, store.rows);
  const feed = createFeed(() => host.log({ event: 'feed-listener-failed' }));
  const queue = await openQueue(store);
  const writer = createWriter({ host, store, feed, rules: allRules, settings, deeds: queue.hook });
  const parts: Omit<EngineContext, 'whole'> = {
    host,
    view: store.rows.view,
    ready: (tables) => store.bring(tables ?? RECORDS),
    series: { points: store.series.points },
    records: { run: writer.run, rehearse: writer.rehearse },
    undo: createUndo(store, writer, settings),
    history: store.history,
    computed: store.computed,
    storage: () => ({ ...store.health(), unsent: store.unsent }),
    feed,
    settings,
    derivedFields: createDerivedRegistry(),
  };
  const context = withWhole(parts);
  // before the figures, so that callers' rows are up to date when screens ask again
  callersOf(context);
  context.derivedFields.add(domainFields());
  // from here on the figures follow every change
  const figures = figuresOf(context);
  const sync = createSync(context, { host, store, writer, queue, central, settings });
  return {
    context,
    sync,
    makeImage: store.makeImage,
    snapshot: store.snapshot,
    close: async () => {
      figures.close();
      sync.abort();
      await writer.idle();
      store.close();
    },
  };
}
