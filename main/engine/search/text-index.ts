import { fitOf, mistypedFitOf } from '#shared/domain/search/fits.ts';

/** Words of documents with their weights; documents are numbers that the caller gives, growing. */
export type TextIndex = {
  /** `weight` 1–7; a word that occurs several times counts with its greatest weight. */
  readonly add: (document: number, words: ReadonlyMap<string, number>) => void;
  /** The documents that have all words, each by its beginning or mistyped, with their scores by document. `documents`: how many there are. */
  readonly find: (words: readonly string[], documents: number) => Matches;
  readonly words: () => number;
};
export type Matches = { readonly documents: readonly number[]; readonly scores: Float32Array };

const WEIGHT_BITS = 3;
const WEIGHT_MASK = 7;
/** Where a word is found so often as it was typed, nobody mistyped it. */
const ENOUGH = 20;

type Word = { readonly text: string; readonly postings: number[] };

/** Makes an empty index. Compared in the ADR on search with the library that was tried. */
export function createTextIndex(): TextIndex {
  const words = new Map<string, Word>();
  // a word that is asked for shares its first letter with those that answer it
  const byFirst = new Map<number, Word[]>();

  const wordOf = (text: string): Word => {
    const known = words.get(text);
    if (known !== undefined) return known;
    const word: Word = { text, postings: [] };
    words.set(text, word);
    const letter = text.charCodeAt(0);
    const siblings = byFirst.get(letter);
    if (siblings === undefined) byFirst.set(letter, [word]);
    else siblings.push(word);
    return word;
  };
  /** Scores of the documents with one word, into `scores`; answers these documents. */
  const findOne = (asked: string, scores: Float32Array): number[] => {
    const found: number[] = [];
    const take = ({ postings }: Word, fit: number): void => {
      for (const posting of postings) {
        const document = posting >>> WEIGHT_BITS;
        const score = fit * (posting & WEIGHT_MASK);
        const before = scores[document] ?? 0;
        if (before === 0) found.push(document);
        if (score > before) scores[document] = score;
      }
    };
    const candidates = byFirst.get(asked.charCodeAt(0)) ?? [];
    for (const word of candidates) {
      const fit = fitOf(asked, word.text);
      if (fit > 0) take(word, fit);
    }
    if (found.length >= ENOUGH) return found;
    for (const word of candidates) {
      const fit = mistypedFitOf(asked, word.text);
      if (fit > 0) take(word, fit);
    }
    return found;
  };

  return {
    add: (document, weights) => {
      for (const [text, weight] of weights)
        wordOf(text).postings.push((document << WEIGHT_BITS) | Math.min(WEIGHT_MASK, Math.max(1, weight)));
    },
    find: ([first, ...others], documents) => {
      const scores = new Float32Array(documents);
      let found = first === undefined ? [] : findOne(first, scores);
      for (const word of others) {
        if (found.length === 0) break;
        const more = new Float32Array(documents);
        findOne(word, more);
        found = found.filter((document) => (more[document] ?? 0) > 0);
        for (const document of found) scores[document] = (scores[document] ?? 0) + (more[document] ?? 0);
      }
      return { documents: found, scores };
    },
    words: () => words.size,
  };
}
