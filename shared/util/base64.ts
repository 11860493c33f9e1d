const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A text's octets in UTF-8; halves of letters become the sign for a broken one. */
export function utf8Of(text: string): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(text.length);
  let at = 0;
  for (; at < text.length && text.charCodeAt(at) < 0x80; at += 1) plain[at] = text.charCodeAt(at);
  if (at === text.length) return plain;
  const octets: number[] = [];
  for (const letter of text.toWellFormed()) {
    const code = letter.codePointAt(0) ?? 0;
    const more = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x80) octets.push(code);
    else if (code < 0x8_00) octets.push(0xc0 | (code >> 6), more(0));
    else if (code < 0x1_00_00) octets.push(0xe0 | (code >> 12), more(6), more(0));
    else octets.push(0xf0 | (code >> 18), more(12), more(6), more(0));
  }
  return Uint8Array.from(octets);
}

/** Base64 with padding (RFC 4648). `lineLength`: a line ends (CR LF) after so many letters, a multiple of four. */
export function base64Of(bytes: Uint8Array, lineLength = Infinity): string {
  const lines: string[] = [];
  let line = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const left = bytes.length - at;
    line += `${LETTERS[a >> 2] ?? ''}${LETTERS[((a & 3) << 4) | (b >> 4)] ?? ''}`;
    line += `${left > 1 ? (LETTERS[((b & 15) << 2) | (c >> 6)] ?? '') : '='}${left > 2 ? (LETTERS[c & 63] ?? '') : '='}`;
    if (line.length < lineLength) continue;
    lines.push(line);
    line = '';
  }
  return [...lines, ...(line === '' ? [] : [line])].join('\r\n');
}
