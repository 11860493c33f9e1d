import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JournalEntry } from '../model/field.ts';
import { mergeField } from './merge-field.ts';
import { journalChange, readJournalChange, withoutChange } from './journal-change.ts';

const entry = (minute: number, text = 'a note', by = 'ada'): JournalEntry => ({
  at: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  by,
  text,
});

test('REC-16 an appended note is kept as that note alone, however long the journal is', () => {
  const old = Array.from({ length: 50 }, (_, minute) => entry(minute, `note ${minute}`));
  expect(journalChange(old, [...old, entry(55, 'new')])).toEqual({ add: [entry(55, 'new')] });
  expect(journalChange(old, old.toSpliced(10, 1))).toEqual({ remove: [entry(10, 'note 10')] });
  expect(journalChange(undefined, [entry(1)])).toEqual({ add: [entry(1)] });
  expect(journalChange([entry(1)], undefined)).toEqual({ remove: [entry(1)] });
});

test('REC-16 a change that was kept as whole lists is read as what was added and removed', () => {
  const old = [entry(1, 'one')];
  const both = [entry(1, 'one'), entry(2, 'two')];
  expect(readJournalChange(old, both)).toEqual({ add: [entry(2, 'two')] });
  expect(readJournalChange(both, null)).toEqual({ remove: both });
  expect(readJournalChange(undefined, { add: [entry(2, 'two')] })).toEqual({ add: [entry(2, 'two')] });
});

const journals = fc
  .array(fc.record({ minute: fc.nat(59), text: fc.constantFrom('a', 'b'), by: fc.constantFrom('ada', 'bob') }), { maxLength: 8 })
  .map((all) => all.map(({ minute, text, by }) => entry(minute, text, by)).toSorted((a, b) => a.at.localeCompare(b.at)));

test('a change of a journal, taken back, leaves the journal as it was', () => {
  fc.assert(
    fc.property(journals, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), journals, (was, kept, added) => {
      const is = [...was.filter((_, at) => kept[at]), ...added];
      const back = withoutChange(is, journalChange(was, is), false) ?? [];
      const sorted = (list: readonly JournalEntry[]) => list.map((one) => JSON.stringify(one)).toSorted();
      expect(sorted(back)).toEqual(sorted(was));
    }),
  );
});

test('S4 a change of a journal is what sync sends: merged into the very journal it leads to the same', () => {
  fc.assert(
    fc.property(journals, journals, (some, more) => {
      const distinct = (list: readonly JournalEntry[]) => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
      const was = distinct(some);
      const is = [...was, ...distinct(more).filter((one) => !was.some((old) => JSON.stringify(old) === JSON.stringify(one)))];
      const merged = mergeField({ kind: 'journal' }, was, was, journalChange(was, is));
      expect(merged).toEqual(is.length === was.length ? { outcome: 'same' } : { outcome: 'apply', value: is });
    }),
  );
});

test('S4 what others added in between stays where a change is taken back', () => {
  const change = journalChange([entry(1)], [entry(1), entry(2, 'mine')]);
  expect(withoutChange([entry(1), entry(2, 'mine'), entry(3, 'theirs')], change, true)).toEqual([entry(1), entry(3, 'theirs')]);
  const removal = journalChange([entry(1), entry(2)], [entry(2)]);
  expect(withoutChange([entry(1), entry(2)], removal, true)).toEqual([entry(1), entry(2)]);
  expect(withoutChange([entry(2), entry(3, 'theirs')], removal, true)).toEqual([entry(1), entry(2), entry(3, 'theirs')]);
});
