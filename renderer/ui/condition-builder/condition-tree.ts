import type { Comparison, Condition, ConditionValue, Operator } from '#shared/model/condition.ts';
import { operandShape, operatorsOf } from '#shared/domain/condition/operators.ts';
import type { FieldInfo } from '#shared/domain/derived/field-path.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import { parseNumber } from '../typed-number.ts';

export type GroupMode = 'all' | 'any' | 'none';
/** A condition while it is edited: values as typed, parts that are not finished yet allowed. */
export type GroupNode = { readonly kind: 'group'; readonly id: string; readonly mode: GroupMode; readonly parts: readonly Node[] };
export type LineNode = {
  readonly kind: 'line';
  readonly id: string;
  readonly field: string;
  readonly op: Operator;
  readonly typed: string | readonly string[];
  /** Begun for the person, who goes on at its value. */
  readonly isNew?: true;
};
export type Node = GroupNode | LineNode;
export type FieldLookup = (path: string) => FieldInfo | undefined;

export const emptyGroup = (id: string): GroupNode => ({ kind: 'group', id, mode: 'all', parts: [] });

function typedOf(value: ConditionValue | undefined): string | readonly string[] {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object' && 'daysFromToday' in value) {
    if (value.daysFromToday === 0) return 'today';
    return value.daysFromToday > 0 ? `+${value.daysFromToday}` : String(value.daysFromToday);
  }
  return String(value);
}

/** Opens a stored condition for editing; the outermost node is always a group. */
export function toTree(condition: Condition | undefined, newId: () => string): GroupNode {
  if (condition === undefined) return emptyGroup(newId());
  const node = nodeOf(condition, newId);
  return node.kind === 'group' ? node : { ...emptyGroup(newId()), parts: [node] };
}

function nodeOf(condition: Condition, newId: () => string): Node {
  const group = (mode: GroupMode, parts: readonly Condition[]): GroupNode => ({
    kind: 'group',
    id: newId(),
    mode,
    parts: parts.map((part) => nodeOf(part, newId)),
  });
  if ('all' in condition) return group('all', condition.all);
  if ('any' in condition) return group('any', condition.any);
  if ('not' in condition) return group('none', 'any' in condition.not ? condition.not.any : [condition.not]);
  return { kind: 'line', id: newId(), field: condition.field, op: condition.op, typed: typedOf(condition.value) };
}

function dayValue(typed: string): ConditionValue | undefined {
  const relative = /^([+-]\d{1,5})$/.exec(typed.trim());
  if (relative) return { daysFromToday: Number(relative[1]) };
  if (typed.trim().toLowerCase() === 'today') return { daysFromToday: 0 };
  return parseDate(typed, '1970-01-01');
}

function valueOf(line: LineNode, field: FieldInfo): ConditionValue | undefined {
  const shape = operandShape(line.op);
  const isAmount = ['money', 'number', 'integer', 'percent'].includes(field.kind);
  if (shape === 'several') {
    const items = typeof line.typed === 'string' ? line.typed.split(',') : line.typed;
    const texts = items.map((item) => item.trim()).filter((item) => item !== '');
    if (texts.length === 0) return undefined;
    if (!isAmount) return texts;
    const numbers = texts.map((text) => parseNumber(text)).filter((number) => number !== undefined);
    return numbers.length === texts.length ? numbers : undefined;
  }
  const typed = typeof line.typed === 'string' ? line.typed.trim() : '';
  if (typed === '') return undefined;
  if (shape === 'days') return /^\d{1,5}$/.test(typed) ? Number(typed) : undefined;
  if (field.kind === 'boolean') return typed === 'true';
  if (isAmount) return parseNumber(typed);
  if (field.kind === 'date' || field.kind === 'instant') return dayValue(typed);
  return typed;
}

/** Whether a line says all it must. */
export function isComplete(line: LineNode, fieldAt: FieldLookup): boolean {
  const field = fieldAt(line.field);
  if (!field || !operatorsOf(field.kind).includes(line.op)) return false;
  return operandShape(line.op) === 'none' || valueOf(line, field) !== undefined;
}

/** The condition of all finished lines; undefined where there is none. */
export function toCondition(node: Node, fieldAt: FieldLookup): Condition | undefined {
  if (node.kind === 'line') {
    const field = fieldAt(node.field);
    if (!field || !isComplete(node, fieldAt)) return undefined;
    const value = operandShape(node.op) === 'none' ? undefined : valueOf(node, field);
    const comparison: Comparison = value === undefined ? { field: node.field, op: node.op } : { field: node.field, op: node.op, value };
    return comparison;
  }
  const parts = node.parts.map((part) => toCondition(part, fieldAt)).filter((part) => part !== undefined);
  const [only] = parts;
  if (only === undefined) return undefined;
  if (node.mode === 'none') return { not: parts.length === 1 ? only : { any: parts } };
  if (parts.length === 1) return only;
  return node.mode === 'all' ? { all: parts } : { any: parts };
}

/** The tree with one node replaced (undefined: taken out); groups left empty stay, so that they can be filled. */
export function changed(node: GroupNode, id: string, change: (node: Node) => Node | undefined): GroupNode {
  const parts = node.parts.flatMap((part) => {
    if (part.id === id) {
      const next = change(part);
      return next ? [next] : [];
    }
    return part.kind === 'group' ? [changed(part, id, change)] : [part];
  });
  if (node.id === id) {
    const next = change(node);
    return next?.kind === 'group' ? next : node;
  }
  return { ...node, parts };
}

/** The operator to keep when a line's field changes: the same where the new field has it, else its first. */
export function keptOperator(op: Operator, field: FieldInfo | undefined): Operator {
  const offered = field ? operatorsOf(field.kind) : [];
  return offered.includes(op) ? op : (offered[0] ?? 'is');
}
