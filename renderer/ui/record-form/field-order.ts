import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Field } from '#shared/model/field.ts';

export type NamedField = { readonly name: string; readonly field: Field };
export type FieldSection = { readonly title: string; readonly fields: readonly NamedField[] };

const WIDE = new Set<Field['kind']>(['longText', 'journal', 'json', 'condition', 'references']);

/** Fields that take the whole width of a form. */
export function isWide(field: Field): boolean {
  return WIDE.has(field.kind);
}

type Order = {
  readonly wanted?: readonly string[] | undefined;
  /** A new record asks for everything that must be filled in first, whatever its section. */
  readonly isNew?: boolean;
};

const FIRST = 'Details';
/** What is read last, whatever a type's own sections are. */
const LAST = ['Notes', 'Closure', 'Record'];
const placeOf = (title: string) => (title === FIRST ? -1 : LAST.indexOf(title) + 1);

/**
 * A record type's fields in sections as the dictionary names them: details first, mandatory ones before the others. Journals of a stored record are
 * not fields: they are written and read in its stream.
 */
export function fieldSections(table: TableName, { wanted, isNew = false }: Order = {}): readonly FieldSection[] {
  const { fields } = tableOf(table);
  const listed = (wanted ?? Object.keys(fields))
    .map((name) => ({ name, field: fields[name] }))
    .filter((entry): entry is NamedField => entry.field !== undefined && (isNew || entry.field.kind !== 'journal'));
  const sections = new Map<string, NamedField[]>();
  for (const entry of listed) {
    const { section = FIRST, isMandatory, readOnly } = entry.field;
    const title = isNew && isMandatory && readOnly !== true ? FIRST : section;
    sections.set(title, [...(sections.get(title) ?? []), entry]);
  }
  const weight = ({ field }: NamedField) => (field.isMandatory ? 0 : isWide(field) ? 2 : 1);
  const ordered = [...sections].map(([title, entries]) => ({ title, fields: entries.toSorted((a, b) => weight(a) - weight(b)) }));
  return ordered.toSorted((a, b) => placeOf(a.title) - placeOf(b.title));
}
