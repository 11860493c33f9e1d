import type { ReadSheet } from '#shared/domain/importing/cells.ts';
import { tooMuch, type Budget } from './limits.ts';
import { startTable, TEXT, TYPED, type TableBuilder } from './table-builder.ts';
import { readWorkbookParts, readXml, unescapeCell, type WorkbookParts } from './workbook-parts.ts';
import { attribute, type XmlSink } from './xml.ts';
import { openZip } from './zip.ts';

const DAY = 86_400_000;
/** Day 60 of the 1900 count is 29 February 1900, which never was; days before it are one off. */
const START_1900 = Date.UTC(1899, 11, 30);
const START_1904 = Date.UTC(1904, 0, 1);

/** A workbook's day number as an ISO date, with the time where there is one; undefined for what is no day. */
export function dateOfSerial(serial: number, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465.99999) return undefined;
  if (serial < 1 && !from1904) return undefined;
  const shift = !from1904 && serial < 60 ? 1 : 0;
  const milliseconds = Math.round(((from1904 ? START_1904 : START_1900) + (serial + shift) * DAY) / 1000) * 1000;
  const text = new Date(milliseconds).toISOString();
  return milliseconds % DAY === 0 ? text.slice(0, 10) : text.slice(0, 19);
}

/** Column number of a reference such as `AB12`, from 0; undefined where it names none. */
export function columnOf(reference: string): number | undefined {
  let column = 0;
  let at = 0;
  for (; at < reference.length && at < 8; at += 1) {
    const code = reference.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return at === 0 ? undefined : column - 1;
}

/** A number as a workbook keeps it (`1.1000000000000001`), as people would write it. */
function plainNumber(value: string): string {
  if (/^-?\d{1,15}$/.test(value)) return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  const exact = Number(number.toPrecision(15));
  const text = String(exact);
  if (!text.includes('e')) return text;
  return exact.toFixed(Math.abs(exact) < 1 ? 20 : 0).replace(/\.?0+$/, '');
}

type Cell = { text: string; type: number };

function valueOf(kind: string, style: string | undefined, value: string, parts: WorkbookParts): Cell {
  switch (kind) {
    case 's':
      return { text: parts.shared[Number(value)] ?? '', type: TEXT };
    case 'b':
      return { text: value === '1' ? 'true' : value === '0' ? 'false' : '', type: TYPED };
    case 'd':
      return { text: value, type: TYPED };
    case 'inlineStr':
    case 'str':
    case 'e':
      return { text: unescapeCell(value), type: TEXT };
    default: {
      if (value === '') return { text: '', type: TEXT };
      const look = style === undefined ? 'plain' : (parts.styles[Number(style)] ?? 'plain');
      if (look === 'date') {
        const date = dateOfSerial(Number(value), parts.from1904);
        if (date !== undefined) return { text: date, type: TYPED };
      }
      if (look === 'percent' && Number.isFinite(Number(value)))
        return { text: `${plainNumber(String(Number(value) * 100))}%`, type: TYPED };
      return { text: plainNumber(value), type: TYPED };
    }
  }
}

function sheetSink(file: string, parts: WorkbookParts, table: TableBuilder, budget: Budget): XmlSink {
  let cells: string[] = [];
  let types = new Uint8Array(256);
  let width = 0;
  let line = 0;
  let column = -1;
  let kind = 'n';
  let style: string | undefined;
  let value = '';
  let collecting = false;
  let phonetic = 0;
  let inRow = false;

  const endCell = () => {
    const { text, type } = valueOf(
      kind,
      style,
      value.trim() === value || kind === 'inlineStr' || kind === 'str' ? value : value.trim(),
      parts,
    );
    if (text === '') return;
    if (column >= budget.limits.columns)
      throw tooMuch(
        `it uses more than ${budget.limits.columns} columns`,
        { file, line },
        'Keep only the columns that are needed and drop the file again.',
      );
    if (column >= types.length) {
      const wider = new Uint8Array(types.length * 4);
      wider.set(types);
      types = wider;
    }
    for (; width <= column; width += 1) {
      cells[width] = '';
      types[width] = TEXT;
    }
    cells[column] = text;
    types[column] = type;
  };

  return {
    open: (name, attributes) => {
      if (name === 'row') {
        const number = Number(attribute(attributes, 'r') ?? line + 1);
        line = Number.isInteger(number) && number > 0 ? number : line + 1;
        width = 0;
        column = -1;
        cells = [];
        inRow = true;
      } else if (name === 'c' && inRow) {
        column = columnOf(attribute(attributes, 'r') ?? '') ?? column + 1;
        kind = attribute(attributes, 't') ?? 'n';
        style = attribute(attributes, 's');
        value = '';
      } else if (name === 'v') collecting = kind !== 'inlineStr';
      else if (name === 't') collecting = kind === 'inlineStr';
      else if (name === 'rPh') phonetic += 1;
    },
    close: (name) => {
      if (name === 'v' || name === 't') collecting = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'c' && inRow) endCell();
      else if (name === 'row') {
        inRow = false;
        if (width > 0) table.row(cells, width, line, types);
        if ((line & 255) === 0) budget.time(file);
      }
    },
    text: (text) => {
      if (!collecting || phonetic > 0) return;
      value += text;
      if (value.length > budget.limits.cellLength)
        throw tooMuch(
          `a cell is longer than ${budget.limits.cellLength} characters`,
          { file, line },
          'Shorten or remove that cell and drop the file again.',
        );
    },
  };
}

/** Every sheet of a workbook that holds a table. Throws AppError `file` and `limit`; formulas are never worked out, their last result is read. */
export async function readWorkbook(file: string, bytes: Uint8Array<ArrayBuffer>, budget: Budget): Promise<readonly ReadSheet[]> {
  const entries = openZip(file, bytes, budget);
  const parts = await readWorkbookParts(file, entries, budget);
  const sheets: ReadSheet[] = [];
  for (const { name, hidden, path } of parts.sheets) {
    const entry = entries.get(path);
    if (entry === undefined) continue;
    const table = startTable({ file, sheet: name, hidden }, budget);
    await readXml(file, entry, sheetSink(`${file}, sheet ${name}`, parts, table, budget));
    const sheet = table.finish();
    if (sheet !== undefined) sheets.push(sheet);
  }
  return sheets;
}
