import { dictionary, tableNames, tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Field } from '#shared/model/field.ts';

/** A field through which records point to another type. */
export type Link = {
  readonly table: TableName;
  readonly field: string;
  readonly to: TableName;
  readonly many: boolean;
  readonly mandatory: boolean;
  /** The record belongs to what it points to and is deleted with it. */
  readonly owned: boolean;
};

function linksOf(table: TableName): Link[] {
  const { fields, ownedBy } = tableOf(table);
  return Object.entries(fields).flatMap(([field, { kind, to, isMandatory }]) => {
    if ((kind !== 'reference' && kind !== 'references') || to === undefined) return [];
    // the dictionary's test holds that every reference points to a table of it
    return [{ table, field, to: to as TableName, many: kind === 'references', mandatory: isMandatory, owned: ownedBy === field }];
  });
}

const outgoing = new Map(tableNames.map((table) => [table, linksOf(table)]));
const incoming = Map.groupBy([...outgoing.values()].flat(), (link) => link.to);

/** References that a record type has. */
export function linksFrom(table: TableName): readonly Link[] {
  return outgoing.get(table) ?? [];
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
