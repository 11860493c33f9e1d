import { periodOf, type Frequency } from '#shared/domain/series/periods.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { dateOf, dayOf } from '#shared/util/calendar-days.ts';
import type { EngineContext } from '../context.ts';
import type { Figures } from './figures.ts';

/** Who signs what the collection writes. */
export const COLLECTOR = 'system:collection';

/** When a source that ran on a day is due again: on the first day of the next period of its frequency. */
export function nextRunAfter(day: string, frequency: Frequency): string {
  return dateOf(periodOf(frequency, dayOf(day)).last + 1);
}

/** Published sources that count records and whose run is due on a day. */
export function dueSources({ view }: Pick<EngineContext, 'view'>, asOf: string): readonly Row<'dataSource'>[] {
  return [...view.all('dataSource')].filter(
    ({ kind, state, nextRun }) => kind === 'indicator' && state === 'published' && (nextRun === undefined || nextRun <= asOf),
  );
}

/**
 * Runs what is due (DCE-05) and answers how many sources that were. Values are counted from the records as of each period, so one run after
 * a long sleep is as good as all the runs that were missed; the figures follow it, and the sources say when they ran.
 */
export async function collect(context: EngineContext, figures: Figures): Promise<number> {
  await figures.settled();
  const { asOf } = context.settings();
  const due = dueSources(context, asOf);
  if (due.length === 0) return 0;
  const meta = { commandId: context.host.newId(), actor: COLLECTOR, label: 'Collection of figures', notUndoable: true };
  await context.records.run(meta, (draft) => {
    for (const { id, frequency } of dueSources(draft, asOf))
      draft.setSystemFields('dataSource', id, { lastRun: asOf, nextRun: nextRunAfter(asOf, frequency) });
  });
  return due.length;
}
