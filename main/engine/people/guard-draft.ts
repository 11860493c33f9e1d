import type { Caller } from '#shared/domain/permission/caller.ts';
import { limitedView } from '#shared/domain/permission/limited-view.ts';
import type { MemberScopes } from '#shared/domain/permission/member-scopes.ts';
import { sightOf } from '#shared/domain/permission/sight.ts';
import { writeGuard } from '#shared/domain/permission/write-guard.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { AnyRow, NewValues, Patch, TableName } from '#shared/model/dictionary.ts';
import type { Draft } from '../context.ts';

/**
 * A command's draft as a caller may use it: it shows what they see and what this very command has made, and takes only what they
 * may write. What rules add afterwards is not their doing and not asked about.
 */
export function guardDraft(draft: Draft, committed: ReadView, caller: Caller, scopes: MemberScopes): Draft {
  const { view } = draft;
  const sight = sightOf(view, caller, scopes);
  const isOwn = (table: TableName, id: string): boolean => committed.get(table, id) === undefined;
  const shown = (table: TableName, row: AnyRow): AnyRow | undefined => (isOwn(table, row.id) ? row : sight.shown(table, row));
  const guard = writeGuard(view, caller, (table, id) => {
    const row: AnyRow | undefined = view.get(table, id);
    if (row === undefined) return 'absent';
    return shown(table, row) === undefined ? 'hidden' : 'seen';
  });
  const acting =
    <A extends readonly unknown[]>(
      action: 'close' | 'cancel' | 'reopen' | 'delete',
      act: (table: TableName, id: string, ...rest: A) => void,
    ) =>
    (table: TableName, id: string, ...rest: A): void => {
      guard.act(table, id, action);
      act(table, id, ...rest);
    };
  return {
    view: limitedView(view, shown),
    // the guard answers the same fields, and a domain
    create: (table, values, options) => draft.create(table, guard.create(table, values) as NewValues<typeof table>, options),
    update: <T extends TableName>(table: T, id: string, patch: Patch<T>, options?: { readonly baseRev?: number | undefined }) => {
      guard.update(table, id, patch);
      draft.update(table, id, patch, options);
    },
    close: acting('close', draft.close),
    cancel: acting('cancel', draft.cancel),
    reopen: acting('reopen', draft.reopen),
    remove: acting('delete', draft.remove),
    putPoints: (seriesId, points) => {
      guard.act('dataPointSeries', seriesId, 'update');
      draft.putPoints(seriesId, points);
    },
    removePoints: (seriesId, ends) => {
      guard.act('dataPointSeries', seriesId, 'update');
      draft.removePoints(seriesId, ends);
    },
    setSystemFields: (table, id, set) => {
      // what this command has made may be completed by it
      if (!isOwn(table, id)) guard.act(table, id, 'update');
      draft.setSystemFields(table, id, set);
    },
  };
}
