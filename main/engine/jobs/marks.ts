import { tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { engagementsFor } from '#shared/domain/indicator/source-records.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Touched } from '../context.ts';
import type { HealthPlan } from '../health/health-plan.ts';
import { differs } from '../metrics/open-readers.ts';
import type { SourceReader } from '../metrics/source-reader.ts';
import type { SourceSet } from '../metrics/source-set.ts';

/** What a change makes invalid. */
export type Marks = {
  /** So much changed that nothing that was prepared is worth keeping. */
  readonly everything: boolean;
  /** Sources or health definitions themselves changed: all engagements are scored anew. */
  readonly planAgain: boolean;
  /** Engagements to be computed again. */
  readonly engagements: ReadonlySet<string>;
  /** Filters of definitions read a table that changed: who is scored by what has to be asked again. */
  readonly chooseAgain: boolean;
};

export type MarkScope = { readonly view: ReadView; readonly sources: SourceSet; readonly plan: HealthPlan };

/** Above so many changed rows, computing everything costs less than finding out what depends on them. */
const MANY = 3000;
const ALL: Marks = { everything: true, planAgain: true, engagements: new Set(), chooseAgain: false };
const DEFINING: ReadonlySet<TableName> = new Set(['dataSource', 'dataSourceContext', 'healthDefinition', 'healthMetric']);

/** Finds what depends on a committed change (design.md, idea 5), and makes the readers forget what they had prepared of it. */
export function marksOf(touched: Touched, scope: MarkScope): Marks {
  const changed = [...touched.rows.values()].reduce((sum, ids) => sum + ids.size, touched.series.size);
  if (changed > MANY) return ALL;
  const marks = { engagements: new Set<string>(), all: false };
  for (const table of tableNames) {
    const ids = touched.rows.get(table);
    if (!ids || ids.size === 0) continue;
    for (const reader of scope.sources.readers.values()) {
      if (!reader.alsoReads().has(table)) continue;
      reader.forgetAll();
      marks.all = true;
    }
    for (const id of ids) markRow(table, versions(scope.view, touched, table, id), scope, marks.engagements);
  }
  for (const id of touched.series)
    markSeries(scope.view.get('dataPointSeries', id) ?? touched.before('dataPointSeries', id), scope, marks.engagements);
  if (marks.all) for (const { id } of scope.view.all('engagement')) marks.engagements.add(id);
  const read = scope.plan.alsoReads();
  return {
    everything: false,
    planAgain: definesAnew(touched, scope.view),
    engagements: marks.engagements,
    chooseAgain: tableNames.some((table) => read.has(table) && touched.rows.has(table)),
  };
}

function definesAnew(touched: Touched, view: ReadView): boolean {
  for (const table of DEFINING) {
    for (const id of touched.rows.get(table) ?? []) {
      const before: AnyRow | undefined = touched.before(table, id);
      const after: AnyRow | undefined = view.get(table, id);
      if (!before || !after || differs(before, after)) return true;
    }
  }
  return false;
}

/** A record as it was and as it is. */
function versions(view: ReadView, touched: Touched, table: TableName, id: string): readonly AnyRow[] {
  const both: readonly (AnyRow | undefined)[] = [touched.before(table, id), view.get(table, id)];
  return both.filter((row) => row !== undefined);
}

function markRow(table: TableName, rows: readonly AnyRow[], scope: MarkScope, marked: Set<string>): void {
  for (const row of rows) {
    for (const reader of scope.sources.readers.values()) if (reader.counts?.table === table) markCounted(reader, row, scope, marked);
    for (const engagement of STRUCTURE[table]?.(row, scope.view) ?? []) {
      scope.sources.forgetEngagement(engagement);
      marked.add(engagement);
    }
    if (table === 'dataPointSeries') markSeries(row, scope, marked);
  }
}

/** A record that an indicator counts: the value of the source record that it names. */
function markCounted(reader: SourceReader, row: AnyRow, { view }: MarkScope, marked: Set<string>): void {
  const key = reader.counts?.keyField === undefined ? row.id : row[reader.counts.keyField];
  if (typeof key !== 'string') return;
  reader.forget(key);
  markSourceRecord(reader, key, view, marked);
}

function markSourceRecord(reader: SourceReader, key: string, view: ReadView, marked: Set<string>): void {
  const { breakdown } = reader.source;
  const record: AnyRow | undefined = view.get(breakdown, key);
  if (record) for (const engagement of engagementsFor(view, breakdown, reader.mappers, record)) marked.add(engagement);
}

function markSeries(row: AnyRow | undefined, { view, sources }: MarkScope, marked: Set<string>): void {
  const [source, record] = [row?.['source'], row?.['sourceRecord']];
  if (typeof source !== 'string' || typeof record !== 'string') return;
  const reader = sources.readers.get(source);
  if (!reader) return;
  reader.forget(record);
  markSourceRecord(reader, record, view, marked);
}

type Structure = (row: AnyRow, view: ReadView) => readonly string[];

const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
const ofAccount: Structure = ({ account }, view) => (typeof account === 'string' ? ids(view.by('engagement', 'account', account)) : []);
const named: Structure = ({ engagement }) => (typeof engagement === 'string' ? [engagement] : []);

/** Engagements whose line, contracts or source records may change with a record of the table. */
const STRUCTURE: Readonly<Partial<Record<TableName, Structure>>> = {
  engagement: (row, view) => [row.id, ...ofAccount(row, view)],
  account: ({ id }, view) => ids(view.by('engagement', 'account', id)),
  contract: (row, view) => [
    ...ofAccount(row, view),
    ...view.by('engagementContract', 'contract', row.id).map(({ engagement }) => engagement),
  ],
  soldProduct: (row, view) => [
    ...ofAccount(row, view),
    ...view.by('engagementSoldProduct', 'soldProduct', row.id).map(({ engagement }) => engagement),
  ],
  engagementContract: named,
  engagementSoldProduct: named,
  riskSignal: named,
  touchpoint: named,
  user: ({ id }, view) => ids(view.by('engagement', 'csm', id)),
};
