import { tableOf, type TableName } from '../../model/dictionary.ts';

/** Who a journal is written for. */
export type Audience = 'customer' | 'internal';

/** The one journal that customers read; whatever else is noted stays among ourselves. */
const FOR_CUSTOMERS = 'comments';

/** Who reads a journal field: additional comments are for the customer, every other journal is internal. */
export function audienceOf(field: string): Audience {
  return field === FOR_CUSTOMERS ? 'customer' : 'internal';
}

/** The journals of a record type, comments for the customer first. */
export function journalsOf(table: TableName): readonly { readonly field: string; readonly label: string; readonly audience: Audience }[] {
  return Object.entries(tableOf(table).fields)
    .filter(([, { kind }]) => kind === 'journal')
    .map(([field, { label }]) => ({ field, label, audience: audienceOf(field) }))
    .toSorted((a, b) => a.audience.localeCompare(b.audience));
}
