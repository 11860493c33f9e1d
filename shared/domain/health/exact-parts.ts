/**
 * What each metric adds to the score, such that the parts, added in the order given, are the score to the last bit (HLT-07).
 *
 * The natural part is `weight · score / Σ weight`; rounding each of them may leave their sum some last bits beside the score.
 * The last part that is not 0 takes that difference up. Where no value of it would do (the sum lies half-way between two
 * numbers), one of the others gives way by its own last bits as well.
 */
export function exactParts(numerators: readonly number[], denominator: number, score: number): number[] {
  const parts = numerators.map((numerator) => numerator / denominator);
  const last = parts.findLastIndex((part) => part !== 0);
  if (last === -1 || closes(parts, last, score)) return parts;
  for (let index = last - 1; index >= 0; index -= 1) {
    const natural = parts[index] ?? 0;
    if (natural === 0) continue;
    for (const bitsMoved of MOVES) {
      parts[index] = neighbour(natural, bitsMoved);
      if (closes(parts, last, score)) return parts;
    }
    parts[index] = natural;
  }
  return parts;
}

/** Sets the last part so that the sum is the score; whether that is possible. */
function closes(parts: number[], last: number, score: number): boolean {
  let before = 0;
  for (let index = 0; index < last; index += 1) before += parts[index] ?? 0;
  const difference = score - before;
  const near = difference === 0 ? [0] : [difference, neighbour(difference, 1), neighbour(difference, -1)];
  const candidates = [parts[last] ?? 0, ...near];
  const fitting = candidates.find((candidate) => before + candidate === score);
  if (fitting === undefined) return false;
  parts[last] = fitting;
  return true;
}

const MOVES = [1, -1, 2, -2, 4, -4, 8, -8];
const bits = new DataView(new ArrayBuffer(8));

/** The double that lies `steps` places above (below where negative) a value other than 0. */
function neighbour(value: number, steps: number): number {
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + BigInt(value > 0 ? steps : -steps));
  return bits.getFloat64(0);
}
