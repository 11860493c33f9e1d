import { sameValue } from '../domain/validate/same-value.ts';
import type { JournalEntry } from '../model/field.ts';
import type { JournalPatch } from './merge-field.ts';

/** The entries of a stored journal; none where it is empty. */
export const entriesOf = (value: unknown): readonly JournalEntry[] => (Array.isArray(value) ? (value as readonly JournalEntry[]) : []); // the stored value of a journal

/** Entries of one journal that another lacks; two alike count twice. */
function lacking(all: readonly JournalEntry[], others: readonly JournalEntry[]): readonly JournalEntry[] {
  const left = [...others];
  return all.filter((entry) => {
    const at = left.findIndex((other) => sameValue(other, entry));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** What became of a journal: entries that were added, entries that were taken out. */
export function journalChange(before: unknown, after: unknown): JournalPatch {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  // nearly always something was appended: the old entries are the very same
  let same = 0;
  while (same < was.length && same < is.length && (was[same] === is[same] || sameValue(was[same], is[same]))) same += 1;
  const [restWas, restIs] = [was.slice(same), is.slice(same)];
  const [add, remove] = [lacking(restIs, restWas), lacking(restWas, restIs)];
  return { ...(add.length === 0 ? {} : { add }), ...(remove.length === 0 ? {} : { remove }) };
}

/** A recorded change of a journal: as it is kept today, or as whole lists before and after, as change sets once kept it. */
export function readJournalChange(before: unknown, after: unknown): JournalPatch {
  return typeof after === 'object' && after !== null && !Array.isArray(after) ? after : journalChange(before, after);
}

/**
 * A journal with a change taken back, whatever others have added to it: what was added goes, what was taken out comes back in its place by
 * time. `undefined`: no entry is left. `touched`: others have changed it since, so an entry that is back already is not put back twice.
 */
export function withoutChange(
  now: unknown,
  { add = [], remove = [] }: JournalPatch,
  touched: boolean,
): readonly JournalEntry[] | undefined {
  const entries = [...entriesOf(now)];
  for (const gone of add) {
    const at = entries.findLastIndex((entry) => sameValue(entry, gone));
    if (at >= 0) entries.splice(at, 1);
  }
  for (const back of remove) {
    if (touched && entries.some((entry) => sameValue(entry, back))) continue;
    const after = entries.findLastIndex((entry) => entry.at <= back.at);
    entries.splice(after + 1, 0, back);
  }
  return entries.length === 0 ? undefined : entries;
}
