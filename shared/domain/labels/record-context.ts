import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import { labelOfId } from './record-label.ts';

/** The reference that tells records of the same name apart: of those that lists put forward the first that leads to a record and no person. */
const fieldOf = (table: TableName): { readonly name: string; readonly to: string } | undefined => {
  const { fields, title, ownedBy } = tableOf(table);
  const [first] = Object.entries(fields)
    .flatMap(([name, { kind, to, column }]) =>
      kind === 'reference' && to !== undefined && to !== 'user' && column !== undefined && name !== ownedBy ? [{ name, to, column }] : [],
    )
    .toSorted((a, b) => a.column - b.column);
  return first === undefined || title.includes(first.name) ? undefined : first;
};
const known = new Map<TableName, ReturnType<typeof fieldOf>>();

/** What a record belongs to, beside its own label where many are called the same (UX-02): the engagement of a touchpoint, the account of a contract. */
export function contextOf(table: TableName, row: AnyRow, view: ReadView): { readonly field: string; readonly label: string } | undefined {
  if (!known.has(table)) known.set(table, fieldOf(table));
  const field = known.get(table);
  const id = field && row[field.name];
  const label = field && typeof id === 'string' ? labelOfId(field.to, id, view) : '';
  return field === undefined || label === '' ? undefined : { field: field.name, label };
}
