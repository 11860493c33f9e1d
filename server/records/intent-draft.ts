import type { Change } from '#shared/domain/rules/rule.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import { openOverlay } from './overlay.ts';

export type Entry = { readonly table: TableName; readonly id: string; action: Change['action']; readonly before: AnyRow | undefined };
type Values = Readonly<Record<string, unknown>>;

/** The changes of one intent, until it is taken in or refused as a whole (S3). */
export type IntentDraft = {
  readonly view: ReadView;
  readonly row: (table: TableName, id: string) => AnyRow | undefined;
  readonly entries: () => readonly Entry[];
  readonly entryOf: (table: TableName, id: string) => Entry | undefined;
  readonly changeOf: (entry: Entry) => Change;
  readonly insert: (table: TableName, row: AnyRow) => void;
  /** Sets fields (undefined or null empties); answers whether anything became different. */
  readonly set: (table: TableName, id: string, values: Values, action: Change['action']) => boolean;
  readonly remove: (table: TableName, id: string) => void;
};

/** Opens the changes of one intent on top of a view. */
export function openIntentDraft(below: ReadView): IntentDraft {
  const overlay = openOverlay(below);
  const entries = new Map<string, Entry>();
  const row = (table: TableName, id: string): AnyRow | undefined => overlay.view.get(table, id);
  /** Later operations on the same record melt into one. */
  const touch = (table: TableName, id: string, action: Change['action'], before: AnyRow | undefined): void => {
    const key = `${table}/${id}`;
    const known = entries.get(key);
    if (known === undefined) entries.set(key, { table, id, action, before });
    else if (action === 'delete') known.action = 'delete';
    else if (known.action === 'delete') known.action = known.before === undefined ? 'create' : 'update';
    else if (known.action !== 'create' && action !== 'update') known.action = action;
  };
  return {
    view: overlay.view,
    row,
    entries: () => [...entries.values()],
    entryOf: (table, id) => entries.get(`${table}/${id}`),
    changeOf: ({ table, id, action, before }) =>
      // a row under a table's name is a row of that table
      ({ table, id, action, before: before as Row | undefined, after: row(table, id) as Row | undefined }),
    insert: (table, fresh) => {
      touch(table, fresh.id, 'create', undefined);
      overlay.put(table, fresh);
    },
    set: (table, id, values, action) => {
      const current = row(table, id);
      if (current === undefined) return false;
      const fields = Object.keys(values).filter((field) => !sameValue(current[field], values[field] ?? undefined));
      if (fields.length === 0 && action === 'update') return false;
      touch(table, id, action, current);
      const next: Record<string, unknown> = { ...current };
      for (const field of fields)
        if (values[field] === undefined || values[field] === null) delete next[field];
        else next[field] = values[field];
      overlay.put(table, next as AnyRow); // the row with fields of its type set
      return fields.length > 0;
    },
    remove: (table, id) => {
      const current = row(table, id);
      if (current === undefined) return;
      touch(table, id, 'delete', current);
      overlay.remove(table, id);
    },
  };
}
