import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import { tableNames } from '#shared/model/dictionary.ts';
import type { DerivedRegistry } from '../context.ts';

/** Makes an empty registry. */
export function createDerivedRegistry(): DerivedRegistry {
  let all: DerivedTables = {};
  return {
    add: (tables) => {
      const merged = tableNames.flatMap((name) => {
        const fields = { ...all[name], ...tables[name] };
        return Object.keys(fields).length === 0 ? [] : [[name, fields] as const];
      });
      all = Object.fromEntries(merged);
    },
    all: () => all,
  };
}
