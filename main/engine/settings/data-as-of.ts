import { dateOf, dayOf } from '#shared/util/calendar-days.ts';
import type { EngineContext } from '../context.ts';
import { firstAt } from '../store/points.ts';

type Kept = { today: string; days: ReadonlyMap<string, string> };
const known = new WeakMap<EngineContext, Kept>();

const SOURCES = {
  dataPointSeries: [],
  supportTicket: ['submittedAt', 'closedAt'],
  touchpoint: ['heldOn'],
  contract: ['startDate'],
} as const;

/**
 * The newest day, not after today, of which any data point, ticket, touchpoint or contract start is known (footer: "data as of").
 * Kept until one of these tables or today changes.
 */
export function dataAsOf(context: EngineContext): string | undefined {
  const { asOf } = context.settings();
  let kept = known.get(context);
  if (kept === undefined) {
    const fresh: Kept = { today: asOf, days: new Map() };
    known.set(context, fresh);
    context.feed.subscribe(({ rows }) => {
      const stale = new Set<string>(rows.keys());
      fresh.days = new Map([...fresh.days].filter(([table]) => !stale.has(table)));
    });
    kept = fresh;
  }
  if (kept.today !== asOf) {
    kept.today = asOf;
    kept.days = new Map();
  }
  const days = new Map(kept.days);
  for (const [table, fields] of Object.entries(SOURCES))
    if (!days.has(table)) days.set(table, newest(context, table as keyof typeof SOURCES, fields, asOf)); // the keys of SOURCES
  kept.days = days;
  const latest = [...days.values()].toSorted().at(-1);
  return latest === '' ? undefined : latest;
}

/** The newest day in the fields of a table; empty text where there is none. */
function newest({ view, series }: EngineContext, table: keyof typeof SOURCES, fields: readonly string[], today: string): string {
  if (table === 'dataPointSeries') return newestPoint(series, view, today);
  let latest = '';
  for (const row of view.all(table) as Iterable<Readonly<Record<string, unknown>>>)
    // Row seen generically
    for (const field of fields) {
      const value = row[field];
      if (typeof value !== 'string') continue;
      const day = value.slice(0, 10);
      if (day > latest && day <= today) latest = day;
    }
  return latest;
}

function newestPoint(series: EngineContext['series'], view: EngineContext['view'], today: string): string {
  const last = dayOf(today);
  let latest = Number.NEGATIVE_INFINITY;
  for (const { id } of view.all('dataPointSeries')) {
    const points = series.points(id);
    if (points === undefined) continue;
    latest = Math.max(latest, points.end[firstAt(points, last + 1) - 1] ?? latest);
  }
  return Number.isFinite(latest) ? dateOf(latest) : '';
}
