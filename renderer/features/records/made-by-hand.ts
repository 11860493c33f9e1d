import type { TableName } from '#shared/model/dictionary.ts';

/** Record types that Satchel makes and keeps itself: their lists offer no "New". */
const KEPT_BY_SATCHEL: ReadonlySet<TableName> = new Set([
  'setting',
  'savedFilter',
  'importProfile',
  'heldRow',
  'dataPointSeries',
  'riskOccurrence',
  'discussion',
  'discussionMessage',
  'notification',
  'attachment',
]);

/** Whether a person makes records of this type with a form. */
export function isMadeByHand(table: TableName): boolean {
  return !KEPT_BY_SATCHEL.has(table);
}
