import { fold, foldTight } from '../../../util/folding.ts';
import { similarity } from '../../../util/similarity.ts';

/** A record that may be named. `key` survives a new plan: the ID of an existing record, `new:` and the name of a planned one. */
export type NamedRecord = { readonly id: string; readonly key: string; readonly name: string };

/** Names that are compared letter by letter at most, for one unknown name. */
const COMPARED = 40;
const ALIKE = 0.78;
const SHOWN = 5;
const SLICE = 1_024;

/** Finds records by exactly their name (case, accents and punctuation aside) and by a name like it. */
export type NameIndex = {
  readonly add: (record: NamedRecord) => void;
  readonly exact: (name: string) => readonly NamedRecord[];
  /** Prepares {@link NameIndex.alike} in slices; names that are added later are taken in when it is asked. */
  readonly settle: (turn: () => Promise<void>) => Promise<void>;
  readonly alike: (name: string) => readonly (NamedRecord & { readonly similarity: number })[];
};

function gramsOf(tight: string): readonly string[] {
  const padded = `^${tight}$`;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at += 1) grams.add(padded.slice(at, at + 3));
  return [...grams];
}

/** An empty index of names. */
export function openNameIndex(): NameIndex {
  const byName = new Map<string, NamedRecord[]>();
  const all: { record: NamedRecord; tight: string }[] = [];
  const byGram = new Map<string, number[]>();
  let indexed = 0;

  const indexNext = () => {
    for (const gram of gramsOf(all[indexed]?.tight ?? '')) {
      const list = byGram.get(gram);
      if (list === undefined) byGram.set(gram, [indexed]);
      else list.push(indexed);
    }
    indexed += 1;
  };

  return {
    add: (record) => {
      const folded = fold(record.name);
      if (folded === '') return;
      const list = byName.get(folded);
      if (list === undefined) byName.set(folded, [record]);
      else if (list.every(({ id }) => id !== record.id)) list.push(record);
      all.push({ record, tight: folded.replaceAll(' ', '') });
    },
    exact: (name) => byName.get(fold(name)) ?? [],
    settle: async (turn) => {
      // only where somebody has asked before, or will ask about more names than can be taken in at once
      if (indexed === 0 && all.length < SLICE) return;
      while (indexed < all.length) {
        if (indexed % SLICE === SLICE - 1) await turn();
        indexNext();
      }
    },
    alike: (name) => {
      while (indexed < all.length) indexNext();
      const tight = foldTight(name);
      if (tight.length < 2) return [];
      const shared = new Map<number, number>();
      for (const gram of gramsOf(tight)) for (const at of byGram.get(gram) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
      const nearest = [...shared].toSorted((a, b) => b[1] - a[1]).slice(0, COMPARED);
      const found = new Map<string, NamedRecord & { similarity: number }>();
      for (const [at] of nearest) {
        const record = all[at]?.record;
        if (record === undefined) continue;
        const alike = similarity(name, record.name);
        if (alike >= ALIKE && (found.get(record.id)?.similarity ?? 0) < alike) found.set(record.id, { ...record, similarity: alike });
      }
      return [...found.values()].toSorted((a, b) => b.similarity - a.similarity || (a.name < b.name ? -1 : 1)).slice(0, SHOWN);
    },
  };
}
