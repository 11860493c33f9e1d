import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { JournalEntry } from '../../model/field.ts';
import { fold } from '../../util/folding.ts';

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

/** A record's searched fields with their weights from the dictionary; its title counts most. */
export function searchedTexts(table: TableName, row: AnyRow): readonly SearchedText[] {
  const { title, fields } = tableOf(table);
  const texts: SearchedText[] = [];
  for (const [field, { kind, search }] of Object.entries(fields)) {
    const weight = title.includes(field) ? Math.max(TITLE_WEIGHT, search ?? 0) : search;
    if (weight === undefined) continue;
    const text = textOf(kind, row[field]);
    if (text !== '') texts.push({ field, text: text.slice(0, MOST_CHARACTERS), weight });
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
