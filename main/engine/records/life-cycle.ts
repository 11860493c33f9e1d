import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Lifecycle } from '#shared/model/define-table.ts';

function lifecycleOf(table: TableName, id: string): Lifecycle {
  const { lifecycle, plural } = tableOf(table);
  if (lifecycle !== undefined) return lifecycle;
  throw new AppError('rule', `${plural} are not closed or reopened.`, { rule: 'BR-02', table, recordId: id });
}

function refuse(table: TableName, id: string, rule: string, message: string, field?: string): AppError {
  return new AppError('rule', message, { rule, table, recordId: id, ...(field === undefined ? {} : { field }) });
}

/** The values that closing (or, without a code, cancelling) sets; refuses without code or notes (BR-02). */
export function closingValues(
  table: TableName,
  row: AnyRow,
  closing: { readonly code: string | undefined; readonly notes: string; readonly at: string; readonly by: string },
): Readonly<Record<string, unknown>> {
  const { id } = row;
  const lifecycle = lifecycleOf(table, id);
  const { label } = tableOf(table);
  const name = label.toLowerCase();
  const cancels = closing.code === undefined;
  const state = row[lifecycle.field];
  if (state === lifecycle.closed || state === lifecycle.cancelled)
    throw refuse(table, id, 'BR-02', `This ${name} is already closed. Reopen it to close it differently.`);
  const code = closing.code ?? lifecycle.cancelledCode;
  if (!cancels && (!Object.hasOwn(lifecycle.closureCodes, code) || code === lifecycle.cancelledCode)) {
    const choices = Object.entries(lifecycle.closureCodes).flatMap(([key, text]) => (key === lifecycle.cancelledCode ? [] : [text]));
    throw refuse(table, id, 'BR-02', `Closing this ${name} needs a closure code: ${choices.join(', ')}.`, 'closureCode');
  }
  const notes = closing.notes.trim();
  if (notes === '') throw refuse(table, id, 'BR-02', `${cancels ? 'Cancelling' : 'Closing'} this ${name} needs close notes.`, 'closeNotes');
  return {
    [lifecycle.field]: cancels ? lifecycle.cancelled : lifecycle.closed,
    closureCode: code,
    closeNotes: notes,
    closedAt: closing.at,
    closedBy: closing.by.startsWith('system:') ? undefined : closing.by,
    active: false,
  };
}

/** The values that reopening sets (BR-03). */
export function reopeningValues(table: TableName, row: AnyRow): Readonly<Record<string, unknown>> {
  const lifecycle = lifecycleOf(table, row.id);
  const state = row[lifecycle.field];
  if (state !== lifecycle.closed && state !== lifecycle.cancelled)
    throw refuse(table, row.id, 'BR-03', `This ${tableOf(table).label.toLowerCase()} is open already.`);
  return {
    [lifecycle.field]: lifecycle.reopened,
    closureCode: undefined,
    closeNotes: undefined,
    closedAt: undefined,
    closedBy: undefined,
    active: true,
  };
}
