import { isTableName, tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { JournalEntry } from '../../model/field.ts';
import { fold } from '../../util/folding.ts';
import { labelOfId } from '../labels/record-label.ts';
import type { ReadView } from '../view.ts';

/** A text of a record in which words are looked for. */
export type SearchedText = { readonly field: string; readonly text: string; readonly weight: number };

const TITLE_WEIGHT = 5;
/** Longer texts are searched by their beginning. */
const MOST_CHARACTERS = 20_000;

/** What is nobody's to find: settings, a person's own lists, rows on their way in. */
const NOT_SEARCHED: ReadonlySet<string> = new Set(['private', 'staging']);

/** Record types that stand by themselves: rows of links and packed figures are found with what they belong to (UX-02). */
export function isSearched(table: TableName): boolean {
  const { title, fields, access = 'work' } = tableOf(table);
  const hasName = title.some((name) => !['reference', 'anyReference'].includes(fields[name]?.kind ?? 'reference'));
  return hasName && table !== 'setting' && !NOT_SEARCHED.has(access);
}

/** Records whose names find what refers to them as well, less than its own texts do. */
const NAMING: ReadonlySet<string> = new Set(['account', 'contact', 'product'] satisfies TableName[]);
const NAMING_WEIGHT = 1;

type Naming = { readonly field: string; readonly to: TableName };

const namings = new Map<TableName, readonly Naming[]>(
  tableNames.map((table) => [
    table,
    Object.entries(tableOf(table).fields).flatMap(([field, { kind, to }]) =>
      kind === 'reference' && to !== undefined && isTableName(to) && NAMING.has(to) ? [{ field, to }] : [],
    ),
  ]),
);
const named = Map.groupBy(
  tableNames.filter(isSearched).flatMap((table) => (namings.get(table) ?? []).map((naming) => ({ ...naming, table }))),
  ({ to }) => to,
);

/** The references through which records are found by the name of one of this type: they are read anew where it is renamed. */
export function foundByNameOf(table: TableName): readonly { readonly table: TableName; readonly field: string }[] {
  return named.get(table) ?? [];
}

/** A record's searched fields with their weights from the dictionary, its title counts most; the names of whom it refers to least. */
export function searchedTexts(table: TableName, row: AnyRow, view: ReadView): readonly SearchedText[] {
  const { title, fields } = tableOf(table);
  const texts: SearchedText[] = [];
  for (const [field, { kind, search }] of Object.entries(fields)) {
    const weight = title.includes(field) ? Math.max(TITLE_WEIGHT, search ?? 0) : search;
    if (weight === undefined) continue;
    const text = textOf(kind, row[field]);
    if (text !== '') texts.push({ field, text: text.slice(0, MOST_CHARACTERS), weight });
  }
  for (const { field, to } of namings.get(table) ?? []) {
    const id = row[field];
    const text = typeof id === 'string' ? labelOfId(to, id, view) : '';
    if (text !== '') texts.push({ field, text, weight: NAMING_WEIGHT });
  }
  return texts;
}

function textOf(kind: string, value: unknown): string {
  if (kind === 'reference' || kind === 'anyReference') return '';
  // the stored value of a journal; newest first, as its end is what would be cut off
  if (kind === 'journal' && Array.isArray(value))
    return (value as readonly JournalEntry[])
      .toReversed()
      .map((entry) => entry.text)
      .join(' … ');
  if (kind === 'tags' && Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' ? value : '';
}

/** The words of what a person typed, folded; no more than can be meant. */
export function askedWords(text: string): readonly string[] {
  return fold(text).split(' ').filter(Boolean).slice(0, 8);
}
