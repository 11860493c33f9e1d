import { choiceLabel } from '#shared/domain/choices.ts';
import { fieldAt, type FieldPath } from '#shared/domain/derived/field-path.ts';
import { labelOfId, labelOfRef } from '#shared/domain/labels/record-label.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { Money } from '#shared/model/field.ts';
import { fold } from '#shared/util/folding.ts';
import { decimalOf } from '#shared/util/money.ts';
import type { SortWorld } from './sort-keys.ts';

/** Rows that share a value. */
export type Group = {
  readonly key: string;
  /** The value in words; undefined: the field is empty. Months are `YYYY-MM`. */
  readonly label: string | undefined;
  readonly rows: AnyRow[];
};

/** The key of rows whose field is empty. */
const EMPTY = '';

type Named = readonly [key: string, label: string | undefined];

function keyAndLabel(path: FieldPath, value: unknown, world: SortWorld): Named {
  if (path.kind === 'boolean') return value === true ? ['yes', 'Yes'] : ['no', 'No'];
  if (value === undefined || value === '') return [EMPTY, undefined];
  if (typeof value === 'string') return textNamed(path, value, world);
  if (typeof value === 'number') return [String(value), String(value)];
  if (Array.isArray(value)) return value.length === 0 ? [EMPTY, undefined] : [String(value.length), String(value.length)];
  if (path.kind !== 'money') return ['other', 'Other'];
  const amount = value as Money; // the stored value of a money field
  const text = `${decimalOf(amount)} ${amount.currency}`;
  return [text, text];
}

function textNamed(path: FieldPath, text: string, { view }: SortWorld): Named {
  const { kind } = path;
  if (kind === 'choice') return [text, choiceLabel(view, path, text)];
  if (kind === 'reference') return [text, labelOfId(path.to, text, view) || 'Unknown record'];
  if (kind === 'anyReference') return [text, labelOfRef(text, view) || 'Unknown record'];
  if (kind === 'date' || kind === 'instant') return [text.slice(0, 7), text.slice(0, 7)];
  return [`=${fold(text).slice(0, 290)}`, text.slice(0, 200)];
}

/**
 * Puts rows that are in order by the field (and by what else the list is sorted by) into groups, which come in the order of
 * their first rows. Days are grouped by month. Throws AppError `validation` where the field does not exist.
 */
export function groupRows(table: TableName, field: string, rows: readonly AnyRow[], world: SortWorld): readonly Group[] {
  const path = fieldAt(table, field, world.more);
  const groups = new Map<string, Group>();
  /** Values repeat; what they are called is worked out once. */
  const named = new Map<unknown, Named>();
  for (const row of rows) {
    const value = path.read(row, world.view, world.asOf);
    const isPlain = typeof value !== 'object';
    const [key, label] = (isPlain ? named.get(value) : undefined) ?? keyAndLabel(path, value, world);
    if (isPlain && !named.has(value)) named.set(value, [key, label]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { key, label, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()];
}

/** Which groups are closed. */
export type Closed = { readonly all: boolean; readonly except: readonly string[] };

/** A line of a grouped list. */
export type Line = { readonly group: Group; readonly isClosed: boolean; readonly row?: undefined } | { readonly row: AnyRow };

/** Whether a group is closed. */
export function closedIn(closed: Closed | undefined): (key: string) => boolean {
  if (closed === undefined) return () => false;
  const except = new Set(closed.except);
  return (key) => closed.all !== except.has(key);
}

/** The lines from `offset` on, at most `limit`, and how many there are in all: each group has a head, open ones their rows after it. */
export function linesOf(
  groups: readonly Group[],
  isClosed: (key: string) => boolean,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly lines: readonly Line[] } {
  const lines: Line[] = [];
  let at = 0;
  for (const group of groups) {
    const shut = isClosed(group.key);
    if (at >= offset && lines.length < limit) lines.push({ group, isClosed: shut });
    at += 1;
    if (shut) continue;
    const from = Math.max(0, offset - at);
    const room = limit - lines.length;
    if (room > 0 && from < group.rows.length && at + group.rows.length > offset)
      for (const row of group.rows.slice(from, from + room)) lines.push({ row });
    at += group.rows.length;
  }
  return { total: at, lines };
}
