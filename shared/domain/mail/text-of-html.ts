/** An HTML mail is looked at so far; what comes behind is hardly written by a person. */
const LONGEST = 2_000_000;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  euro: '€',
};
const HIDDEN: ReadonlySet<string> = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'svg',
  'math',
  'iframe',
  'object',
]);
const BREAKS: ReadonlySet<string> = new Set([
  'p',
  'div',
  'br',
  'tr',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'ul',
  'ol',
  'blockquote',
  'hr',
]);
const HIGHEST = 0x10_ff_ff;

function letterOf(entity: string): string {
  const name = entity.slice(1, -1);
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? entity;
  const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return Number.isInteger(code) && code > 0 && code <= HIGHEST && (code < 0xd8_00 || code > 0xdf_ff) ? String.fromCodePoint(code) : '';
}

/**
 * The text of an HTML mail, and nothing else of it: no element, no address of a picture, no script. It is only ever shown as text, so what
 * slips through does nothing. Each letter is looked at once.
 */
export function textOfHtml(html: string): string {
  const source = html.slice(0, LONGEST);
  const parts: string[] = [];
  for (let at = 0; at < source.length;) {
    const open = source.indexOf('<', at);
    const text = source.slice(at, open < 0 ? source.length : open);
    parts.push(text.replaceAll(/\s+/g, ' ').replaceAll(/&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});/g, letterOf));
    if (open < 0) break;
    if (source.startsWith('<!--', open)) {
      const end = source.indexOf('-->', open + 4);
      at = end < 0 ? source.length : end + 3;
      continue;
    }
    const close = source.indexOf('>', open);
    if (close < 0) break;
    const name = /^<\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(source.slice(open, open + 24))?.[1]?.toLowerCase();
    at = close + 1;
    if (name === undefined) continue;
    if (BREAKS.has(name)) parts.push('\n');
    if (name === 'td' || name === 'th') parts.push(' ');
    if (HIDDEN.has(name) && source[open + 1] !== '/' && source[close - 1] !== '/') at = behind(source, name, at);
  }
  return parts
    .join('')
    .split('\n')
    .map((line) => line.replaceAll(/[ \t]+/g, ' ').trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Behind the end of an element that nobody reads; what is never closed hides the rest. */
function behind(source: string, name: string, from: number): number {
  for (let at = source.indexOf('</', from); at >= 0; at = source.indexOf('</', at + 2)) {
    if (source.slice(at + 2, at + 2 + name.length).toLowerCase() !== name) continue;
    const end = source.indexOf('>', at);
    return end < 0 ? source.length : end + 1;
  }
  return source.length;
}
