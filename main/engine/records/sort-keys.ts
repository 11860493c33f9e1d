import { choicesIn } from '#shared/domain/choices.ts';
import { fieldAt, type FieldPath } from '#shared/domain/derived/field-path.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import { labelOfId, labelOfRef } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { Money } from '#shared/model/field.ts';
import { fold } from '#shared/util/folding.ts';
import { majorUnits } from '#shared/util/money.ts';

export type SortField = { readonly field: string; readonly direction: 'up' | 'down' };
type Key = number | string | undefined;
/** The value by which a field's rows are put in order; undefined: empty. */
type KeyOf = (value: unknown, view: ReadView) => Key;

const folded = new Map<string, string>();
const FOLDED_KEPT = 200_000;

/** Texts are folded for every comparison of lists, so what was folded once is kept. */
function foldOnce(text: string): string {
  const known = folded.get(text);
  if (known !== undefined) return known;
  if (folded.size >= FOLDED_KEPT) folded.clear();
  const fresh = fold(text);
  folded.set(text, fresh);
  return fresh;
}

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
      return (value) => (value === undefined ? undefined : majorUnits(value as Money));
    case 'choice': {
      let order: ReadonlyMap<string, number> | undefined;
      return (value, view) => {
        order ??= new Map(choicesIn(view, path).map((choice, at) => [choice.value, at]));
        return typeof value === 'string' ? (order.get(value) ?? order.size) : undefined;
      };
    }
    case 'reference':
      return (value, view) => (typeof value === 'string' ? foldOnce(labelOfId(path.to, value, view)) : undefined);
    case 'anyReference':
      return (value, view) => (typeof value === 'string' ? foldOnce(labelOfRef(value, view)) : undefined);
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
      return (value) => (typeof value === 'string' ? foldOnce(value) : undefined);
  }
}

/**
 * Puts rows in order by several fields: texts without regard to case and accents, references by the label of what they
 * lead to, choices in the order of the dictionary, empty values last in both directions, at last by ID.
 */
export function sortRows(
  table: TableName,
  rows: readonly AnyRow[],
  sort: readonly SortField[],
  { view, asOf, more }: { readonly view: ReadView; readonly asOf: string; readonly more: DerivedTables },
): readonly AnyRow[] {
  if (sort.length === 0) return rows;
  const columns = sort.map(({ field, direction }) => {
    const path = fieldAt(table, field, more);
    const key = keyOf(path);
    return { keys: rows.map((row) => key(path.read(row, view, asOf), view)), sign: direction === 'up' ? 1 : -1 };
  });
  const order = rows.map((_, at) => at);
  order.sort((a, b) => {
    for (const { keys, sign } of columns) {
      const left = keys[a];
      const right = keys[b];
      if (left === right) continue;
      if (left === undefined) return 1;
      if (right === undefined) return -1;
      return left < right ? -sign : sign;
    }
    return a - b;
  });
  return order.flatMap((at) => rows[at] ?? []);
}
