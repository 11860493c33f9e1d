import { choicesIn } from '#shared/domain/choices.ts';
import { fieldAt, type FieldPath } from '#shared/domain/derived/field-path.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import { labelOfId, labelOfRef } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { comparableUnits } from '#shared/domain/money-rates.ts';
import type { Money } from '#shared/model/field.ts';
import type { Rates } from '#shared/util/convert-money.ts';
import { fold } from '#shared/util/folding.ts';
import { textOrder } from './text-order.ts';

export type SortField = { readonly field: string; readonly direction: 'up' | 'down' };
export type SortWorld = { readonly view: ReadView; readonly asOf: string; readonly more: DerivedTables; readonly rates?: Rates };
type Key = number | string | undefined;
/** The value by which a field's rows are put in order; undefined: empty. */
type KeyOf = (value: unknown, view: ReadView) => Key;

function keyOf(path: FieldPath): KeyOf {
  switch (path.kind) {
    case 'number':
    case 'integer':
    case 'percent':
      return (value) => (typeof value === 'number' ? value : undefined);
    case 'boolean':
      return (value) => (value === true ? 1 : 0);
    case 'money':
      // the stored value of a money field
      return (value, view) => (value === undefined ? undefined : comparableUnits(value as Money, view));
    case 'choice': {
      let order: ReadonlyMap<string, number> | undefined;
      return (value, view) => {
        order ??= new Map(choicesIn(view, path).map((choice, at) => [choice.value, at]));
        return typeof value === 'string' ? (order.get(value) ?? order.size) : undefined;
      };
    }
    case 'reference':
      return (value, view) => (typeof value === 'string' ? fold(labelOfId(path.to, value, view)) : undefined);
    case 'anyReference':
      return (value, view) => (typeof value === 'string' ? fold(labelOfRef(value, view)) : undefined);
    case 'date':
    case 'instant':
      return (value) => (typeof value === 'string' ? value : undefined);
    case 'references':
    case 'tags':
    case 'journal':
      return (value) => (Array.isArray(value) ? value.length : undefined);
    case 'text':
    case 'longText':
    case 'email':
    case 'url':
    case 'condition':
    case 'json':
      return (value) => (typeof value === 'string' ? fold(value) : undefined);
  }
}

/** Rows' places within one column: equal values share one, empty ones come after all others in both directions. */
type Ranks = { readonly ranks: Uint32Array; readonly count: number };
type Read = (row: AnyRow) => unknown;

const TEXTS = new Set<FieldPath['kind']>(['text', 'longText', 'email', 'url']);

/** Texts of rows: few are new since they were last put in order. */
function rankTexts(rows: readonly AnyRow[], read: Read, isUp: boolean): Ranks {
  const { numberOf, places } = textOrder();
  const numbers = Int32Array.from(rows, (row) => {
    const value = read(row);
    return typeof value === 'string' && value !== '' ? numberOf(value) : -1;
  });
  const placeOf = places();
  const count = placeOf.length;
  const ranks = Uint32Array.from(numbers, (number) => {
    if (number < 0) return count;
    const place = placeOf[number] ?? 0;
    return isUp ? place : count - 1 - place;
  });
  return { ranks, count: count + 1 };
}

/** Other values, of which there are few or which are numbers. */
function rankKeys(rows: readonly AnyRow[], read: Read, keyOfValue: (value: unknown) => Key, isUp: boolean): Ranks {
  // values repeat: each is made a key once
  const numbers = new Map<unknown, number>();
  const keys: Key[] = [];
  const numbered = Uint32Array.from(rows, (row) => {
    const value = read(row);
    const plain = typeof value === 'object' ? keyOfValue(value) : value;
    const known = numbers.get(plain);
    if (known !== undefined) return known;
    numbers.set(plain, keys.length);
    return keys.push(typeof value === 'object' ? (plain as Key) : keyOfValue(value)) - 1; // an object was made a key just now
  });
  const different = [...new Set(keys)];
  // the keys of one column are all numbers or all texts
  const amounts = different.filter((key) => typeof key === 'number').sort((x, y) => x - y);
  const distinct: Key[] = amounts.length > 0 ? amounts : different.filter((key) => typeof key === 'string').sort();
  if (!isUp) distinct.reverse();
  const places = new Map<Key, number>(distinct.map((key, place) => [key, place]));
  const placeOf = Uint32Array.from(keys, (key) => places.get(key) ?? distinct.length);
  return { ranks: numbered.map((number) => placeOf[number] ?? distinct.length), count: distinct.length + 1 };
}

/**
 * Puts rows in order by several fields: texts without regard to case and accents, references by the label of what they
 * lead to, choices in the order of the dictionary, empty values last in both directions, at last as they came (by ID).
 */
export function sortRows(
  table: TableName,
  rows: readonly AnyRow[],
  sort: readonly SortField[],
  { view, asOf, more }: SortWorld,
): readonly AnyRow[] {
  if (sort.length === 0 || rows.length < 2) return rows;
  const columns = sort.map(({ field, direction }) => {
    const path = fieldAt(table, field, more);
    const key = keyOf(path);
    const read: Read = (row) => path.read(row, view, asOf);
    const isUp = direction === 'up';
    return TEXTS.has(path.kind) ? rankTexts(rows, read, isUp) : rankKeys(rows, read, (value) => key(value, view), isUp);
  });
  return orderBy(columns, rows.length).reduce<AnyRow[]>((ordered, at) => {
    const row = rows[at];
    if (row !== undefined) ordered.push(row);
    return ordered;
  }, []);
}

/** The rows' positions in order: all places of a row in one number, which sorts without comparing in JavaScript. */
function orderBy(columns: readonly Ranks[], length: number): readonly number[] {
  const span = columns.reduce((product, { count }) => product * count, length);
  if (span > Number.MAX_SAFE_INTEGER) return orderPairwise(columns, length);
  const keys = new Float64Array(length);
  for (const { ranks, count } of columns) for (let at = 0; at < length; at += 1) keys[at] = (keys[at] ?? 0) * count + (ranks[at] ?? 0);
  for (let at = 0; at < length; at += 1) keys[at] = (keys[at] ?? 0) * length + at;
  keys.sort();
  return Array.from(keys, (key) => key % length);
}

/** The same where the places of a row do not fit into one number. */
function orderPairwise(columns: readonly Ranks[], length: number): readonly number[] {
  return Array.from({ length }, (_, at) => at).sort((a, b) => {
    for (const { ranks } of columns) {
      const difference = (ranks[a] ?? 0) - (ranks[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}
