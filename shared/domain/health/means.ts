/** Mean of the known (not NaN) scores, added in the order given; undefined where none is known (scoring.md 1.6). */
export function meanKnown(scores: Iterable<number>): { readonly mean: number; readonly known: number } | undefined {
  let sum = 0;
  let known = 0;
  for (const score of scores) {
    if (Number.isNaN(score)) continue;
    sum += score;
    known += 1;
  }
  return known === 0 ? undefined : { mean: sum / known, known };
}

export type WeighedScore = { readonly score: number; readonly value: number };

/**
 * A parent's health: mean of its active descendants' known health weighted by contract value; the plain mean where those
 * values sum to 0; undefined where none is known (scoring.md 1.6). `value`: any unit, the same for all.
 */
export function meanByValue(children: readonly WeighedScore[]): number | undefined {
  const known = children.filter(({ score }) => !Number.isNaN(score));
  let weighted = 0;
  let weight = 0;
  for (const { score, value } of known) {
    weighted += value * score;
    weight += value;
  }
  return weight === 0 ? meanKnown(known.map(({ score }) => score))?.mean : weighted / weight;
}

/** Middle value; the mean of the two middle ones of an even number; undefined of none. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] ?? Number.NaN) + upper) / 2;
}
