import type { AnyRow, TableName } from '../../model/dictionary.ts';
import { tableOf } from '../../model/dictionary.ts';
import { labelOf } from '../labels/record-label.ts';
import type { ReadView } from '../view.ts';
import { blockingRecords, nameOf, refusal } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

/** The records from one up to itself again; undefined where the way up ends. */
function cycleFrom(table: TableName, field: string, row: AnyRow, view: ReadView): readonly AnyRow[] | undefined {
  const path: AnyRow[] = [row];
  const seen = new Set([row.id]);
  for (let above = row[field]; typeof above === 'string';) {
    const next: AnyRow | undefined = view.get(table, above);
    if (!next) return undefined;
    if (next.id === row.id) return [...path, row];
    // a cycle further up, which this record does not belong to; its own records are refused
    if (seen.has(next.id)) return undefined;
    seen.add(next.id);
    path.push(next);
    above = next[field];
  }
  return undefined;
}

function acyclic(table: TableName, field: string): AnyRule {
  const check = rule('BR-07', table, ['create', 'update'], {
    fields: [field],
    check: ({ view }, change) => {
      const row: AnyRow | undefined = change.after;
      const cycle = row && cycleFrom(table, field, row, view);
      if (!row || !cycle) return undefined;
      const names = cycle.map((one) => labelOf(table, one, view)).join(' › ');
      const label = (tableOf(table).fields[field]?.label ?? field).toLowerCase();
      return refusal(
        'BR-07',
        change,
        `The hierarchy would run in a circle: ${names}. Choose another ${label} for ${nameOf(table, row, view)}.`,
        {
          field,
          blocking: blockingRecords(table, cycle.slice(1, -1), view),
        },
      );
    },
  });
  return check as AnyRule; // made for this very table
}

/** BR-07, and the same for accounts and managers: nothing is above itself. */
export const hierarchyRules: readonly AnyRule[] = [
  acyclic('engagement', 'parent'),
  acyclic('account', 'parent'),
  acyclic('user', 'manager'),
  acyclic('onboardingCase', 'parent'),
];
