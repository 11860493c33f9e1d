import { AppError } from '#shared/errors/app-error.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { linksTo, linkValue, type Link } from '#shared/model/links.ts';
import type { Conflict } from './conflicts.ts';
import type { IntentDraft } from './intent-draft.ts';

/**
 * Follows up what an intent removed (S6). What belongs to a removed record and was not named goes too, and is kept in a conflict
 * where someone else made it; what must name it stops the deletion; any other reference to it is emptied.
 */
export function followRemovals(draft: IntentDraft, author: string): readonly Conflict[] {
  const late: Conflict[] = [];
  const queue = draft.entries().filter(({ table, id }) => draft.row(table, id) === undefined);
  for (let gone = queue.shift(); gone; gone = queue.shift()) {
    for (const link of linksTo(gone.table))
      for (const row of pointing(draft, link, gone.id)) {
        if (link.owned) {
          if (row.createdBy !== author) late.push({ kind: 'orphan', table: link.table, id: row.id, author: row.createdBy, record: row });
          draft.remove(link.table, row.id);
          queue.push({ table: link.table, id: row.id, action: 'delete', before: row });
        } else if (link.mandatory && !link.many) throw inTheWay(draft, gone.table, gone.id, link, row);
        else draft.set(link.table, row.id, { [link.field]: rest(link, row, gone.id) }, 'update');
      }
  }
  return late;
}

function pointing(draft: IntentDraft, link: Link, id: string): readonly AnyRow[] {
  return draft.view.by(link.table, link.field, linkValue(link, id));
}

function rest(link: Link, row: AnyRow, id: string): unknown {
  const value = row[link.field];
  if (!link.many || !Array.isArray(value)) return undefined;
  const others = value.filter((one) => one !== id);
  return others.length === 0 ? undefined : others;
}

function inTheWay(draft: IntentDraft, table: TableName, id: string, link: Link, row: AnyRow): AppError {
  const { label } = tableOf(table);
  const other = tableOf(link.table).label.toLowerCase();
  return new AppError('rule', `This ${label.toLowerCase()} cannot be deleted while a ${other} belongs to it.`, {
    table,
    recordId: id,
    blocking: [{ table: link.table, id: row.id, label: labelOf(link.table, row, draft.view) }],
    wayOut: 'Delete or move it first.',
  });
}
