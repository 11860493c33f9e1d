import type { Field, FieldKind, JournalEntry, Money } from '../../model/field.ts';
import { parseRef, tablesOfField } from '../../model/any-reference.ts';
import { isTableName, tableOf } from '../../model/dictionary.ts';
import { isDate } from '../../util/calendar-days.ts';
import { isCurrency } from '../../util/currencies.ts';
import { isCondition } from '../condition/condition-shape.ts';
import { CHOICE_VALUE, choiceStands, offeredWords } from '../choices.ts';
import type { ReadView } from '../view.ts';
import { LIMITS } from './limits.ts';
import { isPlainJson, isPlainObject } from './plain-json.ts';
import { quoted, wrong, type Place } from './wrong.ts';

/** Without a view nobody asks whether records referred to exist. */
export type Reading = { readonly view: ReadView | undefined; readonly place: Place };
/** Checks a value and answers it as it is kept. Undefined: empty. Throws AppError `validation`. */
export type Reader = (value: unknown, reading: Reading) => unknown;

// oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
const CONTROL = /[\u0000-\u001F\u007F\u2028\u2029]/;
// oxlint-disable-next-line no-control-regex -- as above, but for tab and line feed
const CONTROL_IN_LONG = /[\u0000-\u0008\u000B-\u001F\u007F]/;
const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/;
const URL_PATTERN = /^(?:https?:\/\/)?[^\s/:?#<>"'@]+\.[^\s/:?#<>"'@.]+(?::\d{1,5})?(?:[/?#][^\s<>"]*)?$/i;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?Z$/;

/** One line of text: trimmed, control characters as spaces, halves of surrogate pairs replaced. */
export function cleanLine(text: string): string {
  const line = CONTROL.test(text) ? text.replaceAll(new RegExp(CONTROL, 'g'), ' ') : text;
  return (line.isWellFormed() ? line : line.toWellFormed()).trim();
}

/** Text of several lines: line ends as `\n`, other control characters dropped; blank text is empty. */
export function cleanText(text: string): string {
  const lines = CONTROL_IN_LONG.test(text) ? text.replaceAll(/\r\n?/g, '\n').replaceAll(new RegExp(CONTROL_IN_LONG, 'g'), '') : text;
  return lines.trim() === '' ? '' : lines.toWellFormed();
}

function textReader(kind: 'text' | 'longText', field: Field): Reader {
  const most = field.maxLength ?? LIMITS[kind];
  const clean = kind === 'text' ? cleanLine : cleanText;
  return (value, { place }) => {
    if (typeof value !== 'string') throw wrong(place, 'must be text.');
    const text = clean(value);
    if (text.length > most) throw wrong(place, `has ${text.length} characters; at most ${most} fit. Shorten it.`);
    return text === '' ? undefined : text;
  };
}

function patternReader(kind: 'email' | 'url', pattern: RegExp, example: string): Reader {
  return (value, { place }) => {
    if (typeof value !== 'string') throw wrong(place, `must be text such as ${example}.`);
    const text = cleanLine(value);
    if (text === '') return undefined;
    if (text.length > LIMITS[kind] || !pattern.test(text)) throw wrong(place, `must look like ${example}, not ${quoted(text)}.`);
    return text;
  };
}

function choiceReader(field: Field): Reader {
  const choices = field.choices ?? {};
  return (value, { view, place }) => {
    if (value === '') return undefined;
    if (typeof value === 'string' && Object.hasOwn(choices, value)) return value;
    // whether an added choice exists is known to the store alone: with a view here, without one by the rule of REC-35
    if (typeof value === 'string' && field.list !== undefined && CHOICE_VALUE.test(value))
      if (!view || choiceStands(view, field, value) !== undefined) return value;
    throw wrong(place, `cannot be ${quoted(value)}. Choose one of: ${offeredWords(view, field)}.`);
  };
}

function existing(to: string | undefined, id: unknown, { view, place }: Reading): string {
  if (to === undefined || !isTableName(to)) throw wrong(place, 'points to a record type that does not exist.');
  const what = tableOf(to).label.toLowerCase();
  if (typeof id !== 'string') throw wrong(place, `must name a record (${what}).`);
  if (view && !view.get(to, id)) throw wrong(place, `names a record (${what}) that does not exist: ${quoted(id)}. Choose another one.`);
  return id;
}

const referenceReader =
  (field: Field): Reader =>
  (value, reading) =>
    value === '' ? undefined : existing(field.to, value, reading);

const referencesReader =
  (field: Field): Reader =>
  (value, reading) => {
    if (!Array.isArray(value)) throw wrong(reading.place, 'must be a list of records.');
    const ids = [...new Set(value.map((id: unknown) => existing(field.to, id, reading)))];
    if (ids.length > LIMITS.references) throw wrong(reading.place, `names ${ids.length} records; at most ${LIMITS.references} fit.`);
    return ids.length === 0 ? undefined : ids;
  };

const anyReferenceReader =
  (field: Field): Reader =>
  (value, { view, place }) => {
    if (value === '') return undefined;
    const ref = parseRef(value);
    if (ref === undefined) throw wrong(place, `must name a record by its type and ID, not ${quoted(value)}.`);
    const allowed = tablesOfField(field);
    if (!allowed.includes(ref.table))
      throw wrong(
        place,
        `cannot be a record of type ${tableOf(ref.table).label.toLowerCase()}. It can be: ${allowed.map((one) => tableOf(one).label.toLowerCase()).join(', ')}.`,
      );
    existing(ref.table, ref.id, { view, place });
    return value;
  };

const dateReader: Reader = (value, { place }) => {
  if (value === '') return undefined;
  if (typeof value !== 'string' || !isDate(value)) throw wrong(place, `must be a date such as 2025-03-31, not ${quoted(value)}.`);
  if (value < LIMITS.firstYear || value.slice(0, 4) > LIMITS.lastYear)
    throw wrong(place, `is ${value}: the year looks mistyped. Correct it.`);
  return value;
};

const instantReader: Reader = (value, { place }) => {
  if (value === '') return undefined;
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  const [, date = '', hour = '', minute = '', second = '', fraction = ''] = match ?? [];
  if (!match || !isDate(date)) throw wrong(place, `must be a point in time such as 2025-03-31T14:30:00.000Z, not ${quoted(value)}.`);
  if (date < LIMITS.firstYear || date.slice(0, 4) > LIMITS.lastYear) throw wrong(place, `is ${date}: the year looks mistyped. Correct it.`);
  // one form for all, so that instants compare as text
  return `${date}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
};

function inBounds(amount: number, field: Field, place: Place): number {
  const unit = field.unit === undefined ? '' : ` ${field.unit}`;
  if (field.min !== undefined && amount < field.min) throw wrong(place, `must be at least ${field.min}${unit}, not ${amount}.`);
  if (field.max !== undefined && amount > field.max) throw wrong(place, `must be at most ${field.max}${unit}, not ${amount}.`);
  return amount === 0 ? 0 : amount; // no minus zero
}

const numberReader =
  (field: Field, whole: boolean): Reader =>
  (value, { place }) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(place, `must be a number, not ${quoted(value)}.`);
    if (whole && !Number.isSafeInteger(value)) throw wrong(place, `must be a whole number, not ${value}.`);
    return inBounds(value, field, place);
  };

const moneyReader =
  (field: Field): Reader =>
  (value, { place }) => {
    if (!isPlainObject(value) || Object.keys(value).some((key) => key !== 'amount' && key !== 'currency'))
      throw wrong(place, 'must be an amount with a currency.');
    const { amount, currency } = value;
    if (typeof currency !== 'string' || !isCurrency(currency))
      throw wrong(place, `has an unknown currency ${quoted(currency)}. Use a code such as USD or EUR.`);
    if (!Number.isSafeInteger(amount)) throw wrong(place, 'must be a whole number of the smallest unit of its currency.');
    return { amount: inBounds(Number(amount), field, place), currency } satisfies Money;
  };

const booleanReader: Reader = (value, { place }) => {
  if (typeof value !== 'boolean') throw wrong(place, `must be yes or no, not ${quoted(value)}.`);
  return value;
};

const tagsReader: Reader = (value, { place }) => {
  if (!Array.isArray(value) || !value.every((tag) => typeof tag === 'string')) throw wrong(place, 'must be a list of words.');
  const tags = [...new Set(value.map(cleanLine).filter((tag) => tag !== ''))];
  if (tags.length > LIMITS.tags || tags.some((tag) => tag.length > LIMITS.tag))
    throw wrong(place, `may have ${LIMITS.tags} words of ${LIMITS.tag} characters.`);
  return tags.length === 0 ? undefined : tags;
};

const isEntry = (entry: unknown): entry is JournalEntry =>
  isPlainObject(entry) &&
  Object.keys(entry).length === 3 &&
  typeof entry['at'] === 'string' &&
  INSTANT.test(entry['at']) &&
  typeof entry['by'] === 'string' &&
  typeof entry['text'] === 'string' &&
  entry['text'].length <= LIMITS.journalText;

const journalReader: Reader = (value, { place }) => {
  if (!Array.isArray(value) || !value.every(isEntry)) throw wrong(place, 'must be a list of entries, each with time, author and text.');
  if (value.length > LIMITS.journalEntries) throw wrong(place, `is full (${LIMITS.journalEntries} entries).`);
  return value.length === 0 ? undefined : value;
};

const conditionReader: Reader = (value, { place }) => {
  if (!isCondition(value)) throw wrong(place, 'is not a condition that can be evaluated. Build it again.');
  return value;
};

const jsonReader: Reader = (value, { place }) => {
  if (!isPlainJson(value)) throw wrong(place, 'is not plain data, or is too large.');
  return value === null ? undefined : value;
};

const READERS: { readonly [K in FieldKind]: (field: Field) => Reader } = {
  text: (field) => textReader('text', field),
  longText: (field) => textReader('longText', field),
  email: () => patternReader('email', EMAIL, 'name@example.com'),
  url: () => patternReader('url', URL_PATTERN, 'https://example.com'),
  choice: choiceReader,
  reference: referenceReader,
  references: referencesReader,
  anyReference: anyReferenceReader,
  date: () => dateReader,
  instant: () => instantReader,
  money: moneyReader,
  number: (field) => numberReader(field, false),
  integer: (field) => numberReader(field, true),
  percent: (field) => numberReader(field, false),
  boolean: () => booleanReader,
  tags: () => tagsReader,
  journal: () => journalReader,
  condition: () => conditionReader,
  json: () => jsonReader,
};

/** The reader of one declared field. */
export function readerOf(field: Field): Reader {
  return READERS[field.kind](field);
}
