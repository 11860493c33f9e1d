import type { Field, JournalEntry } from '#shared/model/field.ts';

type Values = { readonly before: unknown; readonly after: unknown; readonly now: unknown };

const entriesOf = (value: unknown): readonly JournalEntry[] => (Array.isArray(value) ? (value as readonly JournalEntry[]) : []); // the stored value of a journal
const namesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []); // of a list of references or tags
const keyOf = ({ at, by, text }: JournalEntry) => JSON.stringify([at, by, text]);
const filled = <T>(list: readonly T[]) => ({ value: list.length === 0 ? undefined : list });

/**
 * What remains of a field to which several people add (journals; references and tags) when one change of it is taken back although others
 * have changed it since: their entries stay. Undefined for every other field.
 */
export function withoutMine({ kind }: Field, { before, after, now }: Values): { readonly value: unknown } | undefined {
  if (kind === 'journal') {
    const [was, became] = [new Set(entriesOf(before).map(keyOf)), new Set(entriesOf(after).map(keyOf))];
    const rest = entriesOf(now).filter((entry) => was.has(keyOf(entry)) || !became.has(keyOf(entry)));
    const kept = new Set(rest.map(keyOf));
    const returned = entriesOf(before).filter((entry) => !became.has(keyOf(entry)) && !kept.has(keyOf(entry)));
    return filled([...rest, ...returned].toSorted((a, b) => a.at.localeCompare(b.at)));
  }
  if (kind !== 'references' && kind !== 'tags') return undefined;
  const [was, became] = [new Set(namesOf(before)), new Set(namesOf(after))];
  const rest = namesOf(now).filter((name) => was.has(name) || !became.has(name));
  const returned = namesOf(before).filter((name) => !became.has(name) && !rest.includes(name));
  return filled([...rest, ...returned]);
}
