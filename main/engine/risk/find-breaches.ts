import type { AnyRow, Row } from '#shared/model/dictionary.ts';
import { engagementActive } from '#shared/domain/derived/engagement-facts.ts';
import { engagementsOfRecord } from '#shared/domain/portfolio/record-engagements.ts';
import type { Breach } from '#shared/domain/risk/plan-signals.ts';
import { breachInWords } from '#shared/domain/risk/signal-texts.ts';
import { breaches, looksBack, measured, thresholdFor } from '#shared/domain/risk/threshold.ts';
import { periodOf } from '#shared/domain/series/periods.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { dateOf, dayOf } from '#shared/util/calendar-days.ts';
import type { SourceSet } from '../metrics/source-set.ts';
import type { MetricRisk, PlannedRisk, TableRisk } from './risk-plan.ts';

/** A breach with what its signal will say. */
export type FoundBreach = Breach & {
  readonly risk: PlannedRisk;
  /** Why it counts as a risk, in words. */
  readonly because: string;
  /** What is at risk, where the record that caused it says so. */
  readonly contracts: readonly string[];
  readonly products: readonly string[];
};

export type BreachScope = { readonly view: ReadView; readonly sources: SourceSet; readonly asOf: string };

/** Engagements that definitions are held against: the active ones (scoring.md 7). */
export function activeEngagements(view: ReadView): readonly Row<'engagement'>[] {
  return [...view.all('engagement')].filter(engagementActive);
}

/** Whether a definition is held against an engagement. */
export function isApplicable(risk: PlannedRisk, engagement: Row<'engagement'>, { view, asOf }: BreachScope): boolean {
  return risk.applicable === undefined || risk.applicable(engagement, view, asOf);
}

/**
 * Breaches of a metric-based definition by one engagement: one for each source record whose own value breaches (RSK-01).
 * Answers a function, so that what is the same for all engagements is made once.
 */
function metricBreaches(risk: MetricRisk, scope: BreachScope): (engagement: Row<'engagement'>) => readonly FoundBreach[] {
  const { view, sources, asOf } = scope;
  const { reader, condition, lookBackDays } = risk;
  const { breakdown, frequency, name } = reader.source;
  const today = dayOf(asOf);
  const wanted = { days: Int32Array.of(today - lookBackDays, today), dates: [dateOf(today - lookBackDays), asOf] };
  const values = new Float64Array(2);

  const breachBy = (record: string, engagement: string, threshold: number): readonly FoundBreach[] => {
    reader.fill(record, wanted, values);
    const value = values[1] ?? Number.NaN;
    const earlier = values[0] ?? Number.NaN;
    if (!breaches(condition, value, threshold, earlier)) return [];
    const amount = measured(condition, value, earlier);
    const period = periodOf(frequency, reader.latest(record, wanted, 1)?.end ?? today);
    return [
      {
        definition: risk.id,
        risk,
        category: risk.category,
        engagement,
        sourceTable: breakdown,
        sourceRecord: record,
        startDate: dateOf(period.first),
        endDate: dateOf(period.last),
        // what is held against the threshold of a fall or rise is its size in percent
        value: looksBack(condition) ? amount : value,
        threshold,
        gap: Math.abs(amount - threshold),
        because: breachInWords(name, { condition, value, earlier, measured: amount, threshold, lookBackDays }),
        ...impactOf(breakdown, view.get(breakdown, record)),
      },
    ];
  };
  return (engagement) => {
    const threshold = thresholdFor(risk.threshold, risk.overrides, ({ matches }) => matches(engagement, view, asOf));
    return sources.recordsOf(reader, engagement).flatMap((record) => breachBy(record, engagement.id, threshold));
  };
}

/** Breaches of a table-based definition by one record: it satisfies the condition, once for each active engagement it belongs to (RSK-02). */
function tableBreaches(risk: TableRisk, scope: BreachScope): (record: AnyRow) => readonly FoundBreach[] {
  const { view, asOf } = scope;
  // a record has no period of its own: it is counted once a week
  const week = periodOf('weekly', dayOf(asOf));
  return (record) => {
    if (!risk.matches(record, view, asOf)) return [];
    const concerned = engagementsOfRecord(view, risk.table, record).filter(
      (engagement) => engagementActive(engagement) && isApplicable(risk, engagement, scope),
    );
    return concerned.map((engagement) => ({
      definition: risk.id,
      risk,
      category: risk.category,
      engagement: engagement.id,
      sourceTable: risk.table,
      sourceRecord: record.id,
      startDate: dateOf(week.first),
      endDate: dateOf(week.last),
      because: risk.words,
      ...impactOf(risk.table, record),
    }));
  };
}

/** All breaches of a definition; `turn` is given after every slice of the work. */
export async function findBreaches(risk: PlannedRisk, scope: BreachScope, turn: () => Promise<void>): Promise<readonly FoundBreach[]> {
  const found: FoundBreach[] = [];
  if (risk.type === 'table') {
    const breachesBy = tableBreaches(risk, scope);
    await inSlices(Array.from(scope.view.all(risk.table)), turn, (record) => found.push(...breachesBy(record)));
    return found;
  }
  const breachesBy = metricBreaches(risk, scope);
  await inSlices(activeEngagements(scope.view), turn, (engagement) => {
    if (isApplicable(risk, engagement, scope)) found.push(...breachesBy(engagement));
  });
  return found;
}

/** Engagements or records looked at before other work gets its turn: well under 50 ms on a slow machine. */
const SLICE = 1000;

async function inSlices<T>(rows: readonly T[], turn: () => Promise<void>, look: (row: T) => void): Promise<void> {
  for (const [index, row] of rows.entries()) {
    look(row);
    if (index % SLICE === SLICE - 1) await turn();
  }
}

function impactOf(table: string, row: AnyRow | undefined): Pick<FoundBreach, 'contracts' | 'products'> {
  const reference = (field: string): readonly string[] => {
    const value = row?.[field];
    return typeof value === 'string' ? [value] : [];
  };
  switch (table) {
    case 'contract':
      return { contracts: reference('id'), products: [] };
    case 'soldProduct':
      return { contracts: reference('contract'), products: reference('product') };
    case 'product':
      return { contracts: [], products: reference('id') };
    default:
      return { contracts: [], products: [] };
  }
}
