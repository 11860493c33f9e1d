import { refTo } from '../../model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import { blockingRecords, counted, nameOf, refusal } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

type Hanging = readonly (readonly [table: TableName, field: string])[];
type Stay = {
  readonly id: string;
  readonly table: TableName;
  /** The field that stays as it is … */
  readonly field: string;
  /** … while records hang on this one through these fields. Risk signals about the record always count. */
  readonly hanging: Hanging;
};

/** BR-04, BR-08, BR-09 and BR-10: what hangs on a record keeps it where it is. */
const STAYS: readonly Stay[] = [
  {
    id: 'BR-04',
    table: 'engagement',
    field: 'account',
    hanging: [
      ['successObjective', 'engagement'],
      ['successCase', 'engagement'],
      ['internalPlay', 'engagement'],
      ['riskSignal', 'engagement'],
    ],
  },
  { id: 'BR-08', table: 'successObjective', field: 'engagement', hanging: [['successOutcome', 'objective']] },
  { id: 'BR-09', table: 'successOutcome', field: 'objective', hanging: [['successInitiative', 'outcome']] },
  { id: 'BR-10', table: 'successInitiative', field: 'outcome', hanging: [['successTask', 'parent']] },
  { id: 'BR-10', table: 'successCase', field: 'engagement', hanging: [['successTask', 'parent']] },
  {
    id: 'BR-10',
    table: 'touchpoint',
    field: 'engagement',
    hanging: [
      ['successTask', 'parent'],
      // a signal that a rule raised because of this touchpoint
      ['riskSignal', 'sourceRecord'],
    ],
  },
  { id: 'BR-10', table: 'internalPlay', field: 'engagement', hanging: [['internalPlayTask', 'internalPlay']] },
  { id: 'BR-10', table: 'internalPlayTask', field: 'internalPlay', hanging: [] },
  { id: 'BR-10', table: 'successTask', field: 'parent', hanging: [] },
];

/** The records that hang on one, by type; each once. */
function hangingOn({ table, hanging }: Stay, id: string, view: ReadView): ReadonlyMap<TableName, readonly AnyRow[]> {
  const found = new Map<TableName, Map<string, AnyRow>>();
  for (const [other, field] of [...hanging, ['riskSignal', 'about'] as const]) {
    const any = tableOf(other).fields[field]?.kind === 'anyReference';
    const rows = view.by(other, field, any ? refTo(table, id) : id) as readonly AnyRow[]; // Row seen generically
    if (rows.length === 0) continue;
    const known = found.get(other) ?? new Map<string, AnyRow>();
    for (const row of rows) known.set(row.id, row);
    found.set(other, known);
  }
  return new Map([...found].map(([other, rows]) => [other, [...rows.values()]]));
}

function stays(stay: Stay): AnyRule {
  const { id, table, field } = stay;
  const label = (tableOf(table).fields[field]?.label ?? field).toLowerCase();
  const check = rule(id, table, SAVED, {
    fields: [field],
    check: ({ view }, change) => {
      const before: AnyRow | undefined = change.before;
      const after: AnyRow | undefined = change.after;
      if (!before || !after || before[field] === after[field]) return undefined;
      const hanging = hangingOn(stay, after.id, view);
      if (hanging.size === 0) return undefined;
      const all = [...hanging.values()].reduce((sum, rows) => sum + rows.length, 0);
      const words = [...hanging].map(([other, rows]) => counted(other, rows.length)).join(', ');
      return refusal(
        id,
        change,
        `The ${label} of ${nameOf(table, after, view)} cannot change while ${words} ${all === 1 ? 'hangs' : 'hang'} on it. Delete or move them first, or create a new ${tableOf(table).label.toLowerCase()}.`,
        { field, blocking: [...hanging].flatMap(([other, rows]) => blockingRecords(other, rows, view)).slice(0, 10) },
      );
    },
  });
  return check as AnyRule; // made for this very table
}

export const stayingRules: readonly AnyRule[] = STAYS.map(stays);
