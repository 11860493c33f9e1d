import { AppError } from '../../errors/app-error.ts';
import type { Lifecycle } from '../../model/define-table.ts';
import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { cleanText } from '../validate/field-values.ts';
import type { ReadView } from '../view.ts';
import { nameOf, sentence } from './refusal.ts';
import type { FieldsToSet } from './rule.ts';

/** Who ends a record and when (UTC ISO). `by` is a user's ID, or `system:` and a job's name. */
export type Ending = { readonly at: string; readonly by: string; readonly view: ReadView };

/** Whether the record is closed or cancelled. */
export function hasEnded({ field, closed, cancelled }: Lifecycle, row: AnyRow): boolean {
  return row[field] === closed || row[field] === cancelled;
}

/** The fields that closing a record sets (BR-02). Throws AppError where the type cannot be closed, it has ended, or code or notes are missing. */
export function closing(table: TableName, row: AnyRow, closureCode: string, closeNotes: string, ending: Ending): FieldsToSet {
  const lifecycle = lifecycleOf(table, row, 'closed', ending.view);
  const codes = Object.entries(lifecycle.closureCodes).filter(([code]) => code !== lifecycle.cancelledCode);
  if (!codes.some(([code]) => code === closureCode))
    throw refused(
      table,
      row,
      ending.view,
      'cannot be closed without a closure code',
      `Choose one of: ${codes.map(([, label]) => label).join(', ')}.`,
      'closureCode',
    );
  return ended(table, row, lifecycle.closed, closureCode, closeNotes, ending);
}

/** The fields that cancelling a record sets (BR-02); the closure code sets itself. Throws as {@link closing}. */
export function cancelling(table: TableName, row: AnyRow, closeNotes: string, ending: Ending): FieldsToSet {
  const lifecycle = lifecycleOf(table, row, 'cancelled', ending.view);
  return ended(table, row, lifecycle.cancelled, lifecycle.cancelledCode, closeNotes, ending);
}

/** The fields that reopening a record sets (BR-03): active again, closure data gone. Throws AppError where it has not ended. */
export function reopening(table: TableName, row: AnyRow, view: ReadView): FieldsToSet {
  const { lifecycle } = tableOf(table);
  if (!lifecycle || !hasEnded(lifecycle, row))
    throw new AppError('rule', `${sentence(nameOf(table, row, view))} is not closed, so it cannot be reopened.`, {
      rule: 'BR-03',
      table,
      recordId: row.id,
    });
  return { [lifecycle.field]: lifecycle.reopened, ...OPEN };
}

/** What an open record has in its closure fields. */
export const OPEN: FieldsToSet = { active: true, closureCode: null, closeNotes: null, closedAt: null, closedBy: null };

function lifecycleOf(table: TableName, row: AnyRow, what: 'closed' | 'cancelled', view: ReadView): Lifecycle {
  const { lifecycle, plural } = tableOf(table);
  if (!lifecycle)
    throw new AppError('rule', `${plural} cannot be ${what}; they have no state.`, { rule: 'BR-02', table, recordId: row.id });
  if (hasEnded(lifecycle, row))
    throw refused(table, row, view, 'has been closed or cancelled already', 'Reopen it first.', lifecycle.field);
  return lifecycle;
}

function ended(
  table: TableName,
  row: AnyRow,
  state: string,
  closureCode: string,
  closeNotes: string,
  { at, by, view }: Ending,
): FieldsToSet {
  const notes = cleanText(closeNotes);
  if (notes === '') throw refused(table, row, view, 'cannot be ended without close notes', 'Say in a few words why.', 'closeNotes');
  const field = tableOf(table).lifecycle?.field ?? 'state';
  return { [field]: state, active: false, closureCode, closeNotes: notes, closedAt: at, closedBy: view.get('user', by) ? by : null };
}

function refused(table: TableName, row: AnyRow, view: ReadView, what: string, wayOut: string, field: string): AppError {
  return new AppError('rule', `${sentence(nameOf(table, row, view))} ${what}. ${wayOut}`, {
    rule: 'BR-02',
    table,
    recordId: row.id,
    field,
    wayOut,
  });
}
