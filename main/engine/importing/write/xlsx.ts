import { AppError } from '#shared/errors/app-error.ts';
import type { ExportCell } from './export-columns.ts';
import { escaped, rowXml, SHEET_END, sheetHead, STYLES } from './sheet-xml.ts';
import { openZip, type OpenZip, type ZipPart } from './zip.ts';

export type SheetHead = {
  readonly name: string;
  readonly headings: readonly string[];
  /** Widths of the columns in characters. */
  readonly widths?: readonly number[];
};
export type WorkbookSheet = SheetHead & { readonly rows: Iterable<readonly ExportCell[]> };

/** A workbook that is written as its rows come. Calls follow one another: each is awaited before the next. */
export type OpenWorkbook = {
  readonly sheet: (head: SheetHead) => Promise<void>;
  /** Rows of the sheet that was begun last. Throws AppError `limit` for what no workbook holds. */
  readonly rows: (rows: readonly (readonly ExportCell[])[]) => Promise<void>;
  readonly close: () => Promise<Uint8Array<ArrayBuffer>>;
};

/** A sheet keeps at most so many rows, headings included. */
const MOST_ROWS = 1_048_576;
/** Beyond this CSV is the better choice: few programs open larger workbooks with pleasure. */
const MOST_CELLS = 20_000_000;
/** Rows handed on at a time by {@link writeWorkbook}. */
const ROWS = 500;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function tooLarge(): AppError {
  return new AppError('limit', 'This is too much for a workbook. Export it as CSV instead, or filter the list first.', {
    wayOut: 'Export as CSV.',
  });
}

/** Everything beside the sheets themselves. */
function partsAround(names: readonly string[]): readonly (readonly [name: string, xml: string])[] {
  const sheets = names.map((name, at) => ({ name: escaped(name), id: at + 1 }));
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const override = (part: string, type: string) => `<Override PartName="/xl/${part}" ContentType="${TYPES}.${type}+xml"/>`;
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook.xml', 'sheet.main')}${override('styles.xml', 'styles')}${sheets.map(({ id }) => override(`worksheets/sheet${id}.xml`, 'worksheet')).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name, id }) => `<sheet name="${name}" sheetId="${id}" r:id="rId${id}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map(({ id }) => relation(id, 'worksheet', `worksheets/sheet${id}.xml`)).join('')}${relation(sheets.length + 1, 'styles', 'styles.xml')}</Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
  ];
}

async function whole(zip: OpenZip, name: string, xml: string): Promise<void> {
  const part = zip.part(name);
  await Promise.all([part.write(new TextEncoder().encode(xml)), part.close()]);
}

/** Opens an XLSX workbook (ECMA-376). Values are never written as formulas. */
export function openWorkbook(): OpenWorkbook {
  const zip = openZip();
  const encoder = new TextEncoder();
  const names: string[] = [];
  let part: ZipPart | undefined;
  let lines = 0;
  let cells = 0;
  const endSheet = async (): Promise<void> => {
    if (part === undefined) return;
    await part.write(encoder.encode(SHEET_END));
    await part.close();
    part = undefined;
  };
  return {
    sheet: async ({ name, headings, widths }) => {
      await endSheet();
      names.push(name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31));
      part = zip.part(`xl/worksheets/sheet${names.length}.xml`);
      lines = 1;
      const wide = headings.map((heading, at) => widths?.[at] ?? Math.min(40, Math.max(10, heading.length + 2)));
      await part.write(encoder.encode(sheetHead(headings, wide)));
    },
    rows: async (rows) => {
      const first = lines + 1;
      lines += rows.length;
      cells += rows.reduce((sum, row) => sum + row.length, 0);
      if (lines > MOST_ROWS || cells > MOST_CELLS) throw tooLarge();
      await part?.write(encoder.encode(rows.map((row, at) => rowXml(row, first + at)).join('')));
    },
    close: async () => {
      await endSheet();
      for (const [name, xml] of partsAround(names)) await whole(zip, name, xml);
      return zip.close();
    },
  };
}

/** Tables as an XLSX workbook; `turn` gives other work its turn between rows. Throws what {@link openWorkbook} throws. */
export async function writeWorkbook(
  sheets: readonly WorkbookSheet[],
  turn: () => Promise<void> = () => Promise.resolve(),
): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = openWorkbook();
  for (const { rows, ...head } of sheets) {
    await workbook.sheet(head);
    let some: (readonly ExportCell[])[] = [];
    for (const row of rows) {
      some.push(row);
      if (some.length < ROWS) continue;
      await workbook.rows(some);
      some = [];
      await turn();
    }
    await workbook.rows(some);
  }
  return workbook.close();
}
