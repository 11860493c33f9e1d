import { rule, SAVED, type AnyRule } from './rule.ts';

/** REC-36: of the filters that one person keeps for a list, at most one is shown first: the newest to be so. */
export const savedFilterRules: readonly AnyRule[] = [
  rule('REC-36', 'savedFilter', SAVED, {
    fields: ['standard', 'list', 'owner'],
    effects: ({ view }, { id, after }) => {
      if (after?.standard !== true) return [];
      return view
        .by('savedFilter', 'list', after.list)
        .filter((other) => other.id !== id && other.standard === true && other.owner === after.owner)
        .map((other) => ({ table: 'savedFilter', id: other.id, set: { standard: false } }));
    },
  }),
];
