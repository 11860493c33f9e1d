import type { z } from 'zod';
import type { refSchema } from '#shared/contract/areas/records.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';

export type Ref = z.output<typeof refSchema>;

/** A record as it is shown where another one refers to it. */
export function refOf(view: ReadView, table: TableName, row: AnyRow): Ref {
  return { table, id: row.id, label: labelOf(table, row, view), ...(row.number === undefined ? {} : { number: row.number }) };
}

/** Everything that a record refers to, by ID. References to records that are gone are left out. */
export function refsOf(view: ReadView, table: TableName, row: AnyRow): Record<string, Ref> {
  const refs: Record<string, Ref> = {};
  for (const [name, field] of Object.entries(tableOf(table).fields)) {
    for (const { table: to, id } of refsIn(field, row[name])) {
      const target: AnyRow | undefined = view.get(to, id);
      if (target) refs[target.id] = refOf(view, to, target);
    }
  }
  return refs;
}
