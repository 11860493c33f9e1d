import { EXIT, type ExitCode } from './exit-code.ts';

/** What a command answers: a value for `--json` and lines for people. */
export type Report = { readonly value: unknown; readonly lines: readonly string[]; readonly exit: ExitCode };

/** A successful answer. */
export function report(value: unknown, lines: readonly string[], exit: ExitCode = EXIT.done): Report {
  return { value, lines, exit };
}

export type Column<R> = { readonly heading: string; readonly cell: (row: R) => string; readonly right?: true };

/** A plain table: headings, a rule, rows; numbers to the right. */
export function textTable<R>(rows: readonly R[], columns: readonly Column<R>[]): string[] {
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const widths = columns.map((column, index) => Math.max(column.heading.length, ...cells.map((line) => line[index]?.length ?? 0)));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => (columns[index]?.right ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.heading)), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)];
}

/** Integer minor units by currency, as people write them: `12,345.60 USD`. */
export function moneyText(sums: readonly { readonly amount: number; readonly currency: string }[]): string {
  if (sums.length === 0) return '–';
  return sums
    .map(({ amount, currency }) => {
      const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
      const value = amount / 10 ** digits;
      const whole = Number.isInteger(value);
      return `${value.toLocaleString('en', { minimumFractionDigits: whole ? 0 : digits, maximumFractionDigits: digits })} ${currency}`;
    })
    .join(' + ');
}
