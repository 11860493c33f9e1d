import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { createOverlay } from './overlay.ts';
import { joinedKey } from './row-index.ts';
import { createRowSet, type RowSet } from './row-set.ts';
import { createWorkingSet } from './working-set.ts';

const id = fc.integer({ min: 0, max: 15 }).map((number) => `id-${String(number).padStart(2, '0')}`);
const word = fc.constantFrom('a', 'b', 'c');
const row = fc.record({ id, account: fc.option(word, { nil: undefined }), watchList: fc.array(word, { maxLength: 3 }), city: word });
type Simple = { readonly id: string; readonly account: string | undefined; readonly watchList: readonly string[]; readonly city: string };
const full = (simple: Simple, rev: number): AnyRow => {
  const { account, ...rest } = simple;
  const at = '2026-01-01T00:00:00.000Z';
  return { createdAt: at, createdBy: 'u', updatedAt: at, updatedBy: 'u', rev, ...rest, ...(account === undefined ? {} : { account }) };
};
type Step = { readonly put: Simple } | { readonly remove: string } | { readonly ask: 'a' | 'b' | 'c' };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ put: row }),
  fc.record({ remove: id }),
  fc.record({ ask: fc.constantFrom('a' as const, 'b' as const, 'c' as const) }),
);

const sorted = (rows: Iterable<AnyRow>) => [...rows].toSorted((a, b) => (a.id < b.id ? -1 : 1));

type Asked = {
  readonly all: () => Iterable<AnyRow>;
  readonly size: number;
  readonly by: (key: string, value: string) => readonly AnyRow[];
};
function expectSame({ all, size, by }: Asked, model: ReadonlyMap<string, AnyRow>): void {
  const rows = sorted(model.values());
  expect([...all()]).toEqual(rows);
  expect(size).toBe(rows.length);
  for (const value of ['a', 'b', 'c']) {
    expect(by('account', value)).toEqual(rows.filter((one) => one['account'] === value));
    expect(by('watchList', value)).toEqual(rows.filter((one) => (one['watchList'] as readonly string[]).includes(value))); // as made above
    const joined = rows.filter((one) => one['account'] === value && one['city'] === 'a');
    expect(by(joinedKey(['account', 'city']), `${value}\u0000a`)).toEqual(joined);
  }
}

test('a set of rows finds what a plain map finds, in the order of the IDs, whatever was asked in between', () => {
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: (one) => one.id }), fc.array(step, { maxLength: 30 }), (first, steps) => {
      const start = first.map((one) => full(one, 1));
      const set: RowSet = createRowSet(() => start);
      const model = new Map(start.map((one) => [one.id, one]));
      for (const [at, one] of steps.entries())
        if ('put' in one) {
          const fresh = full(one.put, at + 2);
          set.put(fresh);
          model.set(fresh.id, fresh);
        } else if ('remove' in one) {
          set.remove(one.remove);
          model.delete(one.remove);
        } else set.by('account', one.ask);
      expectSame({ all: set.all, size: set.size(), by: set.by }, model);
      for (const key of ['id-00', 'id-07']) expect(set.get(key)).toEqual(model.get(key));
    }),
  );
});

test('an overlay shows the changes of a command on top of the rows below, which stay as they are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: (one) => one.id }), fc.array(step, { maxLength: 30 }), (first, steps) => {
      const below = createWorkingSet();
      const start = first.map((one) => full(one, 1));
      for (const one of start) below.table('account').put(one);
      const overlay = createOverlay(below);
      const model = new Map(start.map((one) => [one.id, one]));
      for (const [at, one] of steps.entries())
        if ('put' in one) {
          const fresh = full(one.put, at + 2);
          overlay.put('account', fresh);
          model.set(fresh.id, fresh);
        } else if ('remove' in one) {
          if (model.has(one.remove)) overlay.remove('account', one.remove);
          model.delete(one.remove);
        } else overlay.view.by('account', 'account', one.ask);
      const { view } = overlay;
      expectSame(
        { all: () => view.all('account'), size: view.count('account'), by: (key, value) => view.by('account', key, value) },
        model,
      );
      expect([...below.view.all('account')]).toEqual(sorted(start));
    }),
  );
});

test('many changes worked out beforehand show all at once, and then as if they had been made one by one', () => {
  const many = Array.from({ length: 1600 }, (_, at) => `id-${String(at).padStart(5, '0')}`);
  const change = fc.record({ first: fc.array(fc.boolean(), { minLength: 1600, maxLength: 1600 }), word, seed: fc.nat(5) });
  fc.assert(
    fc.property(change, ({ first, word: value, seed }) => {
      const make = (one: string, account: string, rev: number) => full({ id: one, account, watchList: [account], city: 'a' }, rev);
      const start = many.filter((_, at) => first[at] === true).map((one) => make(one, 'a', 1));
      const puts = many.filter((_, at) => at % 7 !== seed).map((one) => make(one, value, 2));
      const removes = many.filter((_, at) => at % 7 === seed && first[at] === true);
      const set = createRowSet(() => start);
      set.by('account', 'a');
      const before = [...set.all()];
      const steps = set.prepare(seed % 2 === 0 ? puts : puts.toReversed(), removes);
      let show: (() => void) | undefined;
      for (let step = steps.next(); show === undefined; step = steps.next()) if (step.done === true) show = step.value;
      expect([...set.all()]).toEqual(before);
      show();
      const model = new Map(start.map((one) => [one.id, one]));
      for (const one of removes) model.delete(one);
      for (const one of puts) model.set(one.id, one);
      expectSame({ all: set.all, size: set.size(), by: set.by }, model);
      set.put(make('id-99999', 'c', 3));
      expect([...set.all()].at(-1)?.id).toBe('id-99999');
    }),
    { numRuns: 20 },
  );
});
