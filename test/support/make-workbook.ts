// Makes small workbooks, sound and broken ones, for tests of reading.
type Part = { readonly name: string; readonly bytes: Uint8Array };

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** An archive of the parts; `lie` is added to the sizes it announces, `overlap` lets every part begin where the first does. */
export async function packZip(parts: readonly Part[], faults: { lie?: number; overlap?: boolean } = {}): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes } of parts) {
    const packed = await deflate(bytes);
    const title = new TextEncoder().encode(name);
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    local.setUint16(8, 8, true);
    local.setUint16(26, title.length, true);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(0, 0x02014b50, true);
    entry.setUint16(10, 8, true);
    entry.setUint32(20, packed.length, true);
    entry.setUint32(24, bytes.length + (faults.lie ?? 0), true);
    entry.setUint16(28, title.length, true);
    entry.setUint32(42, faults.overlap === true ? 0 : at, true);
    chunks.push(new Uint8Array(local.buffer), title, packed);
    central.push(new Uint8Array(entry.buffer), title);
    at += 30 + title.length + packed.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, parts.length, true);
  end.setUint16(10, parts.length, true);
  end.setUint32(16, at, true);
  const all = await new Blob([...chunks, ...central, new Uint8Array(end.buffer)].map((chunk) => new Uint8Array(chunk))).arrayBuffer();
  return new Uint8Array(all);
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A small workbook of texts, or with the given XML as its sheet. */
export function workbookOf(
  rows: readonly (readonly string[])[],
  options: { sheet?: string; lie?: number; overlap?: boolean } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const cells = rows
    .map((row) => `<row>${row.map((text) => `<c t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`).join('')}</row>`)
    .join('');
  const parts = {
    '_rels/.rels': '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': '<workbook><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': options.sheet ?? `<worksheet><sheetData>${cells}</sheetData></worksheet>`,
  };
  return packZip(
    Object.entries(parts).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })),
    options,
  );
}
