import { isTableName, tableNames, type TableName } from './dictionary.ts';
import type { Field } from './field.ts';

/** A record of any type, as an `anyReference` field names it. */
export type AnyRef = { readonly table: TableName; readonly id: string };

/** The stored value of an `anyReference` field: record type and ID in one text, so that it is indexed and compared as one. */
export function refTo(table: TableName, id: string): string {
  return `${table}/${id}`;
}

/** Reads the value of an `anyReference` field; undefined where it is empty or names no record type. */
export function parseRef(value: unknown): AnyRef | undefined {
  if (typeof value !== 'string') return undefined;
  const at = value.indexOf('/');
  const table = value.slice(0, Math.max(at, 0));
  const id = value.slice(at + 1);
  return at > 0 && id !== '' && isTableName(table) ? { table, id } : undefined;
}

/** Record types that a field may point to: one for a reference, those allowed (by default all) for an `anyReference`, none for other kinds. */
export function tablesOfField({ kind, to, toAny }: Pick<Field, 'kind' | 'to' | 'toAny'>): readonly TableName[] {
  // the dictionary's test holds that these are tables
  if (kind === 'anyReference') return (toAny as readonly TableName[] | undefined) ?? tableNames;
  return to !== undefined && isTableName(to) ? [to] : [];
}

/** The records that a field's stored value names. */
export function refsIn(field: Pick<Field, 'kind' | 'to' | 'toAny'>, value: unknown): readonly AnyRef[] {
  if (field.kind === 'anyReference') {
    const ref = parseRef(value);
    return ref === undefined ? [] : [ref];
  }
  const [table] = tablesOfField(field);
  if (table === undefined) return [];
  const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
  return ids.flatMap((id) => (typeof id === 'string' ? [{ table, id }] : []));
}
