/** Amounts as a person writes them in one line: `10000, 50000`. */
export function writeAmounts(amounts: readonly number[]): string {
  return amounts.join(', ');
}

/** Reads {@link writeAmounts}; what is no number becomes 0, which the engine refuses in words. */
export function readAmounts(text: string): number[] {
  return parts(text).map((part) => (Number.isFinite(Number(part)) ? Number(part) : 0));
}

/** Exchange rates in one line: `EUR 1.08, GBP 1.27`. */
export function writeRates(rates: Readonly<Record<string, number>>): string {
  return Object.entries(rates)
    .map(([code, rate]) => `${code} ${rate}`)
    .join(', ');
}

/** Reads {@link writeRates}; what cannot be read becomes a rate of 0, which the engine refuses in words. */
export function readRates(text: string): Record<string, number> {
  return Object.fromEntries(
    parts(text).map((part) => {
      const [code = '', rate = ''] = part.split(/[\s=:]+/);
      const value = Number(rate);
      return [code.toUpperCase(), Number.isFinite(value) ? value : 0];
    }),
  );
}

/** Numbers by name in one line: `strategic 7, growth 14`. */
export function writeNumbers(numbers: Readonly<Record<string, number>>): string {
  return writeRates(numbers);
}

/** Reads {@link writeNumbers}; what cannot be read becomes −1, which the engine refuses in words. */
export function readNumbers(text: string): Record<string, number> {
  return Object.fromEntries(
    parts(text).map((part) => {
      const [name = '', number = ''] = part.split(/[\s=:]+/);
      const value = Number(number);
      return [name, number === '' || !Number.isFinite(value) ? -1 : value];
    }),
  );
}

const parts = (text: string): string[] =>
  text
    .split(/[,;]\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
