import { AppError } from '../../errors/app-error.ts';
import type { Comparison, Condition, ConditionValue, Operator } from '../../model/condition.ts';
import type { TableName } from '../../model/dictionary.ts';
import { isDate } from '../../util/calendar-days.ts';
import { choicesIn, SHIPPED_CHOICES, type ChoiceView } from '../choices.ts';
import type { DerivedTables } from '../derived/derived-field.ts';
import { fieldAt, type FieldPath } from '../derived/field-path.ts';
import { checkedField } from './check-comparison.ts';
import { isCondition } from './condition-shape.ts';
import { FAMILY, operandShape } from './operators.ts';
import { SPELLINGS } from './where-operators.ts';
import { tokensOf, whereError, type Token } from './where-tokens.ts';

const STRENGTH = { or: 1, and: 2, not: 3 } as const;
const MAX_NESTING = 18;

type Cursor = { readonly tokens: readonly Token[]; at: number };
type Reading = {
  readonly cursor: Cursor;
  readonly table: TableName;
  readonly more: DerivedTables | undefined;
  readonly view: ChoiceView;
};

/**
 * Reads the text form of a condition, as typed after `--where`:
 * `stage = adoption and (renewalDate < 2025-01-01 or not escalated)`. Comparisons: `= != < <= > >=`, `in (a, b)`, `not in (…)`,
 * `contains`, `does not contain`, `starts with`, `is empty`, `is not empty`, `within next 90 days`, `within last 30 days`;
 * days also as `today`, `today+30`; choices by value or label; text with spaces in quotes. `not` binds stronger than
 * `and`, `and` stronger than `or`. `view` knows the choices that were added to lists. Throws AppError `validation` with the column (from 1) in message and details.
 */
export function parseWhere(text: string, table: TableName, more?: DerivedTables, view: ChoiceView = SHIPPED_CHOICES): Condition {
  const reading: Reading = { cursor: { tokens: tokensOf(text), at: 0 }, table, more, view };
  if (peek(reading.cursor).kind === 'end') throw whereError(1, 'the condition is empty. Write for example: stage = adoption.');
  const condition = parseExpression(reading, 0, 0);
  const rest = peek(reading.cursor);
  if (rest.kind !== 'end')
    throw whereError(rest.column, `expected “and”, “or” or the end, not “${rest.text}”. Text with spaces stands in quotes.`);
  if (!isCondition(condition)) throw whereError(1, 'the condition has too many parts. Make it simpler.');
  return condition;
}

const peek = (cursor: Cursor, ahead = 0): Token =>
  cursor.tokens[Math.min(cursor.at + ahead, cursor.tokens.length - 1)] ?? { kind: 'end', text: '', column: 1 };

function next(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.at += 1;
  return token;
}

const isWord = (token: Token, word: string): boolean => token.kind === 'word' && token.text.toLowerCase() === word;
const isSymbol = (token: Token, symbol: string): boolean => token.kind === 'symbol' && token.text === symbol;

/** Pratt's loop: operands of one connective are gathered into one list, so that `a and b and c` is one `all` of three. */
function parseExpression(reading: Reading, strength: number, depth: number): Condition {
  let left = parseOperand(reading, depth);
  for (;;) {
    const word = connectiveAt(reading.cursor);
    if (word === undefined || STRENGTH[word] <= strength) return left;
    const parts = [left];
    while (connectiveAt(reading.cursor) === word) {
      next(reading.cursor);
      parts.push(parseExpression(reading, STRENGTH[word], depth));
    }
    left = word === 'and' ? { all: parts } : { any: parts };
  }
}

function connectiveAt(cursor: Cursor): 'and' | 'or' | undefined {
  const token = peek(cursor);
  if (isWord(token, 'and')) return 'and';
  return isWord(token, 'or') ? 'or' : undefined;
}

function parseOperand(reading: Reading, depth: number): Condition {
  const { cursor } = reading;
  const token = peek(cursor);
  if (depth > MAX_NESTING) throw whereError(token.column, 'too many brackets inside each other.');
  if (isWord(token, 'not')) {
    next(cursor);
    return { not: parseExpression(reading, STRENGTH.not, depth + 1) };
  }
  if (isSymbol(token, '(')) {
    next(cursor);
    const inner = parseExpression(reading, 0, depth + 1);
    expectSymbol(cursor, ')');
    return inner;
  }
  if (token.kind === 'word' && isSymbol(peek(cursor, 1), '(') && (token.text === 'all' || token.text === 'any')) {
    next(cursor);
    const parts = parseList(cursor, () => parseExpression(reading, 0, depth + 1));
    return token.text === 'all' ? { all: parts } : { any: parts };
  }
  return parseComparison(reading);
}

function expectSymbol(cursor: Cursor, symbol: string): void {
  const token = next(cursor);
  if (!isSymbol(token, symbol))
    throw whereError(token.column, `expected “${symbol}”${token.kind === 'end' ? '' : `, not “${token.text}”`}.`);
}

function parseList<V>(cursor: Cursor, item: () => V): readonly V[] {
  expectSymbol(cursor, '(');
  const items: V[] = [];
  while (!isSymbol(peek(cursor), ')')) {
    if (items.length > 0) expectSymbol(cursor, ',');
    items.push(item());
  }
  next(cursor);
  return items;
}

function parseComparison(reading: Reading): Comparison {
  const { cursor, table, more } = reading;
  const name = next(cursor);
  if (name.kind !== 'word')
    throw whereError(name.column, `expected the name of a field${name.kind === 'end' ? '' : `, not “${name.text}”`}.`);
  const field = at(name, () => fieldAt(table, name.text, more));
  const op = operatorAt(reading, field);
  const comparison: Comparison = op === undefined ? { field: field.path, op: 'is', value: true } : withOperand(reading, field, op);
  at(name, () => checkedField(table, comparison, more));
  return comparison;
}

/** Puts the column of the field in front of an error about it. */
function at<V>(token: Token, work: () => V): V {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.details.column === undefined) throw whereError(token.column, thrown.message);
    throw thrown;
  }
}

/** The operator that comes next; undefined where a yes-or-no field stands alone. */
function operatorAt({ cursor }: Reading, field: FieldPath): Operator | undefined {
  const spelling = SPELLINGS.find(({ words }) =>
    words.every((word, ahead) => isWord(peek(cursor, ahead), word) || isSymbol(peek(cursor, ahead), word)),
  );
  if (spelling) {
    cursor.at += spelling.words.length;
    if (typeof spelling.op === 'string') return spelling.op;
    return FAMILY[field.kind] === 'day' ? spelling.op.day : spelling.op.amount;
  }
  const token = peek(cursor);
  const ends = token.kind === 'end' || connectiveAt(cursor) !== undefined || isSymbol(token, ')') || isSymbol(token, ',');
  if (field.kind === 'boolean' && ends) return undefined;
  throw whereError(
    token.column,
    `expected a comparison such as =, <, in or contains after “${field.path}”${token.kind === 'end' ? '' : `, not “${token.text}”`}.`,
  );
}

function withOperand({ cursor, view }: Reading, field: FieldPath, op: Operator): Comparison {
  switch (operandShape(op)) {
    case 'none':
      return { field: field.path, op };
    case 'days': {
      const value = numberIn(valueToken(cursor));
      if (isWord(peek(cursor), 'days') || isWord(peek(cursor), 'day')) next(cursor);
      return { field: field.path, op, value };
    }
    case 'several':
      // checkedField finds a list of mixed kinds
      return { field: field.path, op, value: parseList(cursor, () => valueIn(valueToken(cursor), field, view)) as ConditionValue };
    case 'one':
      return { field: field.path, op, value: valueIn(valueToken(cursor), field, view) };
  }
}

function valueToken(cursor: Cursor): Token {
  const token = next(cursor);
  if (token.kind === 'word' || token.kind === 'quoted') return token;
  throw whereError(token.column, `expected a value${token.kind === 'end' ? '' : `, not “${token.text}”`}.`);
}

function numberIn(token: Token): number {
  const value = Number(token.text);
  if (token.text.trim() === '' || !Number.isFinite(value)) throw whereError(token.column, `“${token.text}” is not a number.`);
  return value;
}

function valueIn(token: Token, field: FieldPath, view: ChoiceView): string | number | boolean | { readonly daysFromToday: number } {
  switch (FAMILY[field.kind]) {
    case 'amount':
      return numberIn(token);
    case 'boolean':
      if (/^(?:yes|true)$/i.test(token.text)) return true;
      if (/^(?:no|false)$/i.test(token.text)) return false;
      throw whereError(token.column, `“${token.text}” is neither yes nor no.`);
    case 'day':
      return dayIn(token);
    case 'choice':
      return choiceIn(token, field, view);
    case 'text':
    case 'reference':
    case 'references':
    case 'tags':
    case 'journal':
    case 'opaque':
      return token.text;
  }
}

function dayIn(token: Token): string | { readonly daysFromToday: number } {
  if (isDate(token.text)) return token.text;
  const relative = token.kind === 'word' ? /^today(?:([+-])(\d{1,5}))?$/i.exec(token.text) : null;
  if (!relative) throw whereError(token.column, `“${token.text}” is not a date. Write 2025-03-31, today, today+30 or today-7.`);
  const days = Number(relative[2] ?? 0);
  return { daysFromToday: relative[1] === '-' && days !== 0 ? -days : days };
}

function choiceIn(token: Token, field: FieldPath, view: ChoiceView): string {
  const choices = choicesIn(view, field);
  const typed = token.text.toLowerCase();
  const found =
    choices.find(({ value }) => value === token.text) ??
    choices.find(({ value, label }) => value.toLowerCase() === typed || label.toLowerCase() === typed);
  if (!found) throw whereError(token.column, `“${token.text}” is not one of: ${choices.map(({ value }) => value).join(', ')}.`);
  return found.value;
}
