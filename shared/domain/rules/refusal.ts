import { AppError, type ErrorDetails } from '../../errors/app-error.ts';
import type { AnyRow, TableName } from '../../model/dictionary.ts';
import { tableOf } from '../../model/dictionary.ts';
import { labelOf } from '../labels/record-label.ts';
import { quoted } from '../validate/wrong.ts';
import type { ReadView } from '../view.ts';
import type { Change } from './rule.ts';

/** The record as a message names it: `engagement “Acme” (ENG0000012)`; the ID follows only where there is no number. */
export function nameOf(table: TableName, row: AnyRow, view: ReadView): string {
  const label = labelOf(table, row, view);
  const number = row.number === undefined || row.number === label ? '' : ` (${row.number})`;
  return `${tableOf(table).label.toLowerCase()} ${quoted(label)}${number}`;
}

/** A rule's refusal: what is wrong and the way out, with the ledger ID in `details.rule`. */
export function refusal(rule: string, change: Change, message: string, details: ErrorDetails = {}): AppError {
  return new AppError('rule', message, { rule, table: change.table, recordId: change.id, ...details });
}

/** Records that stand in the way, at most ten. */
export function blockingRecords(table: TableName, rows: readonly AnyRow[], view: ReadView): NonNullable<ErrorDetails['blocking']> {
  return rows.slice(0, 10).map((row) => ({ table, id: row.id, label: labelOf(table, row, view) }));
}

/** `3 risk signals`, `1 risk signal`. */
export function counted(table: TableName, count: number): string {
  const { label, plural } = tableOf(table);
  return `${count} ${(count === 1 ? label : plural).toLowerCase()}`;
}

/** First letter of a sentence as a capital. */
export function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
