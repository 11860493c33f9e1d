import { tableNames } from '#shared/model/dictionary.ts';
import type { Host } from '../host/host.ts';
import type { Database } from './database.ts';
import { NO_IMAGE, writeImage, type ImageSource, type ImageState } from './image.ts';
import type { SeriesSet } from './series-set.ts';
import type { WorkingSet } from './working-set.ts';

/** Makes the start-up image anew in quiet moments. */
export type ImageKeeper = {
  /** So many records and series were changed by a commit. */
  readonly changed: (count: number) => void;
  /** Makes it now, where anything changed since the last. */
  readonly make: () => Promise<void>;
  readonly stop: () => void;
};

/** A large change is worth a new image soon, small ones are patched at start for a good while. */
const MANY = 500;
const SOON_MS = 3000;
const LATER_MS = 120_000;

/** Keeps the image of a store. `seq` tells the commit that memory shows. */
export function createImageKeeper(host: Host, database: Database, rows: WorkingSet, series: SeriesSet, seq: () => number): ImageKeeper {
  let state: ImageState = NO_IMAGE;
  let pending = 0;
  let cancel: (() => void) | undefined;
  let dueSoon = false;
  let making: Promise<void> = Promise.resolve();

  const source = (): ImageSource => ({
    seq: seq(),
    // a copy of the list now: rows themselves never change
    tables: new Map(tableNames.map((name) => [name, { version: rows.table(name).version(), rows: [...rows.table(name).all()] }])),
    points: { version: series.version(), series: new Map(series.all()) },
    yieldTurn: host.yieldTurn,
  });
  const build = async (): Promise<void> => {
    if (pending === 0) return;
    pending = 0;
    try {
      state = await writeImage(database, source(), state);
    } catch {
      // the rows are the truth; the next change tries again
      state = NO_IMAGE;
      host.log({ event: 'image-failed' });
    }
  };
  const make = (): Promise<void> => {
    cancel?.();
    cancel = undefined;
    making = making.then(build);
    return making;
  };

  return {
    changed: (count) => {
      pending += count;
      const soon = pending >= MANY;
      if (cancel !== undefined && !soon && !dueSoon) return;
      // changes in a row push it back, so that it never runs between two of them
      cancel?.();
      dueSoon = soon;
      cancel = host.later(soon ? SOON_MS : LATER_MS, () => void make());
    },
    make,
    stop: () => cancel?.(),
  };
}
