import type { ExportCell } from './export-columns.ts';

/** Styles by their place in {@link STYLES}. */
const BOLD = 1;
const DAY = 2;
/** A workbook keeps at most so many characters in a cell. */
const MOST_CHARACTERS = 32_767;

// oxlint-disable-next-line no-control-regex -- these are the characters that XML cannot hold
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** What a workbook would take for an escaped character. */
const LIKE_AN_ESCAPE = /_(?=x[\dA-Fa-f]{4}_)/g;
const IN_XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

/** Text as it stands in the XML of a workbook. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (character) => IN_XML[character] ?? character);
}

function textCell(text: string, place: string): string {
  const clean = text.toWellFormed().replaceAll(NOT_IN_XML, ' ').slice(0, MOST_CHARACTERS).toWellFormed();
  return `<c${place} t="inlineStr"><is><t xml:space="preserve">${escaped(clean.replaceAll(LIKE_AN_ESCAPE, '_x005F_'))}</t></is></c>`;
}

/** Days from 1899-12-30, as workbooks count them; undefined before 1901, where programs do not count alike. */
function dayNumber(day: string): number | undefined {
  const time = Date.parse(day);
  return Number.isNaN(time) || day < '1901' ? undefined : Math.round(time / 86_400_000) + 25_569;
}

function cellXml(cell: ExportCell, place: string): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c${place}><v>${cell}</v></c>` : '';
  if (typeof cell === 'boolean') return `<c${place} t="b"><v>${cell ? 1 : 0}</v></c>`;
  // a text cell is never worked out as a formula, whatever it begins with
  if (typeof cell === 'string') return textCell(cell, place);
  const day = dayNumber(cell.day);
  return day === undefined ? textCell(cell.day, place) : `<c${place} s="${DAY}"><v>${day}</v></c>`;
}

const names: string[] = [];

/** The name of a column from 0: A, B … Z, AA. */
function columnName(column: number): string {
  return (names[column] ??= `${column < 26 ? '' : columnName(Math.floor(column / 26) - 1)}${String.fromCharCode(65 + (column % 26))}`);
}

/** A row of values; `line` counts from 1. Programs that want to know where a cell stands are told. */
export function rowXml(cells: readonly ExportCell[], line: number): string {
  return `<row r="${line}">${cells.map((cell, column) => cellXml(cell, ` r="${columnName(column)}${line}"`)).join('')}</row>`;
}

/** What stands before the rows: the first row stays in sight, columns have their widths, headings are bold. */
export function sheetHead(headings: readonly string[], widths: readonly number[]): string {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('');
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    columns === '' ? '' : `<cols>${columns}</cols>`,
    `<sheetData><row r="1">${headings.map((heading, column) => textCell(heading, ` r="${columnName(column)}1" s="${BOLD}"`)).join('')}</row>`,
  ].join('');
}

export const SHEET_END = '</sheetData></worksheet>';

/** Plain, bold, and a day. */
export const STYLES = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>',
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('');
