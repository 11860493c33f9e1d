/** Longest name that is kept, in characters; every system takes it. */
const LONGEST = 120;
/** Names that Windows keeps for devices, whatever follows their dot. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Control characters, what separates folders, what Windows forbids; marks that turn the reading direction and so hide an ending. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}/\\:*?"<>|]/gu;

/** The ending of a file's name in small letters without its dot; empty where it has none. */
export function endingOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at + 1).toLowerCase();
}

/**
 * A name that harms no system: without paths, control characters, hidden turns of the reading direction, devices' names, and ends in
 * dots or blanks (REC-33). It is never empty and keeps its ending where it can.
 */
export function harmlessName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(UNSAFE, '_')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[\s.~-]+/u, '')
    .replace(/[\s.]+$/u, '');
  const whole = plain === '' ? 'file' : plain;
  const named = DEVICES.test(whole) ? `_${whole}` : whole;
  if (named.length <= LONGEST) return named;
  const ending = endingOf(named);
  if (ending === '' || ending.length > 10) return cut(named, LONGEST);
  return `${cut(named, LONGEST - ending.length - 1)}.${ending}`;
}

/** Not through the middle of a character. */
function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd();
}

/** What the system may be asked to open: documents without macros, texts, pictures, sound and film. Everything else is only saved. */
const OPENED: ReadonlySet<string> = new Set(
  (
    'pdf txt md csv tsv log rtf docx xlsx pptx odt ods odp ' +
    'png jpg jpeg gif webp bmp tif tiff heic avif mp3 m4a wav ogg flac mp4 m4v mov webm mkv'
  ).split(' '),
);

/** Whether a file of this name may be handed to the system to open; if not, it can only be saved. */
export function mayOpen(name: string): boolean {
  return OPENED.has(endingOf(harmlessName(name)));
}

const startsWith = (bytes: Uint8Array, ...start: readonly number[]) => start.every((byte, at) => bytes[at] === byte);

/** Whether content begins as a program or script does, whatever its name says. `start`: its first bytes, 8 or more. */
export function looksExecutable(start: Uint8Array): boolean {
  return (
    startsWith(start, 0x4d, 0x5a) || // Windows
    startsWith(start, 0x7f, 0x45, 0x4c, 0x46) || // Linux
    startsWith(start, 0xca, 0xfe, 0xba, 0xbe) || // macOS (several processors), Java
    ((start[0] === 0xcf || start[0] === 0xce) && startsWith(start.subarray(1), 0xfa, 0xed, 0xfe)) || // macOS
    startsWith(start, 0xfe, 0xed, 0xfa) || // macOS, the other way round
    startsWith(start, 0x23, 0x21) || // #!
    startsWith(start, 0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00) // a link of Windows
  );
}

/** The type of a picture that may be shown within a page, told by its first bytes (12 or more); undefined for everything else, SVG included. */
export function safeImageType(start: Uint8Array): string | undefined {
  if (startsWith(start, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (startsWith(start, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (startsWith(start, 0x47, 0x49, 0x46, 0x38)) return 'image/gif';
  if (startsWith(start, 0x52, 0x49, 0x46, 0x46) && startsWith(start.subarray(8), 0x57, 0x45, 0x42, 0x50)) return 'image/webp';
  return undefined;
}

/** Whether a file of this name may be a picture that can be shown; its content decides. */
export function mayBeImage(name: string): boolean {
  return ['png', 'jpg', 'jpeg', 'gif', 'webp'].includes(endingOf(name));
}
