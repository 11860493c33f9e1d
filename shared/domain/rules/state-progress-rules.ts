import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { hasEnded } from './life-cycle.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule, type Change, type FieldsToSet } from './rule.ts';
import { STATE_TABLES, type StateTable } from './state-tables.ts';

type Pair = { readonly state: string; readonly value: string | undefined };

function pairOf(row: AnyRow, stateField: string, { field }: StateTable): Pair | undefined {
  const [state, value] = [row[stateField], row[field]];
  return typeof state === 'string' ? { state, value: typeof value === 'string' ? value : undefined } : undefined;
}

/** Whether a state and the value beside it go together; a state that the table does not know goes with everything. */
export function goTogether({ allowed }: StateTable, { state, value }: Pair): boolean {
  const values = allowed[state];
  return values === undefined || (value !== undefined && values.includes(value));
}

/** Whether a change gives the field a value of its own: another one than before, or than new records have. */
function isChosen(change: Change, field: string): boolean {
  const before: AnyRow | undefined = change.before;
  const after: AnyRow | undefined = change.after;
  return after?.[field] !== (before === undefined ? tableOf(change.table).fields[field]?.default : before[field]);
}

/** The other side, made to fit the one that was changed; the state counts where both were. */
function fitted(change: Change, row: AnyRow, table: StateTable, stateField: string): FieldsToSet | undefined {
  const pair = pairOf(row, stateField, table);
  if (pair === undefined || goTogether(table, pair)) return undefined;
  const byValue = pair.value !== undefined && isChosen(change, table.field) && !isChosen(change, stateField);
  if (!byValue) return { [table.field]: table.allowed[pair.state]?.[0] ?? null };
  const { lifecycle } = tableOf(change.table);
  // what has ended is reopened by its state, not by the way
  if (change.before !== undefined && lifecycle !== undefined && hasEnded(lifecycle, change.before)) return undefined;
  const state = Object.keys(table.allowed).find((one) => table.allowed[one]?.includes(pair.value ?? '') === true);
  return state === undefined || tableOf(change.table).fields[stateField]?.choices?.[state] === undefined
    ? undefined
    : { [stateField]: state };
}

function inStep(name: TableName, table: StateTable): AnyRule {
  const { lifecycle, fields } = tableOf(name);
  const stateField = lifecycle?.field ?? 'state';
  const wordOf = (field: string, value: string | undefined) => fields[field]?.choices?.[value ?? ''] ?? 'empty';
  const both = rule('BR-17', name, SAVED, {
    fields: [stateField, table.field],
    fill: (_context, change) => (change.after === undefined ? undefined : fitted(change, change.after, table, stateField)),
    check: ({ view, puttingBack }, change) => {
      const row: AnyRow | undefined = change.after;
      const pair = row && pairOf(row, stateField, table);
      if (row === undefined || pair === undefined || puttingBack || goTogether(table, pair)) return undefined;
      const label = fields[table.field]?.label ?? table.field;
      const state = wordOf(stateField, pair.state);
      const fits = (table.allowed[pair.state] ?? []).map((value) => wordOf(table.field, value)).join(', ');
      return refusal(
        'BR-17',
        change,
        `${sentence(nameOf(name, row, view))}: ${label} cannot be ${wordOf(table.field, pair.value)} while the state is ${state}. It can be: ${fits}. Change the state first${lifecycle !== undefined && hasEnded(lifecycle, row) ? ': reopen it' : ''}.`,
        { field: table.field },
      );
    },
  });
  return both as AnyRule; // made for this very table
}

/** BR-17: state and stage, state and progress, in both directions by the tables of `state-tables.ts`. */
export const stateProgressRules: readonly AnyRule[] = Object.entries(STATE_TABLES).map(
  ([name, table]) => inStep(name as TableName, table), // its keys are record types
);
