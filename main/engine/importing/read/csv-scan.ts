import type { Budget } from './limits.ts';
import type { TableBuilder } from './table-builder.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;
/** Separators that are tried, the likelier first. */
const DELIMITERS = [',', ';', '\t', '|', '^', '~', '\u001F', '\u0001', '¦', '§', ':'] as const;
const SAMPLE_CHARS = 256 * 1024;
const SAMPLE_ROWS = 60;
/** A quote that is never closed is read as text; a file with more of them than this is left as it is from there on. */
const STRAY_QUOTES = 200;

/** Our own exports put a quote before what a spreadsheet would take for a formula; reading takes it away again. */
const NEUTRALISED = /^''*[\s]*[=+\-@]/;

type RowSink = (cells: string[], count: number, line: number) => boolean;
type Stray = (severity: 'error' | 'warning', message: string) => void;

function unneutralise(value: string): string {
  return value.charCodeAt(0) === 39 && NEUTRALISED.test(value) ? value.slice(1) : value;
}

/**
 * Walks over delimited text and hands over each row with the line it starts at; the array is reused. Line ends are LF, CRLF or CR;
 * quotes are doubled inside quotes; text after a closing quote belongs to the cell. Stops when the sink answers false.
 */
export function scanRows(text: string, delimiter: string, sink: RowSink, stray: Stray = () => undefined): void {
  const separator = delimiter.charCodeAt(0);
  const length = text.length;
  const cells: string[] = [];
  let count = 0;
  let line = 1;
  let rowLine = 1;
  let at = 0;
  let strays = 0;
  let fresh = true;

  const quoted = (from: number): number => {
    // `from` is the opening quote; answers the position after the cell, or -1 where the quote is never closed
    let value = '';
    let start = from + 1;
    let lines = 0;
    for (;;) {
      const close = text.indexOf('"', start);
      if (close < 0) return -1;
      for (let pos = start; pos < close; pos += 1) {
        const code = text.charCodeAt(pos);
        if (code === LF || (code === CR && text.charCodeAt(pos + 1) !== LF)) lines += 1;
      }
      value += text.slice(start, close);
      if (text.charCodeAt(close + 1) === QUOTE) {
        value += '"';
        start = close + 2;
        continue;
      }
      let end = close + 1;
      while (end < length) {
        const code = text.charCodeAt(end);
        if (code === separator || code === LF || code === CR) break;
        end += 1;
      }
      if (end > close + 1) {
        const rest = text.slice(close + 1, end);
        if (rest.trim() !== '') {
          stray('warning', 'There is text behind a closing quote; it was read as part of the value.');
          value += rest;
        }
      }
      cells[count] = unneutralise(value);
      count += 1;
      line += lines;
      return end;
    }
  };

  while (at < length) {
    if (fresh) {
      rowLine = line;
      fresh = false;
    }
    let end = at;
    let done = false;
    if (text.charCodeAt(at) === QUOTE && strays < STRAY_QUOTES) {
      const after = quoted(at);
      if (after >= 0) {
        end = after;
        done = true;
      } else {
        strays += 1;
        stray('error', 'A quote is opened here and never closed; it was read as text.');
      }
    }
    if (!done) {
      while (end < length) {
        const code = text.charCodeAt(end);
        if (code === separator || code === LF || code === CR) break;
        end += 1;
      }
      cells[count] = unneutralise(text.slice(at, end));
      count += 1;
    }
    const code = end < length ? text.charCodeAt(end) : LF;
    at = end + 1;
    if (code === separator) {
      if (at < length) continue;
      cells[count] = ''; // the file ends with a separator: one more empty cell
      count += 1;
    }
    if (code === CR && text.charCodeAt(at) === LF) at += 1;
    if (!sink(cells, count, rowLine)) return;
    count = 0;
    line += 1;
    fresh = true;
  }
}

/** How well a separator cuts the sample: the share of rows as wide as most, and that width. */
function score(sample: string, delimiter: string): { share: number; width: number } {
  const widths: number[] = [];
  scanRows(sample, delimiter, (cells, count) => {
    if (count > 1 || (cells[0] ?? '').trim() !== '') widths.push(count);
    return widths.length < SAMPLE_ROWS;
  });
  // the last row of a cut sample may be incomplete
  const whole = widths.length > 2 && sample.length === SAMPLE_CHARS ? widths.slice(0, -1) : widths;
  const counts = new Map<number, number>();
  for (const width of whole) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width, rows] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  return { share: whole.length === 0 ? 0 : rows / whole.length, width };
}

/** The separator that cuts most rows into equally many cells; a comma for a file of one column. A first line `sep=;` decides. */
export function detectDelimiter(text: string): { readonly delimiter: string; readonly from: number } {
  const hint = /^sep=(.)\r?\n?/.exec(text.slice(0, 10));
  if (hint?.[1] !== undefined) return { delimiter: hint[1], from: hint[0].length };
  const sample = text.slice(0, SAMPLE_CHARS);
  let best: { delimiter: string; share: number; width: number } = { delimiter: ',', share: 0, width: 1 };
  for (const delimiter of DELIMITERS) {
    if (!sample.includes(delimiter)) continue;
    const { share, width } = score(sample, delimiter);
    const worth = delimiter === ':' ? share * 0.5 : share;
    if (worth > best.share + 0.05 || (worth > best.share - 0.05 && worth >= 0.5 && width > best.width))
      best = { delimiter, share: worth, width };
  }
  return { delimiter: best.share >= 0.3 ? best.delimiter : ',', from: 0 };
}

/** Reads delimited text into a table. */
export function scanTable(text: string, delimiter: string, file: string, table: TableBuilder, budget: Budget): void {
  let rows = 0;
  scanRows(
    text,
    delimiter,
    (cells, count, line) => {
      table.row(cells, count, line);
      rows += 1;
      if ((rows & 1023) === 0) budget.time(file);
      return true;
    },
    table.fault,
  );
}
