import { editDistance } from '#shared/util/similarity.ts';

/** Words of documents with their weights; documents are numbers that the caller gives. */
export type TextIndex = {
  /** `weight` 1–7; a word that occurs several times counts with its greatest weight. */
  readonly add: (document: number, words: ReadonlyMap<string, number>) => void;
  /** Score per document that has all words; the last one may be unfinished. `documents`: how many there are. */
  readonly find: (words: readonly string[], documents: number) => Float32Array;
  readonly words: () => number;
};

const WEIGHT_BITS = 3;
const WEIGHT_MASK = 7;
/** How well a word of the question fits a word of a document. */
const EXACT = 1;
const PREFIX = 0.75;
const TYPO = 0.4;

/** How many letters may be wrong in a word that was typed. */
function typosIn(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

function fits(asked: string, word: string): number {
  if (word === asked) return EXACT;
  if (word.startsWith(asked)) return PREFIX * (0.5 + 0.5 * (asked.length / word.length));
  const typos = typosIn(asked);
  if (typos === 0 || Math.abs(word.length - asked.length) > typos) return 0;
  // people seldom miss the first letter, and looking at all others too would find too much
  if (word.charCodeAt(0) !== asked.charCodeAt(0)) return 0;
  const distance = editDistance(asked, word, typos);
  return distance > typos ? 0 : TYPO / distance;
}

/** Makes an empty index. */
export function createTextIndex(): TextIndex {
  const postings = new Map<string, number[]>();
  return {
    add: (document, words) => {
      for (const [word, weight] of words) {
        const posting = (document << WEIGHT_BITS) | Math.min(WEIGHT_MASK, Math.max(1, weight));
        const list = postings.get(word);
        if (list === undefined) postings.set(word, [posting]);
        else list.push(posting);
      }
    },
    find: (asked, documents) => {
      const scores = new Float32Array(documents);
      for (const [at, word] of asked.entries()) {
        const best = new Float32Array(documents);
        for (const [known, list] of postings) {
          const fit = fits(word, known);
          if (fit === 0) continue;
          for (const posting of list) {
            const document = posting >>> WEIGHT_BITS;
            const score = fit * (posting & WEIGHT_MASK);
            if (score > (best[document] ?? 0)) best[document] = score;
          }
        }
        for (let document = 0; document < documents; document += 1) {
          const score = best[document] ?? 0;
          const before = scores[document] ?? 0;
          scores[document] = score === 0 || (at > 0 && before === 0) ? 0 : before + score;
        }
      }
      return scores;
    },
    words: () => postings.size,
  };
}
