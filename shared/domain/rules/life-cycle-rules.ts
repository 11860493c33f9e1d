import type { Lifecycle } from '../../model/define-table.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { hasEnded, OPEN } from './life-cycle.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule, type Change, type FieldsToSet, type RuleContext } from './rule.ts';

const filled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** BR-02: an ended record is inactive; cancelling sets its code itself. */
function fillEnded(lifecycle: Lifecycle, row: AnyRow): FieldsToSet | undefined {
  if (!hasEnded(lifecycle, row)) return undefined;
  return row[lifecycle.field] === lifecycle.cancelled ? { active: false, closureCode: lifecycle.cancelledCode } : { active: false };
}

/** Whether the closure fields are those of an open record already: most are, and mass imports need not compare each field. */
const isOpen = (row: AnyRow): boolean =>
  row['active'] === true &&
  row['closureCode'] === undefined &&
  row['closeNotes'] === undefined &&
  row['closedAt'] === undefined &&
  row['closedBy'] === undefined;

function checkEnded(lifecycle: Lifecycle, { view }: RuleContext, change: Change): ReturnType<typeof refusal> | undefined {
  const row: AnyRow | undefined = change.after;
  if (!row || !hasEnded(lifecycle, row)) return undefined;
  const missing = [filled(row['closureCode']) ? [] : 'a closure code', filled(row['closeNotes']) ? [] : 'close notes'].flat();
  if (missing.length === 0) return undefined;
  const state = row[lifecycle.field] === lifecycle.cancelled ? 'cancelled' : 'closed';
  return refusal(
    'BR-02',
    change,
    `${sentence(nameOf(change.table, row, view))} cannot be ${state} without ${missing.join(' and ')}. Use “Close” or “Cancel”, which ask for them.`,
    { field: filled(row['closureCode']) ? 'closeNotes' : 'closureCode' },
  );
}

function rulesOf(table: TableName, lifecycle: Lifecycle): AnyRule[] {
  const after = (change: Change): AnyRow | undefined => change.after;
  const parts = [
    rule('BR-02', table, SAVED, {
      fill: (_context, change) => {
        const row = after(change);
        return row && fillEnded(lifecycle, row);
      },
      check: (context, change) => checkEnded(lifecycle, context, change),
    }),
    rule('BR-03', table, SAVED, {
      fill: (_context, change) => {
        const row = after(change);
        return row && !hasEnded(lifecycle, row) && !isOpen(row) ? OPEN : undefined;
      },
    }),
  ];
  return parts as AnyRule[]; // made for this very table
}

/** BR-02 and BR-03 for every record type that has a life cycle. */
export const lifeCycleRules: readonly AnyRule[] = tableNames.flatMap((table) => {
  const { lifecycle } = tableOf(table);
  return lifecycle ? rulesOf(table, lifecycle) : [];
});
