/**
 * Rounds half away from zero to some decimal places, reading the number as it is written (1.005 → 1.01, not 1.00).
 * Scores are rounded so for display and for their band (scoring.md). Infinite and NaN stay what they are; −0 becomes 0.
 */
export function roundHalfAway(value: number, digits = 0): number {
  if (!Number.isFinite(value)) return value;
  const size = Math.abs(value);
  if (size >= 2 ** 53) return value;
  const rounded = digits === 0 ? Math.round(size) : shift(Math.round(shift(size, digits)), -digits);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Moves the decimal point in the number's shortest decimal notation, which multiplication would not do exactly. */
function shift(value: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
