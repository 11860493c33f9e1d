import { foldTight } from '../../util/folding.ts';
import type { ColumnFacts } from './facts.ts';
import { aspectOf, nounOf, nounsOf, withoutVendor, wordsOf } from './headings.ts';
import { SERIES_RECORDS, type SeriesRecord } from './import-fields.ts';
import type { MappedColumn } from './map-columns.ts';

const PART_WORDS = new Set(['feature', 'capability', 'module', 'component', 'part', 'function']);
const MEASURE_WORDS = new Set(['measure', 'metric', 'kpi', 'indicator']);
const DAY_WORDS = new Set(['day', 'date', 'week', 'month', 'period', 'time', 'timestamp', 'at', 'on']);
/** Words of a column of values, the likelier the higher. */
const VALUE_WORDS: ReadonlyMap<string, number> = new Map([
  ['value', 1],
  ['usage', 0.95],
  ['uses', 0.95],
  ['count', 0.9],
  ['score', 0.85],
  ['quantity', 0.85],
  ['events', 0.8],
  ['logins', 0.8],
  ['sessions', 0.8],
  ['users', 0.75],
  ['total', 0.7],
  ['nps', 0.7],
  ['csat', 0.7],
  ['duration', 0.5],
  ['minutes', 0.5],
  ['hours', 0.5],
]);
const NOT_VALUES = new Set(['error', 'errors', 'fail', 'failed', 'year', 'month', 'day', 'index', 'rank']);

function recordOf(facts: ColumnFacts): SeriesRecord | undefined {
  const noun = nounOf(aspectOf(facts.heading).of);
  return SERIES_RECORDS.find((table) => nounsOf(table).includes(noun));
}

function valueWeight(facts: ColumnFacts): number {
  if (facts.numbers < 0.9 || aspectOf(facts.heading).aspect === 'key') return 0;
  const words = withoutVendor(wordsOf(facts.heading));
  const best = Math.max(0, ...words.map((word) => VALUE_WORDS.get(word) ?? 0));
  const both = words.filter((word) => VALUE_WORDS.has(word)).length > 1 ? 0.05 : 0;
  return words.some((word) => NOT_VALUES.has(word)) ? 0.1 : Math.max(0.2, best + both);
}

const better = (weights: readonly number[]) => weights.reduce((best, weight, index) => (weight > (weights[best] ?? 0) ? index : best), 0);

/**
 * Says where the columns of a sheet go when its rows are values of a data source: the record they belong to, the day, the
 * value, and perhaps the part (feature) and the name of the measure. Undefined where record, day or value is not to be seen.
 */
export function mapSeries(
  columns: readonly ColumnFacts[],
): { readonly columns: readonly MappedColumn[]; readonly weight: number } | undefined {
  const record = columns.find((facts) => facts.distinct.length > 0 && recordOf(facts) !== undefined);
  const table = record && recordOf(record);
  const isDay = (facts: ColumnFacts) => facts.dates > 0.8 && wordsOf(facts.heading).some((word) => DAY_WORDS.has(word));
  const day = columns.find(isDay) ?? columns.find(({ dates }) => dates > 0.95);
  const weights = columns.map((facts) => (facts === day || facts === record ? 0 : valueWeight(facts)));
  const value = columns[better(weights)];
  const weight = Math.max(0, ...weights);
  if (record === undefined || table === undefined || day === undefined || value === undefined || weight === 0) return undefined;
  const named = (words: ReadonlySet<string>) =>
    columns.find(
      (facts) =>
        ![record, day, value].includes(facts) &&
        facts.booleans < 0.99 &&
        facts.distinct.length > 0 &&
        aspectOf(facts.heading).of.some((word) => words.has(word)) &&
        !/^is|flag$/.test(foldTight(facts.heading)),
    );
  const goes = new Map<ColumnFacts | undefined, readonly [field: string, reason: string]>([
    [named(MEASURE_WORDS), ['measure', 'It names what was measured']],
    [named(PART_WORDS), ['part', 'It names the part that was used']],
    [record, [table, 'It is the record that each value belongs to']],
    [day, ['day', 'It is the day of each value']],
    [value, ['value', 'It is the value itself']],
  ]);
  return {
    weight,
    columns: columns.map((facts) => {
      const found = goes.get(facts);
      return found === undefined
        ? { index: facts.index, weight: 0 }
        : { index: facts.index, field: found[0], reason: found[1], weight: 0.9 };
    }),
  };
}

/** What a measure is called that a column of values stands for: `usage_count` is product usage. */
export function measureName(heading: string): string {
  const words = withoutVendor(wordsOf(heading));
  const text = words.join(' ');
  if (text === '' || /^(value|count|total|quantity|score)$/.test(text) || /\b(usage|uses)\b/.test(text)) return 'Product usage';
  if (/\bnps\b/.test(text)) return 'NPS';
  if (/\bcsat\b/.test(text)) return 'CSAT';
  return text.charAt(0).toUpperCase() + text.slice(1);
}
