/** Letters that Unicode does not take apart into a base letter and a mark. */
const SPECIAL: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
/** Words of plain letters and digits, one space apart: there is nothing to take away. */
const PLAIN = /^(?:[a-z0-9]+(?: [a-z0-9]+)*)?$/;

/**
 * Text as it is compared when case, accents and punctuation do not matter: `"Crème-Brûlée, Ltd."` → `creme brulee ltd`.
 * Words keep one space between them; see {@link foldTight} for none. Only accents are dropped, so scripts whose marks are
 * letters of their own stay told apart.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => SPECIAL[letter] ?? letter)
    .replaceAll(/['’`]/g, '')
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** As {@link fold} without spaces: `GTX Pro` and `GTXPro` become the same. */
export function foldTight(text: string): string {
  return fold(text).replaceAll(' ', '');
}
