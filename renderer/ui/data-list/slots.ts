/** Which element shows which line, by the number of the line. */
export type Slots = ReadonlyMap<number, number>;

/**
 * The elements for the lines that are shown now. A line keeps its element as long as it is shown. Where hardly any line of before
 * is, the elements that are left over show other lines in the order in which they stand, so that none is made, dropped or moved;
 * where the lines have moved on by a few, new lines have new elements, or those that stay would have to be moved past them.
 */
export function slotted(before: Slots, shown: readonly number[]): Slots {
  const kept = new Set(shown.filter((line) => before.has(line)));
  const taken = new Set([...kept].map((line) => before.get(line)));
  // the one line that may stay though it is far away is the one with the focus
  const free = kept.size > 1 ? [] : [...before.values()].filter((slot) => !taken.has(slot));
  let next = Math.max(-1, ...before.values()) + 1;
  return new Map(
    shown.map((line) => {
      const slot = before.get(line) ?? free.shift();
      if (slot !== undefined) return [line, slot];
      next += 1;
      return [line, next - 1];
    }),
  );
}
