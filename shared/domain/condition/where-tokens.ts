import { AppError } from '../../errors/app-error.ts';

export type Token = {
  readonly kind: 'word' | 'quoted' | 'symbol' | 'end';
  readonly text: string;
  /** First character, from 1. */ readonly column: number;
};

const SYMBOLS = ['!=', '<>', '<=', '>=', '=', '<', '>', '(', ')', ','] as const;
const MAX_LENGTH = 10_000;

/** An error about the text form of a condition; the column counts from 1. */
export function whereError(column: number, message: string): AppError {
  return new AppError('validation', `Column ${column}: ${message}`, { column: String(column) });
}

/** Cuts the text form of a condition into words, quoted texts and symbols; a quote inside quotes is doubled. */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH) throw whereError(MAX_LENGTH, `the condition is longer than ${MAX_LENGTH} characters.`);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    const token = character === '"' || character === "'" ? quotedAt(text, at, character) : plainAt(text, at);
    tokens.push(token.token);
    at = token.next;
  }
  return [...tokens, { kind: 'end', text: '', column: text.length + 1 }];
}

function quotedAt(text: string, start: number, quote: string): { token: Token; next: number } {
  let content = '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== quote) {
      content += text[at];
      continue;
    }
    if (text[at + 1] !== quote) return { token: { kind: 'quoted', text: content, column: start + 1 }, next: at + 1 };
    content += quote;
    at += 1;
  }
  throw whereError(start + 1, `the quote ${quote} is not closed.`);
}

function plainAt(text: string, start: number): { token: Token; next: number } {
  const symbol = SYMBOLS.find((one) => text.startsWith(one, start));
  if (symbol !== undefined) return { token: { kind: 'symbol', text: symbol, column: start + 1 }, next: start + symbol.length };
  const [word = ''] = /^[^\s()=<>!,"']+/.exec(text.slice(start)) ?? [];
  if (word === '') throw whereError(start + 1, `“${text[start]}” does not belong here.`);
  return { token: { kind: 'word', text: word, column: start + 1 }, next: start + word.length };
}
