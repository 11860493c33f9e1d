import { utf8Of } from '../../util/base64.ts';

const LONGEST = 76;

/** A text in UTF-8 as quoted-printable (RFC 2045, 6.7): line ends as CR LF, no line over 76 letters, no blank at the end of one. */
export function quotedPrintable(text: string): string {
  return text
    .replaceAll(/\r\n|\r|\n/g, '\n')
    .split('\n')
    .map(softLines)
    .join('\r\n');
}

function softLines(line: string): string {
  const octets = utf8Of(line);
  const parts: string[] = [];
  let part = '';
  for (const [at, octet] of octets.entries()) {
    const isBlank = octet === 0x20 || octet === 0x09;
    const stands = isBlank ? at < octets.length - 1 : octet > 0x20 && octet < 0x7f && octet !== 0x3d;
    const written = stands ? String.fromCharCode(octet) : `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;
    // the sign that the line goes on takes one letter itself
    if (part.length + written.length > LONGEST - 1) {
      parts.push(`${part}=`);
      part = '';
    }
    part += written;
  }
  return [...parts, part].join('\r\n');
}
