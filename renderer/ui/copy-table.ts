/** A table as the clipboard takes it. */
export type CopiedTable = {
  readonly headings: readonly string[];
  readonly numeric: readonly boolean[];
  readonly rows: readonly (readonly string[])[];
};

/** Spreadsheets tell cells by tabs and lines: within a text they become spaces. */
const flat = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ');
/** A text that a spreadsheet would work out as a formula is marked as text, as in exported files. */
const plain = (text: string, numeric: boolean) =>
  !numeric && /^\s*[=+\-@]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** Lines of cells with tabs between them. */
export function tableText({ headings, numeric, rows }: CopiedTable): string {
  return [headings, ...rows].map((cells) => cells.map((cell, at) => plain(flat(cell), numeric[at] === true)).join('\t')).join('\r\n');
}

/** The same as a table for documents and mails. */
export function tableHtml({ headings, numeric, rows }: CopiedTable): string {
  const cell = (text: string, at: number) =>
    `<td${numeric[at] === true ? ' align="right"' : ''}>${escaped(plain(text, numeric[at] === true))}</td>`;
  const line = (cells: readonly string[]) => `<tr>${cells.map(cell).join('')}</tr>`;
  const head = `<tr>${headings.map((heading) => `<th>${escaped(heading)}</th>`).join('')}</tr>`;
  return `<table><thead>${head}</thead><tbody>${rows.map(line).join('')}</tbody></table>`;
}

/** Puts a text, and the same as HTML, on the clipboard; answers whether it is there. Needs a person's key or click just before. */
export function copyToClipboard(text: string, html?: string): boolean {
  const onCopy = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
    if (html !== undefined) event.clipboardData?.setData('text/html', html);
  };
  document.addEventListener('copy', onCopy, { capture: true });
  try {
    // the newer way asks for a permission, and we grant none to any page
    // oxlint-disable-next-line typescript/no-deprecated
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', onCopy, { capture: true });
  }
}
