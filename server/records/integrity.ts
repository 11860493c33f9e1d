import { uniqueProblem } from '#shared/domain/validate/unique.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { referringFields } from '#shared/model/links.ts';
import type { IntentDraft } from './intent-draft.ts';

/** Refuses references that lead nowhere and values that must be unique but are not. */
export function checkIntegrity(draft: IntentDraft): void {
  for (const { table, id, before } of draft.entries()) {
    const after = draft.row(table, id);
    if (after === undefined) continue;
    const changed = (field: string): boolean => before === undefined || !sameValue(before[field], after[field]);
    for (const [name, field] of referringFields(table)) {
      if (after[name] === undefined || !changed(name)) continue;
      if (refsIn(field, after[name]).every((ref) => draft.row(ref.table, ref.id) !== undefined)) continue;
      throw new AppError('validation', `${field.label} names a record that does not exist any more. Choose another one.`, {
        table,
        recordId: id,
        field: name,
      });
    }
    const isConcerned = (tableOf(table).unique ?? []).some((fields) => fields.some(changed));
    const problem = isConcerned ? uniqueProblem(table, after, draft.view, id) : undefined;
    if (problem) throw problem;
  }
}
