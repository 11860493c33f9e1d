import type { ExportCell } from './export-columns.ts';

/** What a spreadsheet takes for a formula, also behind spaces, tabs and line ends; and what our own mark in front of it looks like. */
const FORMULA = /^'*[\s]*[=+\-@]/;
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** A text that no spreadsheet takes for a formula; reading with our own import gives the text back as it was. */
export function neutralised(text: string): string {
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

function cellText(cell: ExportCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return typeof cell === 'string' ? neutralised(cell) : cell.day;
}

const quoted = (text: string) => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * A table as CSV: commas, CRLF, UTF-8 with a byte order mark (spreadsheets need it to see the encoding) unless told otherwise.
 * Formulas are neutralised. The work is done piece by piece; `turn` gives other work its turn.
 */
export async function writeCsv(
  headings: readonly string[],
  rows: Iterable<readonly ExportCell[]>,
  options: { readonly bom?: boolean; readonly turn?: () => Promise<void> } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array<ArrayBuffer>[] = [encoder.encode(options.bom === false ? '' : '\uFEFF')];
  let lines: string[] = [];
  const add = (cells: readonly ExportCell[]) => {
    const texts = cells.map((cell) => quoted(cellText(cell)));
    // a line that is empty altogether would not be seen as a row
    lines.push(texts.length === 1 && texts[0] === '' ? '""' : texts.join(','));
  };
  add(headings);
  for (const row of rows) {
    add(row);
    if (lines.length < 500) continue;
    pieces.push(encoder.encode(`${lines.join('\r\n')}\r\n`));
    lines = [];
    await options.turn?.();
  }
  if (lines.length > 0) pieces.push(encoder.encode(`${lines.join('\r\n')}\r\n`));
  return joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
