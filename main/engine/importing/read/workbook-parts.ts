import { tooMuch, unreadable, type Budget } from './limits.ts';
import { attribute, startXml, type XmlSink } from './xml.ts';
import type { ZipEntry } from './zip.ts';

/** How the numbers of a cell style are meant. */
export type CellStyle = 'plain' | 'date' | 'percent';
export type SheetPart = { readonly name: string; readonly hidden: boolean; readonly path: string };
export type WorkbookParts = {
  readonly sheets: readonly SheetPart[];
  /** Days are counted from 1904 (old Mac workbooks). */
  readonly from1904: boolean;
  readonly shared: readonly string[];
  readonly styles: readonly CellStyle[];
};

/** Hands the elements of one part to the sink as they are unpacked. */
export async function readXml(file: string, part: ZipEntry, sink: XmlSink): Promise<void> {
  const xml = startXml(file, part.name, sink);
  const decoder = { current: undefined as TextDecoder | undefined };
  await part.read((bytes) => {
    decoder.current ??= new TextDecoder(
      bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8',
    );
    xml.push(decoder.current.decode(bytes, { stream: true }));
  });
  xml.push(decoder.current?.decode() ?? '');
  xml.end();
}

const nothing = () => undefined;

function resolvePath(base: string, target: string): string {
  const clean = target.replaceAll('\\', '/').toLowerCase();
  if (clean.startsWith('/')) return clean.slice(1);
  const parts = base.split('/').slice(0, -1);
  for (const part of clean.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function relsOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return `${path.slice(0, slash + 1)}_rels/${path.slice(slash + 1)}.rels`;
}

type Relation = { readonly id: string; readonly type: string; readonly path: string };

async function relations(file: string, entries: ReadonlyMap<string, ZipEntry>, of: string): Promise<readonly Relation[]> {
  const part = entries.get(relsOf(of));
  if (part === undefined) return [];
  const found: Relation[] = [];
  await readXml(file, part, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      found.push({
        id: attribute(attributes, 'Id') ?? '',
        type: (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
        path: resolvePath(of, attribute(attributes, 'Target') ?? ''),
      });
    },
    close: nothing,
    text: nothing,
  });
  return found;
}

/** Text as workbooks escape control characters in it: `_x000D_`. */
export function unescapeCell(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

async function sharedStrings(file: string, part: ZipEntry, budget: Budget): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = 0;
  await readXml(file, part, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') phonetic += 1;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') {
        if (strings.length >= budget.limits.sharedStrings)
          throw tooMuch(`it holds more than ${budget.limits.sharedStrings} texts`, { file }, 'Split the workbook and drop the parts.');
        strings.push(unescapeCell(text));
      }
    },
    text: (piece) => {
      if (inText && phonetic === 0) text += piece;
    },
  });
  return strings;
}

const BUILT_IN_DATES = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;

/** Whether a number format shows a date, a percentage, or neither; a duration (`[hh]:mm`) is a number of days. */
export function styleOfFormat(code: string): CellStyle {
  const bare = code
    .replaceAll(/\\.|_.|\*.|"[^"]*"/g, '')
    .split(';', 1)[0]
    ?.replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (bare === undefined || /^general$|\[/i.test(bare)) return 'plain';
  if (/[ymdhs]/i.test(bare) && !/[#0?]/.test(bare.replaceAll(/s+\.0+|\.0+/gi, ''))) return 'date';
  return bare.includes('%') ? 'percent' : 'plain';
}

function styleOfId(id: number, own: ReadonlyMap<number, string>): CellStyle {
  const code = own.get(id);
  if (code !== undefined) return styleOfFormat(code);
  if (BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to)) return 'date';
  return id === 9 || id === 10 ? 'percent' : 'plain';
}

async function cellStyles(file: string, part: ZipEntry): Promise<readonly CellStyle[]> {
  const own = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  await readXml(file, part, {
    open: (name, attributes) => {
      if (name === 'numFmt') own.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) ids.push(Number(attribute(attributes, 'numFmtId') ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
    text: nothing,
  });
  return ids.map((id) => styleOfId(id, own));
}

/** What is needed before the sheets can be read. Throws AppError `file` for packed files that are no workbook. */
export async function readWorkbookParts(file: string, entries: ReadonlyMap<string, ZipEntry>, budget: Budget): Promise<WorkbookParts> {
  if (entries.has('xl/workbook.bin')) throw unreadable('it is a binary workbook (XLSB)', { file }, 'Save it as XLSX and drop that file.');
  if (entries.has('content.xml') || entries.has('mimetype'))
    throw unreadable('it is an OpenDocument file', { file }, 'Save it as XLSX or CSV and drop that file.');
  const office = await relations(file, entries, '');
  const path = office.find(({ type }) => type === 'officeDocument')?.path ?? 'xl/workbook.xml';
  const book = entries.get(path);
  if (book === undefined) throw unreadable('it is no workbook', { file }, 'Drop a CSV or XLSX file; unpack archives first.');

  const found: { name: string; hidden: boolean; relation: string }[] = [];
  let from1904 = false;
  await readXml(file, book, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true|on)$/i.test(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const state = attribute(attributes, 'state') ?? 'visible';
      found.push({
        name: attribute(attributes, 'name') ?? `Sheet ${found.length + 1}`,
        hidden: state !== 'visible',
        relation: attribute(attributes, 'r:id') ?? attribute(attributes, 'id') ?? '',
      });
    },
    close: nothing,
    text: nothing,
  });
  if (found.length > budget.limits.sheets)
    throw tooMuch(`it has more than ${budget.limits.sheets} sheets`, { file }, 'Keep the sheets that are needed and drop it again.');

  const links = await relations(file, entries, path);
  const sheets = found.flatMap(({ name, hidden, relation }, index) => {
    const link = links.find(({ id }) => id === relation);
    // chart sheets and macro sheets hold no table
    if (link !== undefined && link.type !== 'worksheet') return [];
    const at = link?.path ?? resolvePath(path, `worksheets/sheet${index + 1}.xml`);
    return entries.has(at) ? [{ name, hidden, path: at }] : [];
  });
  const linked = (type: string, usual: string) =>
    entries.get(links.find((link) => link.type === type)?.path ?? '') ?? entries.get(resolvePath(path, usual));
  const texts = linked('sharedStrings', 'sharedStrings.xml');
  const looks = linked('styles', 'styles.xml');
  return {
    sheets,
    from1904,
    shared: texts === undefined ? [] : await sharedStrings(file, texts, budget),
    styles: looks === undefined ? [] : await cellStyles(file, looks),
  };
}
