const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const LINK = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}']/g;

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** A paragraph with its links; everything else is text and nothing but text. */
function paragraph(text: string): string {
  let html = '';
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    const [link] = found;
    html += `${escaped(text.slice(at, found.index))}<a href="${escaped(link)}">${escaped(link)}</a>`;
    at = found.index + link.length;
  }
  return `<p>${(html + escaped(text.slice(at))).replaceAll('\n', '<br>\n')}</p>`;
}

/** A plain text as a small HTML page: paragraphs, line ends, links (TCH-05). Whatever was typed stays text. */
export function htmlOfText(text: string): string {
  const paragraphs = text
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const head = '<!doctype html>\n<html><head><meta charset="utf-8"></head><body>';
  return `${head}\n${paragraphs.map(paragraph).join('\n')}\n</body></html>\n`;
}
