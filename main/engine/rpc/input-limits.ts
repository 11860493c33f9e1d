import { AppError } from '#shared/errors/app-error.ts';

/** What one message may hold. Generous: 100,000 IDs in a list, some hundred megabytes of dropped files. */
export const INPUT_LIMITS = { depth: 64, items: 300_000, characters: 20_000_000, bytes: 512 * 1024 * 1024 } as const;

const refuse = (what: string): AppError => new AppError('limit', `The request is refused: ${what}.`);

/**
 * Refuses input that is too large, too deep (or goes in circles), or holds anything but plain objects, lists, texts, numbers,
 * booleans and bytes. Runs before the validators, which walk into the input by recursion. Throws `limit` or `contract`.
 */
export function checkInputLimits(input: unknown): void {
  let items = 0;
  let characters = 0;
  let bytes = 0;

  const text = (value: string): void => {
    characters += value.length;
    if (characters > INPUT_LIMITS.characters) throw refuse('it holds too much text');
  };

  const walk = (value: unknown, depth: number): void => {
    items += 1;
    if (items > INPUT_LIMITS.items) throw refuse('it holds too many values');
    if (depth > INPUT_LIMITS.depth) throw refuse('it is nested too deeply');
    if (typeof value === 'string') return text(value);
    if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return;
    if (value instanceof Uint8Array) {
      bytes += value.byteLength;
      if (bytes > INPUT_LIMITS.bytes) throw refuse('its files are too large');
      return;
    }
    if (Array.isArray(value)) return value.forEach((item) => walk(item, depth + 1));
    if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
      throw new AppError('contract', 'The request holds a value that the engine does not take.');
    for (const [key, item] of Object.entries(value)) {
      if (key === '__proto__') throw new AppError('contract', 'The request holds a field named __proto__, which is not allowed.');
      text(key);
      walk(item, depth + 1);
    }
  };

  walk(input, 0);
}
