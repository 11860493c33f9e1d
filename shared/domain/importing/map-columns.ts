import { tablesOfField } from '../../model/any-reference.ts';
import { tableOf, type TableName } from '../../model/dictionary.ts';
import type { Field } from '../../model/field.ts';
import { foldTight } from '../../util/folding.ts';
import { readNumber as readRecordNumber } from '../labels/record-number.ts';
import { readChoice } from './choice-words.ts';
import type { ColumnFacts } from './facts.ts';
import { aspectOf, headingForms, KEY_WORDS, nounOf, nounsOf, withoutVendor, wordsOf } from './headings.ts';
import { importFields } from './import-fields.ts';

/** Where a column goes; without a field it is left out. `reason` is for people. */
export type MappedColumn = { readonly index: number; readonly field?: string; readonly reason?: string; readonly weight: number };

type Guess = { readonly index: number; readonly field: string; readonly weight: number; readonly reason: string };

const SURE = 0.93;
const LEAST = 0.5;
const EXTERNAL = new Set(['externalid', 'recordid', 'objectid']);

const formCache = new Map<TableName, ReadonlyMap<string, { field: string; weight: number }>>();

/** Every way to write a field of the table, without spaces. */
function fieldForms(table: TableName): ReadonlyMap<string, { field: string; weight: number }> {
  const known = formCache.get(table);
  if (known !== undefined) return known;
  const forms = new Map<string, { field: string; weight: number }>();
  const add = (text: string, field: string, weight: number) => {
    const form = foldTight(text);
    if ((forms.get(form)?.weight ?? 0) < weight) forms.set(form, { field, weight });
  };
  for (const [key, field] of importFields(table)) {
    add(field.label, key, 1);
    add(wordsOf(key).join(' '), key, 0.99);
    for (const synonym of field.synonyms ?? []) add(synonym, key, 0.97);
    if (field.kind !== 'reference' && field.kind !== 'anyReference') continue;
    for (const suffix of ['id', 'number', 'name', 'email']) {
      add(`${field.label} ${suffix}`, key, 0.96);
      for (const synonym of field.synonyms ?? []) add(`${synonym} ${suffix}`, key, 0.9);
    }
  }
  formCache.set(table, forms);
  return forms;
}

/** How well the texts of a column fit a kind of field, 0–1. */
function fits(facts: ColumnFacts, table: TableName, key: string, field: Field): number {
  if (facts.distinct.length === 0) return 0.8;
  if (field.kind === 'choice') {
    const some = facts.distinct.slice(0, 50);
    return some.filter(({ value }) => readChoice(table, key, value) !== undefined).length / some.length;
  }
  if (field.kind === 'date' || field.kind === 'instant')
    return Math.max(facts.dates, /^\d{5}(\.\d+)?$|^1\d{9}(\d{3})?$/.test(facts.samples[0] ?? '') ? 0.6 : 0);
  const shares: Partial<Record<Field['kind'], number>> = {
    money: facts.numbers,
    number: facts.numbers,
    integer: facts.numbers,
    percent: facts.numbers,
    boolean: facts.booleans,
    email: facts.emails,
  };
  return shares[field.kind] ?? 1;
}

/** Whether a column is the key of the sheet's own records. */
function ownKey(facts: ColumnFacts, table: TableName, names: readonly string[]): Guess | undefined {
  if (!importFields(table).has('externalId') || facts.distinct.length === 0) return undefined;
  const words = withoutVendor(wordsOf(facts.heading));
  const { of, aspect } = aspectOf(facts.heading);
  const noun = nounOf(of);
  const own = nounsOf(table).includes(noun);
  const made = (weight: number, reason: string) => ({ index: facts.index, field: 'externalId', weight, reason });
  const tight = words.join('');
  if (EXTERNAL.has(tight)) return made(0.98, 'It is the key of the record in its own system');
  if (words.length === 1 && KEY_WORDS.has(tight)) return made(facts.unique ? 0.99 : 0.7, 'It is the key of each row');
  if (own && aspect === 'key') return made(facts.unique ? 0.985 : 0.94, `It is the key of each ${tableOf(table).label.toLowerCase()}`);
  if (own && aspect === 'number' && facts.unique) return made(0.8, `It is the number of each ${tableOf(table).label.toLowerCase()}`);
  // HubSpot calls activities engagements: the engagement of a file of calls is the call itself
  if (table === 'touchpoint' && aspect === 'key' && noun === 'engagement' && names.includes(noun))
    return made(0.99, 'It is the key of each row');
  return undefined;
}

/** Our own numbers (`ACC0000042`), as exports write them. */
function ownNumber(facts: ColumnFacts, table: TableName): Guess | undefined {
  const { prefix, label } = tableOf(table);
  if (prefix === undefined || foldTight(facts.heading) !== 'number' || facts.distinct.length === 0) return undefined;
  if (!facts.distinct.slice(0, 20).every(({ value }) => new RegExp(`^${prefix}\\d{5,}$`, 'i').test(value))) return undefined;
  return { index: facts.index, field: 'number', weight: 1, reason: `It is the number of the ${label.toLowerCase()}` };
}

function steering(facts: ColumnFacts): Guess | undefined {
  const form = wordsOf(facts.heading).join(' ');
  const made = (field: string, reason: string) => ({ index: facts.index, field, weight: 0.95, reason });
  if (facts.booleans >= 0.99 && /^(fivetran |is )?deleted$/.test(form))
    return made('leaveOut', 'Rows that it marks as deleted are left out');
  if (facts.booleans >= 0.99 && /^(fivetran active|is latest version|is current)$/.test(form))
    return made('takeIn', 'Rows that it marks as outdated are left out');
  const isCurrency = /^(currency|currency code|currency iso code|transaction currency|home currency|deal currency code)$/.test(
    withoutVendor(wordsOf(facts.heading)).join(' '),
  );
  const codes = facts.distinct.length > 0 && facts.distinct.slice(0, 20).every(({ value }) => /^[A-Za-z]{3}$/.test(value));
  return isCurrency && codes ? made('currency', 'It is the currency of the amounts in its row') : undefined;
}

/** `Value currency` beside `Value`: the currency of that one field. */
function ownCurrency(facts: ColumnFacts, table: TableName): Guess | undefined {
  const words = withoutVendor(wordsOf(facts.heading));
  if (words.length < 2 || words.at(-1) !== 'currency') return undefined;
  const field = fieldForms(table).get(words.slice(0, -1).join(''))?.field;
  if (field === undefined || importFields(table).get(field)?.kind !== 'money') return undefined;
  return { index: facts.index, field: `currency:${field}`, weight: 0.97, reason: 'It is the currency of the amount' };
}

/** A reference told by the record type that the heading names: `company_id` where a field leads to an account. */
function referenceGuess(facts: ColumnFacts, table: TableName): Guess | undefined {
  const { of, aspect } = aspectOf(facts.heading);
  const noun = nounOf(of);
  if (noun === '') return undefined;
  for (const [key, field] of importFields(table)) {
    if (field.kind !== 'reference' || field.to === table || field.to === undefined) continue;
    if (!nounsOf(field.to as TableName).includes(noun)) continue; // the dictionary names only tables that exist
    const weight = aspect === 'key' ? 0.95 : aspect === 'plain' ? 0.88 : 0.86;
    return { index: facts.index, field: key, weight, reason: `Its heading names a ${tableOf(field.to as TableName).label.toLowerCase()}` };
  }
  return undefined;
}

/** Our own numbers say best which record is meant, then keys; names may repeat. */
function referenceBonus(facts: ColumnFacts, field: Field): number {
  const tables = tablesOfField(field);
  const some = facts.distinct.slice(0, 20);
  const isNumber = (text: string) => {
    const table = /^[A-Z]{2,5}\d{5,}$/.test(text) ? readRecordNumber(text)?.table : undefined;
    return table !== undefined && tables.includes(table);
  };
  if (some.length > 0 && some.every(({ value }) => isNumber(value))) return 0.05;
  return aspectOf(facts.heading).aspect === 'key' ? 0 : -0.01;
}

function guessesFor(facts: ColumnFacts, table: TableName, names: readonly string[]): readonly Guess[] {
  const guesses: Guess[] = [];
  const forms = fieldForms(table);
  for (const { text, weight } of headingForms(facts.heading, table)) {
    const found = forms.get(text);
    const field = found && importFields(table).get(found.field);
    if (found === undefined || field === undefined) continue;
    const named = weight * found.weight;
    const fit = fits(facts, table, found.field, field);
    // a heading that says it plainly is believed even where the values do not fit: they are then problems to be seen
    if (named < SURE && fit < 0.3) continue;
    const key = field.kind === 'reference' || field.kind === 'anyReference' ? referenceBonus(facts, field) : 0;
    guesses.push({
      index: facts.index,
      field: found.field,
      weight: named * (0.75 + 0.25 * fit) + key,
      reason: named > 0.985 ? 'Same name' : `“${facts.heading}” is another name for it`,
    });
  }
  for (const guess of [
    ownKey(facts, table, names),
    ownNumber(facts, table),
    steering(facts),
    ownCurrency(facts, table),
    referenceGuess(facts, table),
  ])
    if (guess !== undefined) guesses.push(guess);
  return guesses;
}

/** First and last name where the record has but one field for the name: they are joined. */
function joinedNames(columns: readonly ColumnFacts[], table: TableName, taken: ReadonlyMap<number, Guess>): readonly Guess[] {
  const fields = importFields(table);
  if (!fields.has('name') || fields.has('firstName') || [...taken.values()].some(({ field }) => field === 'name')) return [];
  const part = (form: RegExp) =>
    columns.find(({ heading, index }) => !taken.has(index) && form.test(withoutVendor(wordsOf(heading)).join('')));
  const first = part(/^(firstname|givenname)$/);
  const last = part(/^(lastname|surname|familyname)$/);
  if (first === undefined || last === undefined) return [];
  return [first, last].map(({ index }) => ({ index, field: 'name', weight: 0.9, reason: 'First and last name are joined' }));
}

/** Columns whose heading says nothing but whose values do. */
function byContent(columns: readonly ColumnFacts[], table: TableName, taken: ReadonlyMap<number, Guess>): readonly Guess[] {
  const used = new Set([...taken.values()].map(({ field }) => field));
  const guesses: Guess[] = [];
  for (const facts of columns) {
    if (taken.has(facts.index) || facts.distinct.length === 0 || facts.heading.startsWith('_')) continue;
    if (facts.emails > 0.8 && !used.has('email') && importFields(table).get('email')?.kind === 'email') {
      used.add('email');
      guesses.push({ index: facts.index, field: 'email', weight: 0.7, reason: 'Its values are e-mail addresses' });
    }
  }
  const dates = columns.filter(({ index, heading, dates: share }) => !taken.has(index) && share > 0.95 && !heading.startsWith('_'));
  const wanted = [...importFields(table)].filter(
    ([key, { kind, isMandatory }]) => isMandatory && (kind === 'date' || kind === 'instant') && !used.has(key),
  );
  const [only] = dates;
  if (dates.length === 1 && wanted.length === 1 && only !== undefined && wanted[0] !== undefined)
    guesses.push({ index: only.index, field: wanted[0][0], weight: 0.6, reason: 'It is the only date in the table' });
  return guesses;
}

/**
 * Says where each column of a sheet goes when its rows become records of `table`: by its heading and the synonyms of the
 * dictionary, then by what it holds. One column a field; `names` are nouns of the file's name.
 */
export function mapColumns(columns: readonly ColumnFacts[], table: TableName, names: readonly string[] = []): readonly MappedColumn[] {
  const guesses = columns.flatMap((facts) => guessesFor(facts, table, names)).filter(({ weight }) => weight >= LEAST);
  guesses.sort((a, b) => b.weight - a.weight || filledOf(columns, b.index) - filledOf(columns, a.index) || a.index - b.index);
  const taken = new Map<number, Guess>();
  const used = new Set<string>();
  for (const guess of guesses) {
    const several = guess.field === 'leaveOut' || guess.field === 'takeIn';
    if (taken.has(guess.index) || (used.has(guess.field) && !several)) continue;
    taken.set(guess.index, guess);
    used.add(guess.field);
  }
  for (const guess of [...joinedNames(columns, table, taken), ...byContent(columns, table, taken)]) taken.set(guess.index, guess);
  return columns.map(({ index }) => {
    const guess = taken.get(index);
    return guess === undefined ? { index, weight: 0 } : { index, field: guess.field, reason: guess.reason, weight: guess.weight };
  });
}

function filledOf(columns: readonly ColumnFacts[], index: number): number {
  const facts = columns[index];
  return facts === undefined ? 0 : facts.rows - facts.empty;
}
