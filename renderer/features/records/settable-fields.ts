import { tableOf, type TableName } from '#shared/model/dictionary.ts';

/** What is changed for many records at once, before what is not. */
const OFTEN = ['assignedTo', 'csm', 'owner', 'accountManager', 'squad', 'state', 'stage', 'priority', 'dueDate', 'category'];

type Offered = { readonly group: string; readonly items: { readonly value: string; readonly label: string }[] };

/** Fields that people may set for many records, those that usually are first. */
export function settableFields(table: TableName): readonly Offered[] {
  const all = Object.entries(tableOf(table).fields)
    .filter(([, { readOnly, kind }]) => readOnly !== true && kind !== 'json' && kind !== 'condition')
    .map(([value, { label }]) => ({ value, label }));
  const often = OFTEN.flatMap((name) => all.find(({ value }) => value === name) ?? []);
  const others = all.filter((field) => !often.includes(field));
  return [
    { group: 'Often changed', items: often },
    { group: often.length > 0 ? 'Other fields' : 'Fields', items: others },
  ].filter(({ items }) => items.length > 0);
}
