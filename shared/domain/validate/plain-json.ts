import type { Json } from '../../model/field.ts';
import { LIMITS } from './limits.ts';

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a key could reach into the prototype of an object that it is copied to. */
export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN.has(key);
}

/** Whether the value is an object literal (or one from another realm), not an array, date, map or class instance. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** Whether the value is plain JSON within our caps: finite numbers, no forbidden keys, no cycles, bounded depth and size. */
export function isPlainJson(value: unknown): value is Json {
  let left: number = LIMITS.jsonNodes;
  const visit = (node: unknown, depth: number): boolean => {
    left -= 1;
    if (left < 0 || depth > LIMITS.jsonDepth) return false;
    if (node === null || typeof node === 'string' || typeof node === 'boolean') return true;
    if (typeof node === 'number') return Number.isFinite(node);
    if (Array.isArray(node)) return node.every((item) => visit(item, depth + 1));
    return isPlainObject(node) && Object.keys(node).every((key) => !isForbiddenKey(key) && visit(node[key], depth + 1));
  };
  return visit(value, 0);
}
