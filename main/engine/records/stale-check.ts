import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { ChangeSet } from '../store/change-set.ts';

type Seen = { readonly rev: number; readonly actor: string; readonly fields: ReadonlySet<string> };

/** Refuses an edit of a field that someone else has changed since the person saw the record. */
export type StaleCheck = {
  readonly note: (set: ChangeSet) => void;
  readonly refuse: (actor: string) => (table: TableName, row: AnyRow, fields: readonly string[], baseRev: number) => void;
};

/** So many record changes are remembered; what is older counts as changed by whoever changed the record last. */
const REMEMBERED = 5000;

/** Remembers who changed which fields in the last commits. */
export function createStaleCheck(): StaleCheck {
  let recent = new Map<string, Seen[]>();
  let count = 0;
  return {
    note: (set) => {
      if (count + set.rows.length > REMEMBERED) {
        recent = new Map();
        count = 0;
      }
      if (set.rows.length > REMEMBERED) return;
      count += set.rows.length;
      for (const { id, rev, after, by = set.actor } of set.rows) {
        if (after === undefined) continue;
        const seen: Seen = { rev, actor: by, fields: new Set(Object.keys(after)) };
        recent.set(id, [...(recent.get(id) ?? []), seen]);
      }
    },
    refuse: (actor) => (table, row, fields, baseRev) => {
      const since = (recent.get(row.id) ?? []).filter((seen) => seen.rev > baseRev);
      const known = since.length === row.rev - baseRev;
      const isForeign = (field: string) =>
        known
          ? since.some((seen) => seen.actor !== actor && seen.fields.has(field))
          : row.stamps?.[field] !== undefined && row.updatedBy !== actor;
      const foreign = fields.filter(isForeign);
      const [first] = foreign;
      if (first === undefined) return;
      const names = foreign.map((field) => tableOf(table).fields[field]?.label ?? field).join(', ');
      throw new AppError('conflict', `Someone else has changed ${names} meanwhile. Look at the new value and decide again.`, {
        table,
        recordId: row.id,
        field: first,
      });
    },
  };
}
