import { editDistance } from '../../util/similarity.ts';

/** How well a word of the question fits a word of a record: whole, by its beginning, with typing mistakes. */
const WHOLE = 1;
const BEGINNING = 0.75;
const MISTYPED = 0.4;

/** How many letters may be wrong in a word that was typed. */
function mistakesIn(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/** How well a folded word begins with, or is, what was asked: 0 (not at all) to 1 (the same). */
export function fitOf(asked: string, word: string): number {
  if (word === asked) return WHOLE;
  return word.startsWith(asked) ? BEGINNING * (0.5 + 0.5 * (asked.length / word.length)) : 0;
}

/** The same for a word that was mistyped: one letter wrong from four on, two from eight on, never the first. 0 where it is another word. */
export function mistypedFitOf(asked: string, word: string): number {
  const most = mistakesIn(asked);
  if (most === 0 || Math.abs(word.length - asked.length) > most) return 0;
  // people seldom miss the first letter, and looking at all others too would find too much
  if (word.charCodeAt(0) !== asked.charCodeAt(0)) return 0;
  const distance = editDistance(asked, word, most);
  return distance > most || distance === 0 ? 0 : MISTYPED / distance;
}
