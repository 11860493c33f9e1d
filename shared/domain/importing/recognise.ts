import { tableOf, type TableName } from '../../model/dictionary.ts';
import { foldTight } from '../../util/folding.ts';
import type { ReadSheet } from './cells.ts';
import { factsOf, type ColumnFacts } from './facts.ts';
import { aspectOf, nounOf, nounsOf, wordsOf } from './headings.ts';
import { importFields, importTables } from './import-fields.ts';
import { mapColumns, type MappedColumn } from './map-columns.ts';
import { mapSeries } from './map-series.ts';
import { ALSO, canFillIn } from './recipes.ts';

/** What the rows of a sheet become: records of a table, values of a data source, or nothing. */
export type SheetTarget = TableName | 'series' | undefined;
export type RecognisedSheet = {
  readonly sheet: ReadSheet;
  readonly facts: readonly ColumnFacts[];
  readonly into: SheetTarget;
  readonly also: readonly TableName[];
  readonly reason: string;
  readonly columns: readonly MappedColumn[];
};

const NOISE = new Set([
  'data',
  'export',
  'exports',
  'report',
  'all',
  'list',
  'csv',
  'xlsx',
  'xls',
  'txt',
  'tsv',
  'sf',
  'table',
  'sheet',
  'final',
  'copy',
  'new',
  'raw',
  'dump',
  'template',
]);
/** Tables of other products that have no counterpart here, though their names hold a word of ours. */
const FOREIGN = [
  'history', 'pipeline stage', 'deal stage', 'deal pipeline', 'ticket pipeline', 'property', 'invoice', 'invoice item', 'amendment', 'line item',
  'product rate plan', 'product rate plan charge', 'email event', 'event open', 'dictionary', 'data dictionary', 'readme', 'email event open',
  'event click', 'contact list', 'payment', 'refund', 'guide',
] as const; // prettier-ignore
const SERIES_NOUNS = [
  'usage', 'feature usage', 'product usage', 'metric', 'measurement', 'kpi', 'data point', 'login', 'telemetry', 'usage event', 'usage metric', 'time series',
  'adoption', 'activity count',
]; // prettier-ignore

/** The words of a file's (and sheet's) name that may name what it holds, in the singular. */
export function nameWords(sheet: ReadSheet): readonly string[] {
  const file = wordsOf(sheet.file.replace(/\.[a-z]{2,5}$/i, ''));
  const named =
    sheet.sheet === undefined || /^(sheet|tabelle|feuil|blatt|table)\s*\d*$/i.test(sheet.sheet) ? file : [...file, ...wordsOf(sheet.sheet)];
  return named.filter((word) => !NOISE.has(word) && !/^\d+$/.test(word)).map((word) => nounOf([word]));
}

type Named = { readonly length: number; readonly last: boolean };

/** How a noun stands in a name: how many words it has, and whether it is the last thing said. */
function nounIn(words: readonly string[], nouns: readonly string[]): Named | undefined {
  let best: Named | undefined;
  for (const noun of nouns) {
    const parts = noun.split(' ');
    for (let at = words.length - parts.length; at >= 0; at -= 1) {
      if (!parts.every((part, index) => words[at + index] === part)) continue;
      const found = { length: parts.length, last: at + parts.length === words.length };
      if (best === undefined || (found.last && !best.last) || (found.last === best.last && found.length > best.length)) best = found;
      break;
    }
  }
  return best;
}

function nameScore(named: Named | undefined): number {
  if (named === undefined) return 0;
  return (named.last ? 3 : 1) + named.length * 0.4;
}

const isTechnical = (heading: string) => /^_|^(created|updated|modified|last modified) by|system modstamp/i.test(heading);

type Candidate = {
  readonly into: TableName | 'series';
  readonly score: number;
  readonly columns: readonly MappedColumn[];
  readonly named: boolean;
};

function candidateFor(table: TableName, facts: readonly ColumnFacts[], words: readonly string[]): Candidate | undefined {
  const named = nounIn(words, nounsOf(table));
  const columns = mapColumns(facts, table, words);
  const mapped = new Set(columns.flatMap(({ field }) => field ?? []));
  const telling = columns.filter(
    ({ field }) => field !== undefined && field !== 'leaveOut' && field !== 'takeIn' && !field.startsWith('currency'),
  );
  const meaningful = telling.filter(({ field }) => field !== 'externalId').reduce((sum, { weight }) => sum + weight, 0);
  const counted = facts.filter(({ heading }) => !isTechnical(heading)).length;
  const missing = [...importFields(table)].filter(
    ([key, field]) => field.isMandatory && field.default === undefined && !mapped.has(key) && !canFillIn(table, key, mapped),
  );
  const isKeyed = columns.some(
    ({ field, index }) => field === 'externalId' && nounsOf(table).includes(nounOf(aspectOf(facts[index]?.heading ?? '').of)),
  );
  if (meaningful < 0.8 || (telling.length < 2 && facts.length > 1)) return undefined;
  const score =
    nameScore(named) +
    Math.min(meaningful, 8) * 0.45 +
    (telling.length / Math.max(1, counted)) * 2 +
    (isKeyed ? 1.5 : 0) -
    missing.length * (named?.last === true ? 1 : 2.5);
  return { into: table, score, columns, named: named !== undefined };
}

function seriesCandidate(facts: readonly ColumnFacts[], words: readonly string[]): Candidate | undefined {
  const found = mapSeries(facts);
  if (found === undefined) return undefined;
  const named = nounIn(words, SERIES_NOUNS);
  const parts = found.columns.filter(({ field }) => field === 'part' || field === 'measure').length;
  const score = nameScore(named) + found.weight * 2.5 + parts * 1.5 + (facts.length <= 5 ? 1 : 0);
  return { into: 'series', score, columns: found.columns, named: named !== undefined };
}

const LEAST_SCORE = 3.2;

function leftOut(sheet: ReadSheet, facts: readonly ColumnFacts[], reason: string): RecognisedSheet {
  return { sheet, facts, into: undefined, also: [], reason, columns: facts.map(({ index }) => ({ index, weight: 0 })) };
}

/** Further records that the rows of a sheet make, by what is mapped. */
export function alsoMade(into: SheetTarget, columns: readonly MappedColumn[], facts: readonly ColumnFacts[]): readonly TableName[] {
  const recipe = into === undefined || into === 'series' ? undefined : ALSO[into];
  if (recipe === undefined) return [];
  const mapped = new Map(columns.flatMap(({ field, index }) => (field === undefined ? [] : [[field, index] as const])));
  if (!recipe.needs.every((field) => mapped.has(field))) return [];
  // a plan is a product only where few plans stand on many rows
  const plan = facts[mapped.get('plan') ?? -1];
  return plan !== undefined && plan.distinct.length > 0 && plan.distinct.length <= Math.max(20, plan.rows * 0.05) ? recipe.makes : [];
}

async function recogniseSheet(sheet: ReadSheet, turn: () => Promise<void>): Promise<RecognisedSheet> {
  const facts = await factsOf(sheet, turn);
  if (sheet.hidden) return leftOut(sheet, facts, 'The workbook hides this sheet');
  if (sheet.lines.length === 0) return leftOut(sheet, facts, 'It has headings and no rows');
  const words = nameWords(sheet);
  const foreign = nounIn(words, FOREIGN);
  const candidates = [
    ...importTables.flatMap((table) => candidateFor(table, facts, words) ?? []),
    ...[seriesCandidate(facts, words)].flatMap((one) => one ?? []),
  ];
  candidates.sort((a, b) => b.score - a.score);
  const [best] = candidates;
  if (best === undefined || best.score < LEAST_SCORE) return leftOut(sheet, facts, 'Its columns belong to no record type');
  if (
    foreign?.last === true &&
    !(best.named && nounIn(words, best.into === 'series' ? SERIES_NOUNS : nounsOf(best.into))?.last === true && foreign.length === 1)
  )
    return leftOut(sheet, facts, 'There is no counterpart to such records');
  const label = best.into === 'series' ? 'values of a data source' : tableOf(best.into).plural.toLowerCase();
  const reason = best.named ? `The name of the file and its columns say ${label}` : `Its columns say ${label}`;
  return { sheet, facts, into: best.into, also: alsoMade(best.into, best.columns, facts), reason, columns: best.columns };
}

/**
 * A sheet of two keys ties the records of two other sheets: the first is filled in with the second. Told by a heading that is
 * the key of another sheet of the set and one that names a record type which that record refers to.
 */
function linkSheet(sheet: RecognisedSheet, others: readonly RecognisedSheet[]): RecognisedSheet {
  const words = nameWords(sheet.sheet);
  const keys = sheet.facts.filter(({ heading }) => aspectOf(heading).aspect === 'key' && !isTechnical(heading));
  if (keys.length < 2 || sheet.facts.length > 8 || sheet.columns.filter(({ field }) => field !== undefined).length > 3) return sheet;
  for (const own of keys) {
    const owner = others.find(
      (other) =>
        other !== sheet &&
        other.into !== undefined &&
        other.into !== 'series' &&
        (keyHeading(other) === foldTight(own.heading) ||
          (sheet.into === undefined && nounsOf(other.into).includes(nounOf(aspectOf(own.heading).of)))) &&
        words.includes(nounOf(aspectOf(own.heading).of)),
    );
    const table = owner?.into;
    if (table === undefined || table === 'series') continue;
    for (const target of keys) {
      const noun = nounOf(aspectOf(target.heading).of);
      const field = [...importFields(table)].find(
        ([, { kind, to }]) => kind === 'reference' && to !== undefined && to !== table && nounsOf(to as TableName).includes(noun), // the dictionary names tables
      );
      if (target === own || field === undefined) continue;
      const columns = sheet.facts.map(({ index }) => {
        if (index === own.index)
          return { index, field: 'externalId', weight: 0.9, reason: 'It is the key of the record that is filled in' };
        return index === target.index
          ? { index, field: field[0], weight: 0.9, reason: 'It is the record that belongs to it' }
          : { index, weight: 0 };
      });
      return {
        ...sheet,
        into: table,
        columns,
        reason: `It says which ${field[1].label.toLowerCase()} each ${tableOf(table).label.toLowerCase()} belongs to`,
      };
    }
  }
  return sheet;
}

function keyHeading(sheet: RecognisedSheet): string | undefined {
  const key = sheet.columns.find(({ field }) => field === 'externalId');
  return key && foldTight(sheet.facts[key.index]?.heading ?? '');
}

/** References that no heading tells: most values of the column are keys of another sheet of the set. */
function byKeysOfOthers(sheet: RecognisedSheet, others: readonly RecognisedSheet[]): RecognisedSheet {
  const { into } = sheet;
  if (into === undefined || into === 'series') return sheet;
  const used = new Set(sheet.columns.flatMap(({ field }) => field ?? []));
  const columns = sheet.columns.map((column) => {
    const facts = sheet.facts[column.index];
    if (column.field !== undefined || facts === undefined || facts.distinct.length < 2) return column;
    for (const [field, { kind, to }] of importFields(into)) {
      if (kind !== 'reference' || used.has(field)) continue;
      const owner = others.find((other) => other !== sheet && other.into === to && overlap(facts, other) > 0.6);
      if (owner === undefined) continue;
      used.add(field);
      return { ...column, field, weight: 0.7, reason: `Its values are keys of ${owner.sheet.sheet ?? owner.sheet.file}` };
    }
    return column;
  });
  return { ...sheet, columns };
}

function overlap(facts: ColumnFacts, other: RecognisedSheet): number {
  const sample = facts.distinct.slice(0, 200);
  const keys = other.columns
    .filter(({ field }) => field === 'externalId' || field === 'name')
    .flatMap(({ index }) => other.facts[index]?.distinct ?? []);
  const known = new Set(keys.map(({ value }) => value));
  return sample.filter(({ value }) => known.has(value)).length / sample.length;
}

/** A rate plan and its charges are the same sold products; the charges say more. */
function withoutDoubles(sheets: readonly RecognisedSheet[]): readonly RecognisedSheet[] {
  const charged = sheets.some(({ sheet, into }) => into === 'soldProduct' && nameWords(sheet).at(-1) === 'charge');
  return sheets.map((one) =>
    charged && one.into === 'soldProduct' && nameWords(one.sheet).slice(-2).join(' ') === 'rate plan'
      ? leftOut(one.sheet, one.facts, 'The charges of the rate plans say the same and more')
      : one,
  );
}

/** Says of every sheet of a set what its rows become and where its columns go, with a reason for each. */
export async function recogniseSet(sheets: readonly ReadSheet[], turn: () => Promise<void>): Promise<readonly RecognisedSheet[]> {
  const found: RecognisedSheet[] = [];
  for (const sheet of sheets) {
    found.push(await recogniseSheet(sheet, turn));
    await turn();
  }
  const alone = withoutDoubles(found);
  const linked = alone.map((sheet) => linkSheet(sheet, alone));
  return linked.map((sheet) => byKeysOfOthers(sheet, linked));
}
