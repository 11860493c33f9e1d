type Plain = { readonly [key: string]: unknown };

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * The next value with the parts of the previous one in place of equal parts, so that a memoised row or chart is not drawn
 * again for a result that arrived as a fresh copy. Equal values answer the previous one itself.
 */
export function shareUnchanged<T>(previous: unknown, next: T): T {
  // each branch answers a value equal to `next`, so of its type
  return share(previous, next) as T;
}

function share(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) {
    const items: unknown[] = next.map((item, index) => share(previous[index], item));
    return items.length === previous.length && items.every((item, index) => Object.is(item, previous[index])) ? previous : items;
  }
  if (!isPlain(previous) || !isPlain(next)) return next;
  const keys = Object.keys(next);
  const shared = Object.fromEntries(keys.map((key) => [key, share(previous[key], next[key])]));
  const same =
    keys.length === Object.keys(previous).length &&
    keys.every((key) => Object.hasOwn(previous, key) && Object.is(shared[key], previous[key]));
  return same ? previous : shared;
}
