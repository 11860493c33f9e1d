const LONGEST = 75;

/** The text without control characters but those that are kept. */
function withoutControls(text: string, kept = ''): string {
  return Array.from(text, (letter) => ((letter < ' ' || letter === '\u007f') && !kept.includes(letter) ? '' : letter)).join('');
}

/** A text as iCalendar writes it (RFC 5545, 3.3.11): backslash, comma, semicolon and line ends are escaped, other controls are dropped. */
export function icsText(text: string): string {
  return withoutControls(text, '\t\r\n')
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n');
}

/** A parameter's value in quotes; quotes and controls cannot stand in it. */
export function icsParameter(text: string): string {
  return `"${withoutControls(text).replaceAll('"', '')}"`;
}

/** An instant in UTC, `20250131T090000Z`. */
export function icsInstant(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** How many octets a letter takes in UTF-8. */
function octetsOf(letter: number): number {
  if (letter < 0x80) return 1;
  if (letter < 0x800) return 2;
  return letter < 0x1_00_00 ? 3 : 4;
}

/** Folds a line after 75 octets, never inside a letter (RFC 5545, 3.1). */
export function foldLine(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const letter of line) {
    const size = octetsOf(letter.codePointAt(0) ?? 0);
    // a continuation begins with a space, which counts
    if (octets + size > (parts.length === 0 ? LONGEST : LONGEST - 1)) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += letter;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
