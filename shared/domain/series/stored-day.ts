const ZERO = 48;

/**
 * Days since 1970-01-01 of a stored date or instant, read from its first ten characters; NaN where there is none.
 * For values that were validated when they were written: indexes over a hundred thousand rows call it for each of them.
 */
export function storedDay(text: string | undefined): number {
  if (text === undefined || text.length < 10) return Number.NaN;
  const digit = (at: number): number => text.charCodeAt(at) - ZERO;
  const month = digit(5) * 10 + digit(6);
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3) - (month <= 2 ? 1 : 0);
  const day = digit(8) * 10 + digit(9);
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}
