import type { Field } from '#shared/model/field.ts';
import { readJournalChange, withoutChange } from '#shared/sync-core/journal-change.ts';

/** A change of a field as its change set keeps it, and the field as it is now. */
type Values = { readonly before: unknown; readonly after: unknown; readonly now: unknown };

const namesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []); // of a list of references or tags

/**
 * What remains of a field to which several people add (journals; references and tags) when one change of it is taken back: the entries of
 * others stay. Undefined for every other field. `touched`: others have changed it since.
 */
export function withoutMine({ kind }: Field, { before, after, now }: Values, touched: boolean): { readonly value: unknown } | undefined {
  if (kind === 'journal') return { value: withoutChange(now, readJournalChange(before, after), touched) };
  if (kind !== 'references' && kind !== 'tags') return undefined;
  const [was, became] = [new Set(namesOf(before)), new Set(namesOf(after))];
  const rest = namesOf(now).filter((name) => was.has(name) || !became.has(name));
  const returned = namesOf(before).filter((name) => !became.has(name) && !rest.includes(name));
  const left = [...rest, ...returned];
  return { value: left.length === 0 ? undefined : left };
}
