import { PUBLICATION } from '../../model/mixins.ts';
import type { TableName } from '../../model/dictionary.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

type State = keyof typeof PUBLICATION;

/** DCE-05: draft → published → retired. What is retired may be worked on again as a draft. */
const NEXT: { readonly [S in State]: readonly State[] } = { draft: ['published', 'retired'], published: ['retired'], retired: ['draft'] };

function publication<T extends 'dataSource' | 'healthDefinition' | 'riskDefinition' | 'thresholdOverride' | 'playbook' | 'playbookVersion'>(
  table: T,
): AnyRule {
  const check = rule<TableName>('DCE-05', table, ['create', 'update'], {
    fields: ['state'],
    check: ({ view, puttingBack }, change) => {
      const after = stateIn(change.after);
      if (!change.after || after === undefined || puttingBack) return undefined;
      const name = sentence(nameOf(table, change.after, view));
      if (!change.before)
        return after === 'retired'
          ? refusal('DCE-05', change, `${name} cannot begin as retired. Begin with a draft.`, { field: 'state' })
          : undefined;
      const before = stateIn(change.before) ?? 'draft';
      if (before === after || NEXT[before].includes(after)) return undefined;
      const ways = NEXT[before].map((state) => PUBLICATION[state].toLowerCase()).join(' or ');
      return refusal('DCE-05', change, `${name} is ${PUBLICATION[before].toLowerCase()} and can only become ${ways}.`, { field: 'state' });
    },
  });
  return check as unknown as AnyRule; // made for this very table
}

function stateIn(row: object | undefined): State | undefined {
  const state = row && 'state' in row ? row.state : undefined;
  return typeof state === 'string' && Object.hasOwn(PUBLICATION, state) ? (state as State) : undefined; // tested in this line
}

export const publicationRules: readonly AnyRule[] = [
  publication('dataSource'),
  publication('healthDefinition'),
  publication('riskDefinition'),
  publication('thresholdOverride'),
  publication('playbook'),
  publication('playbookVersion'),
];
