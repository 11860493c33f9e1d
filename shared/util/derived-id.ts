import { sha256 } from './sha256.ts';

/** A UUID begins with 48 bits of time. */
const TIME = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
const TIME_LETTERS = 14;
const DERIVED = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Text as bytes, each letter by its number: nothing but ASCII is left of it before. */
function bytesOf(parts: readonly string[]): Uint8Array {
  const text = JSON.stringify(parts).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/**
 * The ID of a record that follows from its source (S1): whoever makes it, on whatever device, makes the same one, so that there are no twins.
 * A UUIDv8 (RFC 9562): the time of the record that it belongs to, so that such IDs sort with the others, then a digest of all parts.
 * @param of the ID of the record that it belongs to, or a name
 * @param key what tells it from others of that
 */
export function derivedId(of: string, ...key: readonly string[]): string {
  return made(TIME.test(of) ? of.slice(0, TIME_LETTERS) : undefined, [of, ...key]);
}

/** The same for one of many of a record, which sort by their days (plain dates). */
export function derivedIdOn(day: string, of: string, ...key: readonly string[]): string {
  const time = Date.parse(`${day}T00:00:00.000Z`).toString(16).padStart(12, '0');
  return made(`${time.slice(0, 8)}-${time.slice(8)}-`, [day, of, ...key]);
}

function made(time: string | undefined, parts: readonly string[]): string {
  const digest = sha256();
  digest.update(bytesOf(parts));
  const hex = digest.hex();
  const variant = (8 + (Number.parseInt(hex.slice(3, 4), 16) % 4)).toString(16);
  return `${time ?? `${hex.slice(40, 48)}-${hex.slice(48, 52)}-`}8${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}

/** Whether an ID follows from its source. */
export function isDerivedId(id: string): boolean {
  return DERIVED.test(id);
}
