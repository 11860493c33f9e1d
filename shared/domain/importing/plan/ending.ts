import { tableOf } from '../../../model/dictionary.ts';
import type { PlannedRecord } from './plan-types.ts';

/** How a row of a file ends its record: the state in which it ends is a step of its life, with a code and notes (BR-02). */
export type Ending = { readonly action: 'close' | 'cancel'; readonly closureCode: string; readonly closeNotes: string };

const CLOSE_NOTES = 'Closed in the imported file.';

/** The ending that a planned record comes to; undefined where it stays open, or had ended before. */
export function endingOf({ table, values, existing }: Pick<PlannedRecord, 'table' | 'values' | 'existing'>): Ending | undefined {
  const { lifecycle } = tableOf(table);
  if (lifecycle === undefined || values[lifecycle.field] === existing?.[lifecycle.field]) return undefined;
  const state = values[lifecycle.field];
  if (state === lifecycle.cancelled) return { action: 'cancel', closureCode: lifecycle.cancelledCode, closeNotes: CLOSE_NOTES };
  if (state !== lifecycle.closed) return undefined;
  const closureCode = Object.keys(lifecycle.closureCodes).find((code) => code !== lifecycle.cancelledCode) ?? '';
  return { action: 'close', closureCode, closeNotes: CLOSE_NOTES };
}
