import type { Caller } from '#shared/domain/permission/caller.ts';
import { mayNot } from '#shared/domain/permission/refusals.ts';
import type { Sight } from '#shared/domain/permission/sight.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type AnyRow } from '#shared/model/dictionary.ts';
import type { ChangeSet, RowChange } from '../store/change-set.ts';

/** What rules added to a change is taken back with it and not asked about. */
function isConsequence({ after, consequences }: RowChange): boolean {
  return after !== undefined && consequences !== undefined && Object.keys(after).every((field) => consequences.includes(field));
}

/** Refuses to take back (or do again) what the caller could no longer do: records out of their sight, actions beyond their roles. */
export function refuseForeign(view: ReadView, caller: Caller, sight: Sight, set: ChangeSet): void {
  for (const change of set.rows) {
    if (isConsequence(change)) continue;
    const { table, id, action } = change;
    const row: AnyRow | undefined = view.get(table, id) ?? (action === 'delete' ? (change.before as AnyRow | undefined) : undefined); // the whole row
    if (row !== undefined && !sight.sees(table, row))
      throw new AppError(
        'permission',
        `This changed a ${tableOf(table).label.toLowerCase()} that you no longer see. Ask who looks after it now.`,
        {
          table,
          wayOut: 'Ask who looks after it now.',
        },
      );
    if (!caller.rights.may(table, action) && !caller.rights.may(table, 'comment')) throw mayNot(view, caller, table, action);
  }
}
