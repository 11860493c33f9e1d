import { fold } from '#shared/util/folding.ts';

/** Places of texts among all texts that were ever put in order: equal but for case and accents, equal place. */
type TextOrder = {
  /** The text's number, given when it is first seen. */
  readonly numberOf: (text: string) => number;
  /** Place of each number; true for all texts seen so far. */
  readonly places: () => Uint32Array;
};

const MOST_TEXTS = 400_000;

let known = new Map<string, number>();
let folded: string[] = [];
/** Numbers in the order of their folded texts, as far as they are sorted. */
let order: number[] = [];
let places = new Uint32Array(0);

/**
 * Folding and sorting texts is the dear part of putting a list in order, and their order does not change: it is kept for
 * texts that were seen, and new ones are sorted in. Begins anew where too many texts are kept, so ask for `numberOf` and
 * `places` together.
 */
export function textOrder(): TextOrder {
  if (known.size > MOST_TEXTS) {
    known = new Map();
    folded = [];
    order = [];
  }
  return {
    numberOf: (text) => {
      const number = known.get(text);
      if (number !== undefined) return number;
      const fresh = folded.length;
      known.set(text, fresh);
      folded.push(fold(text));
      return fresh;
    },
    places: () => {
      if (order.length < folded.length) sortIn();
      return places;
    },
  };
}

function sortIn(): void {
  const fresh = Array.from({ length: folded.length - order.length }, (_, at) => order.length + at);
  const text = (number: number): string => folded[number] ?? '';
  const sorted = sortedByText(fresh, text);
  const merged: number[] = [];
  let next = 0;
  for (const number of sorted) {
    for (let other = order[next]; other !== undefined && text(other) <= text(number); other = order[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(number);
  }
  for (let rest = order[next]; rest !== undefined; rest = order[next]) {
    merged.push(rest);
    next += 1;
  }
  order = merged;
  places = new Uint32Array(order.length);
  let place = -1;
  let before: string | undefined;
  for (const number of order) {
    const own = text(number);
    if (own !== before) place += 1;
    before = own;
    places[number] = place;
  }
}

/** Many texts are sorted by the engine's own comparison, which is faster than one in JavaScript. */
function sortedByText(numbers: readonly number[], text: (number: number) => string): readonly number[] {
  const byText = Map.groupBy(numbers, text);
  return [...byText.keys()].sort().flatMap((key) => byText.get(key) ?? []);
}
