import { tableOf, type TableName } from '../../model/dictionary.ts';
import { fold } from '../../util/folding.ts';
import { isCurrency } from '../../util/currencies.ts';

/** Words that exports of other products put before the name of every column. */
const VENDOR_FIRST = new Set([
  'property',
  'properties',
  'hs',
  'hubspot',
  'sf',
  'sfdc',
  'salesforce',
  'custom',
  'attributes',
  'fields',
  'zendesk',
  'zuora',
]);
/** Mark of a custom field in Salesforce (`region__c`). */
const VENDOR_LAST = new Set(['c']);
const UNITS = new Set([
  'flag',
  'indicator',
  'pct',
  'percent',
  'hours',
  'hrs',
  'hour',
  'minutes',
  'mins',
  'min',
  'secs',
  'seconds',
  'value',
  'text',
]);
export const KEY_WORDS: ReadonlySet<string> = new Set(['id', 'key', 'uuid', 'guid', 'ref', 'reference']);
const NUMBER_WORDS = new Set(['number', 'no', 'nr', 'code']);
const NAME_WORDS = new Set(['name', 'email', 'title']);

/** The words of a heading, folded: `property_hs_ticketPriority` → `property hs ticket priority`. */
export function wordsOf(heading: string): readonly string[] {
  const apart = heading.replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  const folded = fold(apart);
  return folded === '' ? [] : folded.split(' ');
}

/** Heading words without what vendors put around them. */
export function withoutVendor(words: readonly string[]): readonly string[] {
  let from = 0;
  let to = words.length;
  while (from < to - 1 && VENDOR_FIRST.has(words[from] ?? '')) from += 1;
  while (to - 1 > from && VENDOR_LAST.has(words[to - 1] ?? '')) to -= 1;
  return words.slice(from, to);
}

const singular = (word: string) => {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') && !word.endsWith('ss') && word.length > 3 ? word.slice(0, -1) : word;
};

const nounCache = new Map<TableName, readonly string[]>();

/** What people call the records of a table, folded and in the singular: `support ticket`, `ticket`, `case`. */
export function nounsOf(table: TableName): readonly string[] {
  const known = nounCache.get(table);
  if (known !== undefined) return known;
  const { label, plural, synonyms = [] } = tableOf(table);
  const nouns = [...new Set([label, plural, table, ...synonyms].map((noun) => wordsOf(noun).map(singular).join(' ')))];
  nounCache.set(table, nouns);
  return nouns;
}

/** The words in the singular, joined; for comparing with {@link nounsOf}. */
export function nounOf(words: readonly string[]): string {
  return words.map(singular).join(' ');
}

export type HeadingForm = { readonly text: string; readonly weight: number };

/**
 * What a heading may mean, the plainest reading first, each without spaces: `property_deal_amount_usd` on opportunities is
 * `propertydealamountusd`, `dealamountusd`, `amountusd`, `amount`. Weights fall with every word that is taken off.
 */
export function headingForms(heading: string, table: TableName): readonly HeadingForm[] {
  const all = wordsOf(heading);
  const words = withoutVendor(all);
  const forms = new Map<string, number>();
  const add = (parts: readonly string[], weight: number) => {
    const text = parts.join('');
    if (text !== '' && !forms.has(text)) forms.set(text, weight);
  };
  add(all, 1);
  add(words, 0.97);
  const bare = (parts: readonly string[], weight: number) => {
    const last = parts.at(-1) ?? '';
    if (parts.length > 1 && (UNITS.has(last) || isCurrency(last.toUpperCase()))) add(parts.slice(0, -1), weight - 0.08);
    if (parts.length > 1 && (parts[0] === 'is' || parts[0] === 'has')) add(parts.slice(1), weight - 0.08);
  };
  bare(words, 0.97);
  for (let length = words.length - 1; length > 0; length -= 1) {
    if (!nounsOf(table).includes(nounOf(words.slice(0, length)))) continue;
    add(words.slice(length), 0.9);
    bare(words.slice(length), 0.9);
  }
  return [...forms].map(([text, weight]) => ({ text, weight }));
}

/** What a heading names beside the record: its key, its number or its name (`account_id`, `Account number`, `owner name`). */
export function aspectOf(heading: string): { readonly of: readonly string[]; readonly aspect: 'key' | 'number' | 'name' | 'plain' } {
  const words = withoutVendor(wordsOf(heading));
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (KEY_WORDS.has(last)) return { of: before, aspect: 'key' };
  // `AccountID` and `customerid` have no seam
  if (words.length === 1 && last.length > 4 && last.endsWith('id')) return { of: [last.slice(0, -2)], aspect: 'key' };
  if (NUMBER_WORDS.has(last)) return { of: before, aspect: 'number' };
  if (NAME_WORDS.has(last)) return { of: before, aspect: 'name' };
  return { of: words, aspect: 'plain' };
}
