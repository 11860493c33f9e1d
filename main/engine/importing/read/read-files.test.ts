import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { cellAt, type ReadSheet } from '#shared/domain/importing/cells.ts';
import readXlsxFile from 'read-excel-file/universal';
import { sharedPath } from '../../../../test/support/shared-data.ts';
import { LIMITS, type Limits } from './limits.ts';
import { readFiles } from './read-files.ts';
import { dateOfSerial } from './workbook.ts';
import { styleOfFormat } from './workbook-parts.ts';
import { packZip, workbookOf } from '../../../../test/support/make-workbook.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const now = () => performance.now();
const read = (name: string, bytes: Uint8Array<ArrayBuffer>, limits: Partial<Limits> = {}) =>
  readFiles([{ name, bytes }], { now, limits: { ...LIMITS, ...limits } });

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error(`expected a refusal, got ${String(thrown)}`);
  return thrown;
}

function grid(sheet: ReadSheet | undefined): string[][] {
  if (sheet === undefined) return [];
  const rows = Array.from(sheet.lines, (_, row) => sheet.columns.map(({ cells }) => cellAt(cells, row)));
  return [[...sheet.headings], ...rows];
}

describe('ONB-04 tables in files', () => {
  test('padding and titles above the headings are skipped', async () => {
    const [sheet] = await read('x.csv', bytesOf('Report of May\n\n\nid,name,amount\n1,A,2.5\n2,B,3.5\n'));
    expect(sheet?.headings).toEqual(['id', 'name', 'amount']);
    expect([...(sheet?.lines ?? [])]).toEqual([5, 6]);
  });

  test('headings are made unique, never empty, and __proto__ is one like any other', async () => {
    const [sheet] = await read('x.csv', bytesOf('name,,name,__proto__,constructor\na,b,c,d,e\n'));
    expect(sheet?.headings).toEqual(['name', 'Column 2', 'name (2)', '__proto__', 'constructor']);
    expect(grid(sheet)[1]).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(({} as Record<string, unknown>)['d']).toBeUndefined();
  });

  test('ragged rows are reported at their row, empty lines are not rows', async () => {
    const [sheet] = await read('x.csv', bytesOf('a,b,c\n1,2\n\n1,2,3,4\n1,2,3,,\n'));
    expect(sheet?.faults.map(({ row, severity }) => [row, severity])).toEqual([
      [0, 'warning'],
      [1, 'error'],
    ]);
    expect([...(sheet?.lines ?? [])]).toEqual([2, 4, 5]);
  });

  test('a column of many different texts keeps every one of them', async () => {
    const rows = Array.from({ length: 70_000 }, (_, index) => `id-${index},${index % 7}`);
    const [sheet] = await read('x.csv', bytesOf(`id,group\n${rows.join('\n')}`));
    expect(sheet?.columns[0]?.cells.kind).toBe('plain');
    expect(sheet?.columns[1]?.cells.kind).toBe('coded');
    expect(
      grid(sheet)
        .slice(1)
        .map((row) => row.join(',')),
    ).toEqual(rows);
  });

  test('formulas in a CSV file stay text', async () => {
    const [sheet] = await read('x.csv', bytesOf('a,b\n=1+1,@SUM(A1)\n'));
    expect(grid(sheet)[1]).toEqual(['=1+1', '@SUM(A1)']);
  });
});

describe('ONB-04 hostile files are refused by name, reason and way out', () => {
  const zipOf = (parts: Readonly<Record<string, string>>) =>
    packZip(Object.entries(parts).map(([name, text]) => ({ name, bytes: bytesOf(text) })));
  test.each<[string, string, Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>, AppError['code'], RegExp]>([
    ['a legacy workbook', 'old.xls', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0, 0]), 'file', /Excel 97/],
    ['a picture', 'x.csv', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d]), 'file', /picture/],
    ['binary', 'x.csv', Uint8Array.from({ length: 400 }, (_, index) => index % 9), 'file', /no text/],
    ['an empty file', 'x.csv', new Uint8Array(), 'file', /no table/],
    ['a workbook that is none', 'x.xlsx', bytesOf('a,b\n1,2'), 'file', /no workbook/],
    ['a web page named like a workbook', 'x.xls', bytesOf('<html><table>'), 'file', /web page/],
    ['a truncated workbook', 'x.xlsx', workbookOf([['a'], ['1']]).then((bytes) => bytes.slice(0, bytes.length - 40)), 'file', /cut off/],
    ['an archive of something else', 'x.xlsx', zipOf({ 'readme.txt': 'hello' }), 'file', /no workbook/],
    ['an OpenDocument file', 'x.xlsx', zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }), 'file', /OpenDocument/],
    [
      'an entity bomb',
      'x.xlsx',
      zipOf({ 'xl/workbook.xml': '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><workbook>&lol2;</workbook>' }),
      'file',
      /document type or entities/,
    ],
    [
      'an entity fetched from elsewhere',
      'x.xlsx',
      zipOf({ 'xl/workbook.xml': '<!DOCTYPE a SYSTEM "file:///etc/passwd"><workbook/>' }),
      'file',
      /document type or entities/,
    ],
    [
      'a part that occurs twice',
      'x.xlsx',
      packZip([
        { name: 'xl/workbook.xml', bytes: bytesOf('<workbook/>') },
        { name: 'XL/workbook.xml', bytes: bytesOf('<workbook/>') },
      ]),
      'file',
      /two parts/,
    ],
  ])('%s', async (_, name, bytes, code, message) => {
    const error = await refusal(read(name, await bytes));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.details.file).toContain(name);
    expect(error.details.wayOut).toBeTruthy();
  });

  test('a zip bomb is stopped long before it is unpacked', async () => {
    const sheet = `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(4_000_000)}</sheetData></worksheet>`;
    const bomb = await workbookOf([], { sheet });
    expect(bomb.length).toBeLessThan(1_000_000);
    const error = await refusal(read('bomb.xlsx', bomb));
    expect(error.code).toBe('limit');
    expect(error.message).toMatch(/bomb\.xlsx .*unpacks to more than 200 times/);
  });

  test('a part that lies about its size is refused', async () => {
    const bytes = await workbookOf([['a'], ['1']], { lie: 10 });
    expect((await refusal(read('x.xlsx', bytes))).message).toMatch(/larger than it says|shorter than it says/);
  });

  test('overlapping parts are refused', async () => {
    const bytes = await workbookOf([['a'], ['1']], { overlap: true });
    expect((await refusal(read('x.xlsx', bytes))).message).toMatch(/overlap/);
  });

  test.each<[string, string, Partial<Limits>, RegExp, object]>([
    ['rows', 'a\n1\n2\n3\n4\n', { rows: 3 }, /more than 3 rows/, { line: 4 }],
    ['columns', `${'a,'.repeat(50)}b\n1\n`, { columns: 20 }, /more than 20 columns/, { line: 1 }],
    ['cells', 'a,b,c\n1,2,3\n4,5,6\n', { cells: 7 }, /more than 7 cells/, { line: 3 }],
    ['the length of a cell', 'a\nxxxxxxxxxx\n', { cellLength: 5 }, /longer than 5 characters/, { line: 2 }],
    ['size', 'a\n1\n', { fileBytes: 2 }, /larger than/, {}],
    ['time', `a\n${'1\n'.repeat(3000)}`, { milliseconds: -1 }, /took longer/, {}],
  ])('beyond the limit of %s', async (_, text, limits, message, details) => {
    const error = await refusal(read('big.csv', bytesOf(text), limits));
    expect(error.code).toBe('limit');
    expect(error.message).toMatch(message);
    expect(error.details).toMatchObject({ file: 'big.csv', ...details });
  });

  test('a million columns are refused, in CSV and XLSX', async () => {
    expect((await refusal(read('wide.csv', bytesOf(`${'a,'.repeat(1_000_000)}a\n`)))).message).toMatch(/more than 1000 columns/);
    const far = await workbookOf([], { sheet: '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>' });
    expect((await refusal(read('wide.xlsx', far))).message).toMatch(/more than 1000 columns/);
  });

  test('a cell a million rows down costs nothing', async () => {
    const far = await workbookOf([], {
      sheet:
        '<worksheet><sheetData><row r="1"><c t="str"><v>h</v></c></row><row r="1048576"><c r="A1048576"><v>7</v></c></row></sheetData></worksheet>',
    });
    const [sheet] = await read('far.xlsx', far);
    expect(sheet?.lines).toEqual(Uint32Array.of(1_048_576));
  });
});

test.each([
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [61, false, '1900-03-01'],
  [45_292, false, '2024-01-01'],
  [45_292.75, false, '2024-01-01T18:00:00'],
  [45_292.999_999, false, '2024-01-02'],
  [42_735, true, '2021-01-01'],
  [0, true, '1904-01-01'],
  [-1, false, undefined],
  [3_000_000, false, undefined],
])('ONB-05 day number %d (from 1904: %s) is %s', (serial, from1904, date) => {
  expect(dateOfSerial(serial, from1904)).toBe(date);
});

test.each([
  ['yyyy-mm-dd', 'date'],
  ['[$-411]ggge"年"m"月"d"日";@', 'date'],
  ['m/d/yy h:mm', 'date'],
  ['mm:ss.0', 'date'],
  ['[hh]:mm:ss', 'plain'],
  ['General', 'plain'],
  ['#,##0.00 "days"', 'plain'],
  ['[Red]0.00', 'plain'],
  ['0.0%', 'percent'],
  [String.raw`#,##0.00\ [$€-407]`, 'plain'],
])('ONB-05 number format %s shows a %s', (code, style) => {
  expect(styleOfFormat(code)).toBe(style);
});

const corpus = sharedPath('data', 'xlsx');

describe.runIf(corpus !== undefined)('ONB-04 the workbooks of other projects', () => {
  const folders = ['calamine', 'exceljs'];
  const files =
    corpus === undefined ? [] : folders.flatMap((folder) => readdirSync(join(corpus, folder)).map((name) => join(corpus, folder, name)));

  test.each(files.map((path) => [path.slice((corpus ?? '').length + 1), path]))('%s is read or refused cleanly', async (name, path) => {
    const bytes = new Uint8Array(readFileSync(path));
    const sheets = await read(name, bytes).catch((error: unknown) => {
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).code).toMatch(/^(file|limit)$/); // checked in the line above
      return undefined;
    });
    if (sheets === undefined || !name.endsWith('.xlsx')) return;
    const others = await readXlsxFile(bytes.buffer, { trim: false }).catch(() => undefined);
    for (const sheet of sheets) {
      const other = others?.find((one) => one.sheet === sheet.sheet);
      if (other !== undefined) expect(sameTexts(sheet, other.data), `${sheet.sheet}`).toEqual([]);
    }
  });
});

const hostile = sharedPath('data', 'csv_hostile');

describe.runIf(hostile !== undefined)('ONB-04 the awkward files of other projects', () => {
  const folder = hostile ?? '';
  const files =
    hostile === undefined
      ? []
      : readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(csv|txt|json)$/.test(name));
  test.each(files)('%s is read or refused cleanly', async (name) => {
    const sheets = await read(name, new Uint8Array(readFileSync(join(folder, name)))).catch((error: unknown) => {
      expect(error).toBeInstanceOf(AppError);
      return [];
    });
    for (const sheet of sheets) expect(sheet.columns.every(({ cells }) => typeof cellAt(cells, 0) === 'string')).toBe(true);
  });
});

/** Texts and numbers that another reader sees below our headings and we do not (it takes 1904 workbooks and durations for other days). */
function sameTexts(sheet: ReadSheet, data: readonly (readonly unknown[])[]): string[] {
  const rows = new Map(Array.from(sheet.lines, (line, row) => [line, row]));
  return data.flatMap((values, index) => {
    const row = rows.get(index + 1);
    if (row === undefined) return [];
    return values.slice(0, sheet.headings.length).flatMap((value, column) => {
      const cells = sheet.columns[column]?.cells;
      const ours = cells === undefined ? '' : cellAt(cells, row);
      if (typeof value === 'string') return value === ours ? [] : [`${value} is not ${ours}`];
      if (typeof value !== 'number') return [];
      const number = ours.endsWith('%') ? Number.parseFloat(ours) / 100 : Number(ours);
      const isDay = ours.includes('-') && !Number.isFinite(number);
      return isDay || Math.abs(number - value) <= Math.abs(value) * 1e-12 ? [] : [`${value} is not ${ours}`];
    });
  });
}
