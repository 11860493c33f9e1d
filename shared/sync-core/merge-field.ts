import type { Field, FieldKind, JournalEntry, MergePolicy } from '../model/field.ts';
import { sameValue } from '../domain/validate/same-value.ts';

/** What a device did to a journal: entries that it appended, or (undo) took out again. */
export type JournalPatch = { readonly add?: readonly JournalEntry[] | undefined; readonly remove?: readonly JournalEntry[] | undefined };

/** How one field of an intent met the server's value (S4). `value` undefined: the field is emptied. */
export type FieldMerge =
  | { readonly outcome: 'same' }
  | { readonly outcome: 'apply' | 'merged'; readonly value: unknown }
  /** The server's value stays; `review` opens a conflict, `refuse` refuses the intent. */
  | { readonly outcome: 'review' | 'refuse' };

const POLICY_OF_KIND: Partial<Record<FieldKind, MergePolicy>> = { journal: 'append', tags: 'set', references: 'set' };

/** The policy of a field: the dictionary's, else that of its kind, else `latest`. */
export function policyOf({ merge, kind }: Pick<Field, 'merge' | 'kind'>): MergePolicy {
  return merge ?? POLICY_OF_KIND[kind] ?? 'latest';
}

/** Null and undefined both mean: empty. */
const empty = (value: unknown): unknown => value ?? undefined;

/**
 * Merges one field of an intent (S4): untouched since the base → apply; equal → nothing; else by policy. `latest` is the
 * one that the server takes in last (S2: its sequence is the order, so a wrong clock loses nothing).
 * @param base the value that the device's person saw
 * @param theirs the server's value now
 * @param mine the value wanted; for a journal a {@link JournalPatch}
 */
export function mergeField(field: Pick<Field, 'merge' | 'kind'>, base: unknown, theirs: unknown, mine: unknown): FieldMerge {
  if (field.kind === 'journal') return mergeJournal(theirs, mine);
  const [was, is, want] = [empty(base), empty(theirs), empty(mine)];
  if (sameValue(is, want)) return { outcome: 'same' };
  if (sameValue(is, was)) return { outcome: 'apply', value: want };
  switch (policyOf(field)) {
    case 'latest':
    case 'append':
      return { outcome: 'merged', value: want };
    case 'review':
      return { outcome: 'review' };
    case 'refuse':
      return { outcome: 'refuse' };
    case 'set':
      return mergedTo(is, mergeSets(listOf(was), listOf(is), listOf(want)));
    case 'max':
      return mergedTo(is, extreme(is, want, 1));
    case 'min':
      return mergedTo(is, extreme(is, want, -1));
    case 'counter':
      return mergedTo(is, numberOf(is) + numberOf(want) - numberOf(was));
  }
}

function mergedTo(theirs: unknown, value: unknown): FieldMerge {
  return sameValue(theirs, value) ? { outcome: 'same' } : { outcome: 'merged', value };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Adds and removes are told apart by the base: both sides' additions stay, both sides' removals go. */
function mergeSets(base: readonly unknown[], theirs: readonly unknown[], mine: readonly unknown[]): readonly unknown[] | undefined {
  const has = (list: readonly unknown[], one: unknown): boolean => list.some((other) => sameValue(other, one));
  const kept = theirs.filter((one) => has(mine, one) || !has(base, one));
  const added = mine.filter((one) => !has(base, one) && !has(kept, one));
  const merged = [...kept, ...added];
  return merged.length === 0 ? undefined : merged;
}

/** Numbers, dates and instants have an order; an empty value gives way. */
function extreme(theirs: unknown, mine: unknown, sign: 1 | -1): unknown {
  if (theirs === undefined || mine === undefined) return theirs ?? mine;
  if (typeof theirs === 'number' && typeof mine === 'number') return sign * (mine - theirs) > 0 ? mine : theirs;
  if (typeof theirs === 'string' && typeof mine === 'string') return mine > theirs === sign > 0 ? mine : theirs;
  return theirs;
}

/** Entries are told by their content, so that one sent twice stands once; old entries keep their place. */
function mergeJournal(theirs: unknown, mine: unknown): FieldMerge {
  const entries = listOf(theirs);
  const { add = [], remove = [] } = journalPatch(mine);
  const kept = entries.filter((entry) => !remove.some((gone) => sameValue(gone, entry)));
  const fresh = add.filter(
    (entry, at) => !kept.some((old) => sameValue(old, entry)) && add.findIndex((one) => sameValue(one, entry)) === at,
  );
  if (fresh.length === 0 && kept.length === entries.length) return { outcome: 'same' };
  const merged = [...kept, ...fresh];
  return { outcome: 'apply', value: merged.length === 0 ? undefined : merged };
}

function journalPatch(mine: unknown): JournalPatch {
  return typeof mine === 'object' && mine !== null && !Array.isArray(mine) ? mine : {};
}
