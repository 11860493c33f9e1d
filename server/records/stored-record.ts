import { isTableName, tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { crc32c } from '#shared/util/crc32c.ts';
import type { Scope } from '#shared/sync-core/scope.ts';

/** A record as the database keeps it; without `row` it was deleted. */
export type StoredRecord = {
  readonly table: TableName;
  readonly id: string;
  readonly version: number;
  readonly scope: Scope;
  readonly row: AnyRow | undefined;
};

/** The columns that a {@link StoredRecord} is read from. */
export const RECORD_COLUMNS = 'r.tbl, r.id, r.version, r.scope, r.body, r.stamps';
export type RecordColumns = {
  readonly tbl: string;
  readonly id: string;
  readonly version: number;
  readonly scope: string;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly stamps: Readonly<Record<string, string>>;
};

/** Reads a record; undefined where its type is none of this server's dictionary. */
export function readRecord({ tbl, id, version, scope, body, stamps }: RecordColumns): StoredRecord | undefined {
  if (!isTableName(tbl)) return undefined;
  // the body was written from a row of this table
  const row =
    body === null
      ? undefined
      : ({ ...body, id, rev: version, ...(Object.keys(stamps).length === 0 ? {} : { stamps }) } as unknown as AnyRow);
  return { table: tbl, id, version, scope, row };
}

/** The body that is kept of a row: without what has columns of its own. */
export function bodyOf(row: AnyRow): Readonly<Record<string, unknown>> {
  const { id: _id, rev: _rev, stamps: _stamps, ...body } = row;
  return body;
}

/** Fields by which records are found: references, indexed and unique fields, the number. */
const keyFields = new Map(
  tableNames.map((table) => {
    const { fields, unique = [], prefix } = tableOf(table);
    const found = Object.entries(fields).flatMap(([name, { kind, indexed }]) =>
      kind === 'reference' || kind === 'references' || kind === 'anyReference' || indexed === true ? [name] : [],
    );
    return [table, new Set([...found, ...unique.flatMap(([first]) => first ?? []), ...(prefix === undefined ? [] : ['number'])])] as const;
  }),
);

/** Whether records of a type are found by a field. */
export function isKeyField(table: TableName, field: string): boolean {
  return keyFields.get(table)?.has(field) === true;
}

/** Values longer than this are told by a checksum; whoever reads compares the values themselves. */
const LONGEST = 120;
const encoder = new TextEncoder();

/** The key under which a record is found by a field's value. */
export function keyOf(table: TableName, field: string, value: string): string {
  const short = value.length <= LONGEST ? value : `${value.slice(0, LONGEST)}#${crc32c(encoder.encode(value))}`;
  return `${table}.${field}=${short.replaceAll('\u0000', '')}`;
}

/** Whether a key tells the whole value. */
export function isWholeKey(key: string): boolean {
  return key.length <= LONGEST;
}

/** Rows are never changed in place, and each is asked for its keys several times on its way into the database and the cache. */
const keysKnown = new WeakMap<AnyRow, readonly string[]>();
const NO_KEYS: readonly string[] = [];

/** All keys of a row. */
export function keysOf(table: TableName, row: AnyRow | undefined): readonly string[] {
  if (row === undefined) return NO_KEYS;
  const known = keysKnown.get(row);
  if (known !== undefined) return known;
  const keys = new Set<string>();
  for (const field of keyFields.get(table) ?? []) {
    const value = row[field];
    if (typeof value === 'string') keys.add(keyOf(table, field, value));
    else if (Array.isArray(value))
      for (const one of value as readonly unknown[]) if (typeof one === 'string') keys.add(keyOf(table, field, one));
  }
  const made = [...keys];
  keysKnown.set(row, made);
  return made;
}
