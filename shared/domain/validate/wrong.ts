import { AppError } from '../../errors/app-error.ts';
import { tableOf, type TableName } from '../../model/dictionary.ts';

/** Which field of which record a message is about. */
export type Place = { readonly table: TableName; readonly field: string; readonly record?: string | undefined };

/** A value as it may stand in a message: shortened, on one line. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : 'this value';
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `“${line.length > 60 ? `${line.slice(0, 60)}…` : line}”`;
}

/** The record as a message names it: `Engagement “Acme”`, or the type alone where there is no name yet. */
export function named(table: TableName, record: string | undefined): string {
  const { label } = tableOf(table);
  return record === undefined || record === '' ? label : `${label} ${quoted(record)}`;
}

/** A `validation` error about one field: `Engagement “Acme”: Renewal date must be …`. */
export function wrong(place: Place, sentence: string, wayOut?: string): AppError {
  const label = tableOf(place.table).fields[place.field]?.label ?? place.field;
  return new AppError('validation', `${named(place.table, place.record)}: ${label} ${sentence}`, {
    table: place.table,
    field: place.field,
    ...(wayOut === undefined ? {} : { wayOut }),
  });
}

/** What a message calls the record: its first title field, where that is text. */
export function titleIn(table: TableName, values: Readonly<Record<string, unknown>>): string | undefined {
  const [field = ''] = tableOf(table).title;
  const title = Object.hasOwn(values, field) && tableOf(table).fields[field]?.kind === 'text' ? values[field] : undefined;
  return typeof title === 'string' ? title : undefined;
}
