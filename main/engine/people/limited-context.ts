import type { Caller } from '#shared/domain/permission/caller.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import type { Draft, EngineContext } from '../context.ts';
import { guardDraft } from './guard-draft.ts';
import { limitedHistory } from './limited-history.ts';
import { refuseForeign } from './undo-guard.ts';
import { withoutHidden } from './without-hidden.ts';
import { visibleRows, type VisibleRows } from './visible-rows.ts';

/** The engine as one person gets it. */
export type LimitedContext = { readonly context: EngineContext; readonly rows: VisibleRows };

/** Makes an engine's context for a caller: the same parts, with every way to a record limited to what they may see and do. */
export function limitContext(whole: EngineContext, user: string, caller: () => Caller): LimitedContext {
  const rows = visibleRows(whole.view, caller);
  const { sight } = rows;
  const guarded = <T extends object>(by: T) => ({
    ...by,
    allow: (set: Parameters<typeof refuseForeign>[3]) => refuseForeign(whole.view, caller(), sight(), set),
  });
  const guardedDraft = (draft: Draft): Draft => guardDraft(draft, whole.view, caller(), rows.scopes());
  const shown = (table: TableName, row: Row | undefined): Row | undefined =>
    // what a command makes is its own; a row of this table without some of its fields
    row && (whole.view.get(table, row.id) === undefined ? row : (sight().shown(table, row) as Row | undefined));
  /** What rules would do to hidden records is not told. */
  const shownChange = (change: Change): readonly Change[] => {
    const [before, after] = [shown(change.table, change.before), shown(change.table, change.after)];
    return before === undefined && after === undefined ? [] : [{ ...change, before, after }];
  };
  /** Rules hold over everything; their refusals tell no more than the caller may see. */
  const discreet = async <R>(work: () => Promise<R>): Promise<R> => {
    try {
      return await work();
    } catch (thrown) {
      throw withoutHidden(thrown, whole.view, sight());
    }
  };
  const context: EngineContext = {
    ...whole,
    whole,
    view: rows.view,
    series: {
      points: (id) => {
        const row: AnyRow | undefined = whole.view.get('dataPointSeries', id);
        return row !== undefined && sight().sees('dataPointSeries', row) ? whole.series.points(id) : undefined;
      },
    },
    records: {
      run: (command, work) => discreet(() => whole.records.run(command, (draft) => work(guardedDraft(draft)))),
      rehearse: async (command, work) => {
        const { changes, result } = await discreet(() => whole.records.rehearse(command, (draft) => work(guardedDraft(draft))));
        return { changes: changes.flatMap(shownChange), result };
      },
    },
    undo: {
      undo: (by, changeSetId) => whole.undo.undo(guarded(by), changeSetId),
      redo: (by, changeSetId) => whole.undo.redo(guarded(by), changeSetId),
      steps: whole.undo.steps,
      look: (by, id) => whole.undo.look(guarded(by), id),
      next: whole.undo.next,
    },
    history: limitedHistory(whole.history, whole.view, sight, () => caller().rights.isCustomer),
    settings: () => ({ ...whole.settings(), currentUser: user }),
    // figures of the engine are made from more than customers may know
    derivedFields: { add: whole.derivedFields.add, all: () => (caller().rights.isCustomer ? {} : whole.derivedFields.all()) },
  };
  return { context, rows };
}
