import type { RawValue, RawValues } from '../../ui/record-form/raw-values.ts';

type Input = Readonly<Record<string, unknown>>;

/** What was filled in before, as a draft holds it: entries of a list each as a text of their own. */
export function rawInput(input: Input): RawValues {
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]): [string, RawValue][] => {
      if (typeof value === 'string' || typeof value === 'boolean') return [[name, value]];
      if (!Array.isArray(value)) return [];
      return [[name, value.map((one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one)))]];
    }),
  );
}

/** The draft as an activity takes it; `lists` are those whose entries are more than a text. */
export function inputOf(raw: RawValues, lists: readonly string[]): Input {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) && lists.includes(name) ? value.map(parsed) : value]),
  );
}

/** An entry of a list, which this screen wrote. */
export function parsed(entry: string): unknown {
  try {
    return JSON.parse(entry) as unknown;
  } catch {
    return entry;
  }
}

/** Lists of which every entry has several parts. */
export const LISTS: readonly string[] = ['add', 'set', 'tasks'];
