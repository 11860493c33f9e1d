import { AppError } from '../../errors/app-error.ts';
import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import { quoted } from './wrong.ts';
import { sameValue } from './same-value.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Another record that has the same values in all these fields; empty values equal each other, but a record whose first
 * field is empty is never a duplicate. Found through the index of the first field, which must be a text or reference.
 */
export function recordWithSame(
  table: TableName,
  fields: readonly string[],
  values: Values,
  view: ReadView,
  ownId: string | undefined,
): AnyRow | undefined {
  const [first = ''] = fields;
  const key = values[first];
  if (typeof key !== 'string') return undefined;
  const candidates: readonly AnyRow[] = view.by(table, first, key);
  return candidates.find((row) => row.id !== ownId && fields.every((field) => sameValue(row[field], values[field])));
}

/** Refuses values of which the dictionary wants only one (`unique`), naming the record that has them. */
export function uniqueProblem(table: TableName, values: Values, view: ReadView, ownId: string | undefined): AppError | undefined {
  const definition = tableOf(table);
  for (const fields of definition.unique ?? []) {
    const other = recordWithSame(table, fields, values, view, ownId);
    if (!other) continue;
    const labels = fields.map((field) => definition.fields[field]?.label ?? field).join(' and ');
    const [first = ''] = fields;
    return new AppError(
      'validation',
      `There is already a record of type ${definition.label.toLowerCase()} with the ${labels.toLowerCase()} ${quoted(values[first])}${other.number === undefined ? '' : ` (${other.number})`}. Change that one, or use another ${labels.toLowerCase()}.`,
      { table, field: first, blocking: [{ table, id: other.id, label: String(values[first]) }] },
    );
  }
  return undefined;
}
