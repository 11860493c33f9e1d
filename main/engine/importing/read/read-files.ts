import type { ReadSheet } from '#shared/domain/importing/cells.ts';
import { detectDelimiter, scanTable } from './csv-scan.ts';
import { decodeText } from './decode-text.ts';
import { LIMITS, startBudget, tooMuch, unreadable, type Limits } from './limits.ts';
import { startTable } from './table-builder.ts';
import { readWorkbook } from './workbook.ts';

export type DroppedFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
const OLE = [0xd0, 0xcf, 0x11, 0xe0] as const;
const ZIP = [0x50, 0x4b] as const;
const asXlsx = 'Save it as XLSX or CSV and drop that file.';

/** Formats that people drop by mistake, told by their first bytes. */
const FOREIGN: readonly (readonly [start: readonly number[], what: string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  [[0x47, 0x49, 0x46, 0x38], 'a picture'],
  [[0x1f, 0x8b], 'a packed file'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a packed file'],
  [[0x52, 0x61, 0x72, 0x21], 'a packed file'],
  [[0x53, 0x51, 0x4c, 0x69], 'a database'],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'a text document'],
];

/** Excel before 2007, or a workbook sealed with a password: both are OLE files; only the latter names its package. */
function refuseOle(file: string, bytes: Uint8Array): never {
  const head = new TextDecoder('utf-16le').decode(bytes.subarray(0, Math.min(bytes.length & ~1, 1 << 20)));
  if (head.includes('EncryptedPackage'))
    throw unreadable('it is protected with a password', { file }, 'Remove the password in Excel and drop the file again.');
  throw unreadable('it is in the format of Excel 97 to 2003 (XLS)', { file }, asXlsx);
}

function refuseMarkup(file: string, text: string): void {
  const start = text.slice(0, 300).trimStart().toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html') || start.startsWith('<table') || start.startsWith('<?xml'))
    throw unreadable('it is a web page or XML, whatever its name says', { file }, `Open it in Excel or LibreOffice. ${asXlsx}`);
}

async function readFile({ name, bytes }: DroppedFile, budget: ReturnType<typeof startBudget>): Promise<readonly ReadSheet[]> {
  if (bytes.length > budget.limits.fileBytes)
    throw tooMuch(`it is larger than ${budget.limits.fileBytes / 1024 / 1024} MB`, { file: name }, 'Split it and drop the parts.');
  if (startsWith(bytes, OLE)) refuseOle(name, bytes);
  const foreign = FOREIGN.find(([start]) => startsWith(bytes, start));
  if (foreign !== undefined) throw unreadable(`it is ${foreign[1]}`, { file: name }, 'Drop a CSV or XLSX file.');
  if (startsWith(bytes, ZIP)) return readWorkbook(name, bytes, budget);
  if (/\.xls[xm]$/i.test(name)) {
    const reason = bytes.length === 0 ? 'it is empty' : 'it is no workbook, whatever its name says';
    throw unreadable(reason, { file: name }, 'Save the workbook again as XLSX and drop the new file.');
  }
  const { text, encoding, bom } = decodeText(name, bytes);
  refuseMarkup(name, text);
  const { delimiter, from } = detectDelimiter(text);
  const table = startTable({ file: name, hidden: false }, budget);
  scanTable(from === 0 ? text : text.slice(from), delimiter, name, table, budget);
  const sheet = table.finish();
  return sheet === undefined ? [] : [{ ...sheet, encoding: bom ? `${encoding} with mark` : encoding, delimiter }];
}

/**
 * Reads dropped files as one set of tables: CSV with any separator and encoding, and every sheet of XLSX workbooks.
 * Throws AppError `file` (not a table, damaged, protected) and `limit`, naming the file, the place and the way out.
 */
export async function readFiles(
  files: readonly DroppedFile[],
  options: { readonly now: () => number; readonly limits?: Limits; readonly done?: (files: number) => void },
): Promise<readonly ReadSheet[]> {
  const budget = startBudget(options.now, options.limits ?? LIMITS);
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > budget.limits.setBytes)
    throw tooMuch(
      `together they are larger than ${budget.limits.setBytes / 1024 / 1024} MB`,
      { file: 'The files' },
      'Bring them in one after another.',
    );
  const sheets: ReadSheet[] = [];
  for (const [index, file] of files.entries()) {
    sheets.push(...(await readFile(file, budget)));
    options.done?.(index + 1);
  }
  if (sheets.length === 0)
    throw unreadable(
      'no table was found in it',
      { file: files.map(({ name }) => name).join(', ') },
      'The first row has to hold the headings.',
    );
  return sheets;
}
