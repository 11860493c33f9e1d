/**
 * Rounds parts so that the rounded parts add up to the rounded total: what is left over goes to the parts that were cut most.
 * For figures that people add up by eye.
 */
export function apportion(parts: readonly number[], total: number, digits: number): readonly number[] {
  const scale = 10 ** digits;
  const target = Math.round(total * scale);
  const floors = parts.map((part) => Math.floor(part * scale));
  let left = target - floors.reduce((sum, part) => sum + part, 0);
  const order = parts.map((part, index) => ({ index, cut: part * scale - Math.floor(part * scale) })).toSorted((a, b) => b.cut - a.cut);
  const rounded = [...floors];
  for (let turn = 0; left !== 0 && order.length > 0; turn += 1) {
    const at = left > 0 ? order[turn % order.length] : order[order.length - 1 - (turn % order.length)];
    if (at === undefined) break;
    rounded[at.index] = (rounded[at.index] ?? 0) + Math.sign(left);
    left -= Math.sign(left);
  }
  return rounded.map((part) => part / scale);
}
