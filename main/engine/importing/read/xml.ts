import { unreadable } from './limits.ts';

export type XmlSink = {
  /** Name without its prefix; attributes as written in the tag, to be asked with {@link attribute}. */
  readonly open: (name: string, attributes: string) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
};

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
/** A tag or comment longer than this is not from a workbook. */
const LONGEST_TAG = 1024 * 1024;

/** Text with its character references resolved; only the five that XML itself knows, others stay as they are. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? whole;
    const point = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** The value of an attribute (prefix ignored where the plain name is absent), or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let from = 0; ;) {
    const at = attributes.indexOf(name, from);
    if (at < 0) return undefined;
    from = at + name.length;
    const before = at === 0 ? 32 : attributes.charCodeAt(at - 1);
    if (before !== 32 && before !== 58 && before !== 9 && before !== 10 && before !== 13) continue;
    let equals = from;
    while (attributes.charCodeAt(equals) <= 32) equals += 1;
    if (attributes.charCodeAt(equals) !== 61) continue;
    let open = equals + 1;
    while (attributes.charCodeAt(open) <= 32) open += 1;
    const quote = attributes[open];
    if (quote !== '"' && quote !== "'") continue;
    const close = attributes.indexOf(quote, open + 1);
    return close < 0 ? undefined : unescapeXml(attributes.slice(open + 1, close));
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/**
 * Reads XML as it arrives, in pieces of any size. Document types and entities are refused (entity bombs, files fetched from
 * elsewhere), comments and instructions are skipped. Throws AppError `file`.
 */
export function startXml(file: string, part: string, sink: XmlSink): { readonly push: (piece: string) => void; readonly end: () => void } {
  const bad = (reason: string) =>
    unreadable(`its part ${part} ${reason}`, { file }, 'Save the workbook again as XLSX and drop the new file.');
  let rest = '';

  const markup = (text: string, at: number): number => {
    // answers the position after the markup that starts at `at`, or -1 where it is not complete
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      return end < 0 ? -1 : end + 3;
    }
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at + 9);
      if (end < 0) return -1;
      sink.text(text.slice(at + 9, end));
      return end + 3;
    }
    if (text.startsWith('<?', at)) {
      const end = text.indexOf('?>', at + 2);
      return end < 0 ? -1 : end + 2;
    }
    if (text.startsWith('<!', at)) {
      if (text.length - at < 9) return -1;
      throw bad('declares a document type or entities, which workbooks do not');
    }
    let end = text.indexOf('>', at);
    if (end < 0) return -1;
    const quote = text.indexOf('"', at);
    if (quote >= 0 && quote < end) {
      // a `>` inside an attribute does not end the tag
      let inside = '';
      for (end = at + 1; end < text.length; end += 1) {
        const char = text[end] ?? '';
        if (inside === '') {
          if (char === '>') break;
          if (char === '"' || char === "'") inside = char;
        } else if (char === inside) inside = '';
      }
      if (end >= text.length) return -1;
    }
    if (text.charCodeAt(at + 1) === 47) {
      sink.close(localName(text.slice(at + 2, end).trimEnd()));
      return end + 1;
    }
    const empty = text.charCodeAt(end - 1) === 47;
    const body = text.slice(at + 1, empty ? end - 1 : end);
    let nameEnd = 0;
    while (nameEnd < body.length && body.charCodeAt(nameEnd) > 32) nameEnd += 1;
    const name = localName(body.slice(0, nameEnd));
    if (name === '') throw bad('is damaged');
    sink.open(name, body.slice(nameEnd));
    if (empty) sink.close(name);
    return end + 1;
  };

  return {
    push: (piece) => {
      const text = rest === '' ? piece : rest + piece;
      let at = 0;
      while (at < text.length) {
        const open = text.indexOf('<', at);
        if (open < 0) break;
        if (open > at) sink.text(unescapeXml(text.slice(at, open)));
        at = open;
        const after = markup(text, open);
        if (after < 0) break;
        at = after;
      }
      rest = text.slice(at);
      if (rest.length > LONGEST_TAG) throw bad('is damaged');
    },
    end: () => {
      if (rest.trim() !== '') throw bad('is cut off');
    },
  };
}
