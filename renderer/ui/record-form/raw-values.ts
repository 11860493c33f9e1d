import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import type { Field, Money } from '#shared/model/field.ts';
import { isCurrency } from '#shared/util/currencies.ts';
import { decimalOf, moneyFromDecimal } from '#shared/util/money.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import { parseMoney, parseNumber } from '../typed-number.ts';
import { instantToLocal, localToInstant } from '#shared/util/zoned-time.ts';
import { plainText, plainTexts } from './plain-text.ts';

/** What stands in an editor: text as typed, so that a draft keeps even what cannot be read yet. */
export type RawValue = string | boolean | readonly string[];
export type RawValues = Readonly<Record<string, RawValue>>;

/** What typed values are read against. */
export type Reading = { readonly today: string; readonly currency: string; readonly timeZone: string };

/** A reason why a value cannot be saved, or the value: undefined empties the field. */
type ReadResult = { readonly problem: string } | { readonly value: unknown };

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

/** The editor's content for a stored value. */
export function toRaw(field: Field, value: unknown, reading: Reading): RawValue {
  const { kind } = field;
  if (kind === 'boolean') return value === true;
  if (kind === 'references') return plainTexts(value);
  if (kind === 'tags') return plainTexts(value).join(', ');
  if (kind === 'money') return isMoney(value) ? `${decimalOf(value)} ${value.currency}` : '';
  if (kind === 'instant') return typeof value === 'string' ? instantToLocal(value, reading.timeZone) : '';
  // a journal only grows: its editor holds the next entry
  if (kind === 'journal') return '';
  if (kind === 'condition' || kind === 'json') return value === undefined ? '' : JSON.stringify(value);
  return plainText(value);
}

function readNumber(field: Field, text: string): ReadResult {
  // what we put there ourselves is a plain number, whatever the locale
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : parseNumber(text);
  if (value === undefined) return { problem: `“${text}” is not a number. Write for example 12.5 or 12k.` };
  if (field.kind === 'integer' && !Number.isInteger(value)) return { problem: `${field.label} takes whole numbers.` };
  if (field.min !== undefined && value < field.min) return { problem: `${field.label} is at least ${field.min}.` };
  if (field.max !== undefined && value > field.max) return { problem: `${field.label} is at most ${field.max}.` };
  return { value };
}

function readMoney(text: string, reading: Reading): ReadResult {
  // what we put there ourselves is a plain decimal, whatever the locale
  const plain = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(text);
  const code = plain?.[2] ?? '';
  if (plain && isCurrency(code)) return { value: moneyFromDecimal(plain[1] ?? '', code) };
  const money = parseMoney(text, reading.currency);
  return money && isCurrency(money.currency)
    ? { value: money }
    : { problem: `“${text}” is not an amount. Write for example 1200, 12k or 1200 EUR.` };
}

function readDay(text: string, { today }: Reading): ReadResult {
  const value = parseDate(text, today);
  return value === undefined ? { problem: `“${text}” is not a date. Write for example 2025-03-31, today, fri or +14.` } : { value };
}

function readInstant(text: string, { timeZone }: Reading): ReadResult {
  const value = localToInstant(text, timeZone);
  return value === undefined ? { problem: `“${text}” is not a point in time. Write it as 2025-03-31 14:30.` } : { value };
}

function readJson(field: Field, text: string): ReadResult {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: `${field.label} cannot be read.` };
  }
}

function readText(field: Field, text: string, reading: Reading): ReadResult {
  const { kind } = field;
  if (kind === 'number' || kind === 'integer' || kind === 'percent') return readNumber(field, text);
  if (kind === 'money') return readMoney(text, reading);
  if (kind === 'date') return readDay(text, reading);
  if (kind === 'instant') return readInstant(text, reading);
  if (kind === 'tags') return { value: list(text) };
  if (kind === 'condition' || kind === 'json') return readJson(field, text);
  if (kind === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { problem: 'An email address has the form name@example.com.' };
  return { value: text };
}

/** Reads one editor's content. */
export function readRaw(field: Field, raw: RawValue, reading: Reading): ReadResult {
  if (typeof raw === 'boolean') return { value: raw };
  if (typeof raw !== 'string') return { value: raw.length > 0 ? raw : undefined };
  const text = raw.trim();
  if (text === '') return field.isMandatory ? { problem: `${field.label} must be filled in.` } : { value: undefined };
  if (field.maxLength !== undefined && text.length > field.maxLength) {
    return { problem: `${field.label} takes at most ${field.maxLength} characters; this is ${text.length}.` };
  }
  return readText(field, text, reading);
}

export type DraftReading = {
  /** Changed fields only; null empties a field. */
  readonly patch: Readonly<Record<string, unknown>>;
  readonly problems: Readonly<Record<string, string>>;
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Reads a whole draft against the stored row (none: a new record, whose mandatory fields must all be there). */
export function readDraft(table: TableName, draft: RawValues, row: AnyRow | undefined, reading: Reading): DraftReading {
  const patch: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const [name, field] of Object.entries(tableOf(table).fields)) {
    const raw = draft[name];
    if (field.readOnly === true) continue;
    if (raw === undefined) {
      if (!row && field.isMandatory && field.default === undefined) problems[name] = `${field.label} must be filled in.`;
      continue;
    }
    const read = readRaw(field, raw, reading);
    if ('problem' in read) problems[name] = read.problem;
    else if (field.kind === 'journal') {
      if (read.value !== undefined) patch[name] = read.value;
    } else if (!same(read.value, row?.[name])) {
      if (row) patch[name] = read.value ?? null;
      else if (read.value !== undefined) patch[name] = read.value;
    }
  }
  return { patch, problems };
}

/** A draft with a field set; a value equal to the stored one leaves the draft, so that "3 changes" is the truth. */
export function withValue(draft: RawValues, name: string, raw: RawValue, stored: RawValue): RawValues {
  if (!same(raw, stored)) return { ...draft, [name]: raw };
  const { [name]: _dropped, ...rest } = draft;
  return rest;
}
