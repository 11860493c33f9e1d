import { refTo, tablesOfField } from './any-reference.ts';
import { dictionary, tableNames, tableOf, type TableName } from './dictionary.ts';
import type { Field } from './field.ts';

/** A field through which records point to another type. */
export type Link = {
  readonly table: TableName;
  readonly field: string;
  readonly to: TableName;
  readonly many: boolean;
  /** The field may point to other types too; its value names the type (`anyReference`). */
  readonly any: boolean;
  readonly mandatory: boolean;
  /** The record belongs to what it points to and is deleted with it. */
  readonly owned: boolean;
};

function linksOf(table: TableName): Link[] {
  const { fields, ownedBy } = tableOf(table);
  return Object.entries(fields).flatMap(([name, field]) =>
    tablesOfField(field).map((to) => ({
      table,
      field: name,
      to,
      many: field.kind === 'references',
      any: field.kind === 'anyReference',
      mandatory: field.isMandatory,
      owned: ownedBy === name,
    })),
  );
}

const outgoing = new Map(tableNames.map((table) => [table, linksOf(table)]));
const incoming = Map.groupBy([...outgoing.values()].flat(), (link) => link.to);

const referring = new Map(
  tableNames.map((table) => [table, Object.entries(tableOf(table).fields).filter(([, field]) => tablesOfField(field).length > 0)]),
);

/** The fields of a record type that refer to records. */
export function referringFields(table: TableName): readonly (readonly [name: string, field: Field])[] {
  return referring.get(table) ?? [];
}

/** What a link's field holds where it points to the record with this ID. */
export function linkValue({ any, to }: Pick<Link, 'any' | 'to'>, id: string): string {
  return any ? refTo(to, id) : id;
}

/** References of all types that point to a record type. */
export function linksTo(table: TableName): readonly Link[] {
  return incoming.get(table) ?? [];
}

const defaults = new Map(
  tableNames.map((table) => [
    table,
    Object.fromEntries(
      Object.entries(tableOf(table).fields).flatMap(([name, field]) => (field.default === undefined ? [] : [[name, field.default]])),
    ),
  ]),
);

/** Values that a new record has where none are given. */
export function defaultsOf(table: TableName): Readonly<Record<string, unknown>> {
  return defaults.get(table) ?? {};
}

/** A field's declaration; undefined for system fields and unknown names. */
export function fieldOf(table: TableName, field: string): Field | undefined {
  const fields: Readonly<Record<string, Field>> = dictionary[table].fields;
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}
