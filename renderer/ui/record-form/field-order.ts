import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Field } from '#shared/model/field.ts';

export type NamedField = { readonly name: string; readonly field: Field };
export type FieldSection = { readonly title: string; readonly fields: readonly NamedField[] };

const WIDE = new Set<Field['kind']>(['longText', 'journal', 'json', 'condition', 'references']);

/** Fields that take the whole width of a form. */
export function isWide(field: Field): boolean {
  return WIDE.has(field.kind);
}

/** A record type's fields in sections as the dictionary names them: details first, mandatory ones before the others. */
export function fieldSections(table: TableName, wanted?: readonly string[]): readonly FieldSection[] {
  const { fields } = tableOf(table);
  const listed = (wanted ?? Object.keys(fields))
    .map((name) => ({ name, field: fields[name] }))
    .filter((entry): entry is NamedField => entry.field !== undefined);
  const sections = new Map<string, NamedField[]>();
  for (const entry of listed) {
    const title = entry.field.section ?? 'Details';
    sections.set(title, [...(sections.get(title) ?? []), entry]);
  }
  const weight = ({ field }: NamedField) => (field.isMandatory ? 0 : isWide(field) ? 2 : 1);
  const ordered = [...sections].map(([title, entries]) => ({ title, fields: entries.toSorted((a, b) => weight(a) - weight(b)) }));
  return ordered.toSorted((a, b) => Number(b.title === 'Details') - Number(a.title === 'Details'));
}
