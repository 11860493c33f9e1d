import { AppError } from '../../errors/app-error.ts';
import type { TableName } from '../../model/dictionary.ts';
import type { Field } from '../../model/field.ts';
import { named, titleIn } from './wrong.ts';

/** BR-01: one error that names all missing mandatory fields. */
export function missingError(
  table: TableName,
  values: Readonly<Record<string, unknown>>,
  missing: readonly (readonly [key: string, field: Field])[],
): AppError {
  const labels = missing.map(([, field]) => field.label);
  const list = labels.length === 1 ? labels[0] : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
  const field = missing[0]?.[0];
  return new AppError(
    'validation',
    `${named(table, titleIn(table, values))} needs ${list}. Fill ${labels.length === 1 ? 'it' : 'them'} in.`,
    {
      rule: 'BR-01',
      table,
      ...(typeof values['id'] === 'string' ? { recordId: values['id'] } : {}),
      ...(field === undefined ? {} : { field }),
    },
  );
}
