/** A value that is text or a number, as text; nothing for anything else. */
export function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The texts of a list; nothing where it is none. */
export function plainTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(plainText).filter((text) => text !== '') : [];
}
