/** How a column writes its numbers: what parts the cents, and what the thousands. */
export type NumberStyle = { readonly decimal: '.' | ','; readonly grouping: '.' | ',' | "'" | ' ' | '' };
export const PLAIN_NUMBERS: NumberStyle = { decimal: '.', grouping: ',' };

export type ReadNumber = {
  /** The number as a plain decimal (`-1234.5`), exact. */
  readonly decimal: string;
  readonly percent: boolean;
  /** A currency sign or code written beside it. */
  readonly currency?: string;
};

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['$', '$'],
  ['US$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₴', 'UAH'],
  ['₪', 'ILS'],
  ['zł', 'PLN'],
  ['Kč', 'CZK'],
  ['Fr.', 'CHF'],
  ['A$', 'AUD'],
  ['C$', 'CAD'],
  ['R$', 'BRL'],
  ['kr', 'kr'],
]);
const SPACES = /[\s\u00A0\u202F\u2009]+/g;
const SIGN = /^(?:US\$|A\$|C\$|R\$|[\p{Sc}]|zł|Kč|Fr\.|kr|[A-Z]{3})|(?:US\$|A\$|C\$|R\$|[\p{Sc}]|zł|Kč|Fr\.|kr|[A-Z]{3})$/u;
/** Multipliers that people write behind a number. */
const SCALES: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['m', 6],
  ['mn', 6],
  ['mio', 6],
  ['bn', 9],
]);

/** Takes sign, currency and percent off; undefined where what is left is no row of digits and separators. */
function bare(
  text: string,
): { digits: string; negative: boolean; percent: boolean; currency: string | undefined; scale: number } | undefined {
  let rest = text.replaceAll(SPACES, ' ').trim();
  let negative = false;
  let percent = false;
  let scale = 0;
  let currency: string | undefined;
  for (let turn = 0; turn < 4; turn += 1) {
    const before = rest;
    const brackets = /^\((.*)\)$/.exec(rest);
    if (brackets?.[1] !== undefined && !negative) {
      negative = true;
      rest = brackets[1].trim();
    }
    if (/^[-−–]/.test(rest) && !negative) {
      negative = true;
      rest = rest.slice(1).trim();
    } else if (rest.startsWith('+')) rest = rest.slice(1).trim();
    else if (/\d ?[-−]$/.test(rest) && !negative) {
      negative = true;
      rest = rest.slice(0, -1).trim();
    }
    if (rest.endsWith('%') && !percent) {
      percent = true;
      rest = rest.slice(0, -1).trim();
    }
    const sign = currency === undefined ? SIGN.exec(rest) : null;
    if (sign !== null) {
      currency = SIGNS.get(sign[0]) ?? sign[0];
      rest = (sign.index === 0 ? rest.slice(sign[0].length) : rest.slice(0, sign.index)).trim();
    }
    const unit = /(\d)\s?(k|m|mn|mio|bn)\.?$/i.exec(rest);
    if (unit?.[2] !== undefined && scale === 0) {
      scale = SCALES.get(unit[2].toLowerCase()) ?? 0;
      rest = rest.slice(0, unit.index + 1);
    }
    if (rest === before) break;
  }
  return /^\d[\d.,' ’]*(?:e[-+]?\d{1,3})?$|^[.,]\d+$/i.test(rest)
    ? { digits: rest.replaceAll('’', "'"), negative, percent, currency, scale }
    : undefined;
}

const WHOLE = /^-?\d+$/;
const POINTED = /^-?\d+\.\d+$/;
const GROUPED: Readonly<Record<string, RegExp>> = {
  ',': /^\d{1,3}(?:,\d{2,3})*,\d{3}$/,
  '.': /^\d{1,3}(?:\.\d{3})+$/,
  "'": /^\d{1,3}(?:'\d{3})+$/,
  ' ': /^\d{1,3}(?: \d{3})+$/,
};

function split(digits: string, { decimal, grouping }: NumberStyle): string | undefined {
  const exponent = /e[-+]?\d+$/i.exec(digits)?.[0] ?? '';
  const mantissa = exponent === '' ? digits : digits.slice(0, -exponent.length);
  const parts = mantissa.split(decimal);
  if (parts.length > 2) return undefined;
  const [whole = '', fraction] = parts;
  if (fraction !== undefined && !/^\d*$/.test(fraction)) return undefined;
  let plain = whole;
  for (const mark of [grouping, "'", ' ']) {
    if (mark === '' || !plain.includes(mark)) continue;
    if (!GROUPED[mark]?.test(plain)) return undefined;
    plain = plain.replaceAll(mark, '');
  }
  if (!/^\d*$/.test(plain) || (plain === '' && (fraction ?? '') === '')) return undefined;
  return `${plain === '' ? '0' : plain}${fraction === undefined || fraction === '' ? '' : `.${fraction}`}${exponent}`;
}

/** `decimal` with its point moved to the right. */
function shifted(decimal: string, places: number): string {
  if (places === 0) return decimal;
  const [whole = '', fraction = ''] = decimal.split('.');
  const digits = fraction.padEnd(places, '0');
  const rest = digits.slice(places);
  return `${`${whole}${digits.slice(0, places)}`.replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`;
}

/**
 * Reads a number in the column's style: `1.234,50 €`, `(12)`, `12%`, `1.2M`. Undefined where the text is no number in that
 * style; a mark in the wrong place (`12,5` where the comma parts thousands) is not guessed at.
 */
export function readNumber(text: string, style: NumberStyle): ReadNumber | undefined {
  // most numbers are plain ones
  if (WHOLE.test(text) || (style.decimal === '.' && POINTED.test(text))) return { decimal: text === '-0' ? '0' : text, percent: false };
  const found = bare(text);
  if (found === undefined) return undefined;
  const plain = split(found.digits, style);
  if (plain === undefined) return undefined;
  const decimal = shifted(plain, found.scale);
  return {
    decimal: found.negative && /[1-9]/.test(decimal) ? `-${decimal}` : decimal,
    percent: found.percent,
    ...(found.currency === undefined ? {} : { currency: found.currency }),
  };
}

const POINT: NumberStyle = { decimal: '.', grouping: ',' };
const COMMA: NumberStyle = { decimal: ',', grouping: '.' };

export type NumberChoice = {
  readonly style: NumberStyle;
  readonly valid: number;
  readonly filled: number;
  readonly ambiguous?: string;
  /** The only negative number is −1, and the column has others: it stands for "unknown". */
  readonly minusOneIsNothing: boolean;
};

/** Looks at the values of a column one after the other; see {@link chooseNumberStyle}. */
export type NumberChooser = {
  readonly add: (value: string, count: number) => void;
  readonly choose: (prefer?: NumberStyle['decimal']) => NumberChoice;
};

/** Begins to choose the number style of a column. */
export function startNumberChoice(): NumberChooser {
  let filled = 0;
  let point = 0;
  let comma = 0;
  let ones = 0;
  let negative = 0;
  let ambiguous: string | undefined;
  const noteSign = (decimal: string, count: number) => {
    if (decimal.charCodeAt(0) !== 45) return;
    negative += count;
    if (Number(decimal) === -1) ones += count;
  };
  return {
    add: (value, count) => {
      filled += count;
      if (WHOLE.test(value)) {
        point += count;
        comma += count;
        noteSign(value, count);
        return;
      }
      // a point that parts no thousands is a decimal point
      if (POINTED.test(value) && value.at(-4) !== '.') {
        point += count;
        noteSign(value, count);
        return;
      }
      const asPoint = readNumber(value, POINT)?.decimal;
      const asComma = readNumber(value, COMMA)?.decimal;
      if (asPoint !== undefined) point += count;
      if (asComma !== undefined) comma += count;
      if (asPoint !== undefined && asComma !== undefined && asPoint !== asComma) ambiguous ??= value;
      noteSign(asPoint ?? asComma ?? '', count);
    },
    choose: (prefer = '.') => {
      const style = point === comma ? (prefer === ',' ? COMMA : POINT) : point > comma ? POINT : COMMA;
      const valid = Math.max(point, comma);
      const minusOneIsNothing = ones > 0 && ones === negative && (ones > 1 || valid > 2) && valid > ones;
      const open = point === comma && ambiguous !== undefined;
      return { style, valid, filled, minusOneIsNothing, ...(open && ambiguous !== undefined ? { ambiguous } : {}) };
    },
  };
}

/**
 * Chooses the number style of a whole column: the one that reads most rows. Where both read all (`1.234`), `prefer` decides,
 * else the point, and `ambiguous` names a value that the two read differently.
 */
export function chooseNumberStyle(
  values: readonly { readonly value: string; readonly count: number }[],
  prefer: NumberStyle['decimal'] = '.',
): NumberChoice {
  const chooser = startNumberChoice();
  for (const { value, count } of values) chooser.add(value, count);
  return chooser.choose(prefer);
}

const TRUE = new Set(['true', 'yes', 'y', '1', 't', 'on', 'x', '✓', 'ja', 'oui', 'si', 'sí', 'wahr', 'vrai']);
const FALSE = new Set(['false', 'no', 'n', '0', 'f', 'off', '-', 'nein', 'non', 'falsch', 'faux']);

/** Reads yes or no as files write it; undefined where the text is neither. */
export function readBoolean(text: string): boolean | undefined {
  const folded = text.trim().toLowerCase();
  if (TRUE.has(folded)) return true;
  if (FALSE.has(folded)) return false;
  return /^[01][.,]0+$/.test(folded) ? folded.startsWith('1') : undefined;
}

const NOTHING = new Set([
  'NULL',
  'null',
  '(null)',
  String.raw`\N`,
  '#N/A',
  '#NULL!',
  'NaN',
  'nan',
  'NaT',
  '<null>',
  '<NA>',
  '(blank)',
  '(empty)',
]);
const NOTHING_BUT_TEXT = new Set([
  'n/a',
  'na',
  'none',
  'nil',
  'null',
  '-',
  '--',
  '–',
  '—',
  '?',
  'undefined',
  'unknown',
  'not set',
  'tbd',
  '0000-00-00',
]);

/**
 * Whether a file means "nothing" by this text; a text column may well hold `None` or `N/A` (and a person may be called Null), so
 * those count only elsewhere.
 */
export function isNothing(text: string, kind: 'text' | 'other'): boolean {
  if (text === '') return true;
  const first = text.charCodeAt(0);
  // what begins like an ordinary text is looked at no further
  if (first > 32 && first < 160 && (text.length > LONGEST_NOTHING || !MAY_BE_NOTHING.has(first))) return false;
  const trimmed = text.trim();
  return trimmed === '' || NOTHING.has(trimmed) || (kind === 'other' && NOTHING_BUT_TEXT.has(trimmed.toLowerCase()));
}

const LONGEST_NOTHING = 12;
const MAY_BE_NOTHING: ReadonlySet<number> = new Set(
  [...NOTHING, ...NOTHING_BUT_TEXT].flatMap((text) => [text.charCodeAt(0), text.toUpperCase().charCodeAt(0)]),
);
