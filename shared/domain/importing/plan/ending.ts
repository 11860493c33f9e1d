import { tableOf } from '../../../model/dictionary.ts';
import type { PlannedRecord } from './plan-types.ts';

/** How a row of a file ends its record: the state in which it ends is a step of its life, with a code and notes (BR-02). */
export type Ending = { readonly action: 'close' | 'cancel'; readonly closureCode: string; readonly closeNotes: string };

const CLOSE_NOTES = 'Closed in the imported file.';

/** The ending that a planned record comes to, as the file tells it; undefined where it stays open, or had ended before. */
export function endingOf({ table, values, existing }: Pick<PlannedRecord, 'table' | 'values' | 'existing'>): Ending | undefined {
  const { lifecycle } = tableOf(table);
  if (lifecycle === undefined || values[lifecycle.field] === existing?.[lifecycle.field]) return undefined;
  const state = values[lifecycle.field];
  const closeNotes = typeof values['closeNotes'] === 'string' ? values['closeNotes'] : CLOSE_NOTES;
  if (state === lifecycle.cancelled) return { action: 'cancel', closureCode: lifecycle.cancelledCode, closeNotes };
  if (state !== lifecycle.closed) return undefined;
  const codes = Object.keys(lifecycle.closureCodes).filter((code) => code !== lifecycle.cancelledCode);
  const closureCode = codes.find((code) => code === values['closureCode']) ?? codes[0] ?? '';
  return { action: 'close', closureCode, closeNotes };
}

/** Leaves out how a record ended where it does not end with this import: those fields belong to its end. */
export function dropIdleEnding(record: PlannedRecord): void {
  if (tableOf(record.table).lifecycle === undefined || endingOf(record) !== undefined) return;
  delete record.values['closureCode'];
  delete record.values['closeNotes'];
}
