import { fold } from './folding.ts';

/**
 * Damerau–Levenshtein distance (optimal string alignment): insertions, deletions, replacements and swaps of neighbours.
 * Stops early and answers `limit + 1` as soon as the distance must be larger than `limit`.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    let best = row;
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(at(last, column) + 1, at(line, column - 1) + 1, at(last, column - 1) + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        distance = Math.min(distance, at(before, column - 2) + 1);
      line.push(distance);
      best = Math.min(best, distance);
    }
    if (best > limit) return limit + 1;
    before = last;
    last = line;
  }
  return Math.min(at(last, b.length), limit + 1);
}

const at = (line: readonly number[], index: number): number => line[index] ?? Number.POSITIVE_INFINITY;

/**
 * How alike two names are, 0–1: 1 when they differ in nothing but case, accents and punctuation, 0.98 when also in spaces
 * (`GTXPro`, `GTX Pro`), else one minus the share of letters to change, words in either order. Symmetric.
 */
export function similarity(a: string, b: string): number {
  const left = fold(a);
  const right = fold(b);
  if (left === right) return left === '' ? 0 : 1;
  const tightLeft = left.replaceAll(' ', '');
  const tightRight = right.replaceAll(' ', '');
  if (tightLeft === '' || tightRight === '') return 0;
  if (tightLeft === tightRight) return 0.98;
  return Math.min(0.97, Math.max(alike(tightLeft, tightRight), alike(inOrder(left), inOrder(right))));
}

const alike = (a: string, b: string): number => 1 - editDistance(a, b) / Math.max(a.length, b.length);
const inOrder = (words: string): string => words.split(' ').sort().join('');
