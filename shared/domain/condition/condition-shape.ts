import { OPERATORS, type Condition, type Operator } from '../../model/condition.ts';

const operators: ReadonlySet<string> = new Set(OPERATORS);
const MAX_DEPTH = 20;
const MAX_NODES = 500;
const MAX_TEXT = 1_000;

const keysAre = (value: object, ...keys: readonly string[]): boolean => {
  const own = Object.keys(value);
  return own.length === keys.length && keys.every((key) => Object.hasOwn(value, key));
};

/** Whether a text names an operator. */
export function isOperator(text: string): text is Operator {
  return operators.has(text);
}

function isConditionValue(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_TEXT;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'boolean') return true;
  if (Array.isArray(value)) {
    const kind = typeof value[0];
    return (
      value.length <= MAX_NODES &&
      value.every((item) => typeof item === kind && (kind === 'string' || kind === 'number') && isConditionValue(item))
    );
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    keysAre(value, 'daysFromToday') &&
    Number.isSafeInteger((value as { daysFromToday: unknown }).daysFromToday)
  ); // keysAre has found the key
}

/**
 * Whether a value is shaped like a condition: known keys and operators only, bounded depth and size. Whether its fields
 * exist is for `compileCondition`.
 */
export function isCondition(value: unknown): value is Condition {
  let left = MAX_NODES;
  const visit = (node: unknown, depth: number): boolean => {
    left -= 1;
    if (left < 0 || depth > MAX_DEPTH || typeof node !== 'object' || node === null || Array.isArray(node)) return false;
    const part = node as Readonly<Record<string, unknown>>; // an object, seen by its keys
    if (Object.hasOwn(part, 'all'))
      return keysAre(part, 'all') && Array.isArray(part['all']) && part['all'].every((item) => visit(item, depth + 1));
    if (Object.hasOwn(part, 'any'))
      return keysAre(part, 'any') && Array.isArray(part['any']) && part['any'].every((item) => visit(item, depth + 1));
    if (Object.hasOwn(part, 'not')) return keysAre(part, 'not') && visit(part['not'], depth + 1);
    if (typeof part['field'] !== 'string' || part['field'].length > 200) return false;
    if (typeof part['op'] !== 'string' || !isOperator(part['op'])) return false;
    if (!Object.hasOwn(part, 'value')) return keysAre(part, 'field', 'op');
    return keysAre(part, 'field', 'op', 'value') && (part['value'] === undefined || isConditionValue(part['value']));
  };
  return visit(value, 0);
}
