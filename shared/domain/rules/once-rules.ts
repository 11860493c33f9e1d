import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { labelOf } from '../labels/record-label.ts';
import { sameValue } from '../validate/same-value.ts';
import { blockingRecords, refusal, sentence } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

/** What there is only one of: the record type, the fields that tell (the first is a reference, by which it is looked up), and in words. */
type Once = { readonly rule: string; readonly table: TableName; readonly fields: readonly [string, ...string[]]; readonly where: string };

const ONCE: readonly Once[] = [
  { rule: 'BR-21', table: 'squadMember', fields: ['about', 'user', 'responsibility'], where: 'is in this squad already' },
  { rule: 'BR-41', table: 'customerTeamMember', fields: ['about', 'contact', 'responsibility'], where: 'is in this customer team already' },
  { rule: 'BR-41', table: 'accountTeamMember', fields: ['about', 'user', 'responsibility'], where: 'is in this account team already' },
  { rule: 'BR-41', table: 'engagementSoldProduct', fields: ['engagement', 'soldProduct'], where: 'is linked to this engagement already' },
  { rule: 'BR-41', table: 'engagementEntitlement', fields: ['engagement', 'entitlement'], where: 'is linked to this engagement already' },
  { rule: 'REC-46', table: 'accountAddress', fields: ['account', 'location', 'kind'], where: 'is an address of this account already' },
  { rule: 'REC-46', table: 'installBaseSoldProduct', fields: ['item', 'soldProduct'], where: 'is linked to this item already' },
  { rule: 'REC-46', table: 'installBaseLocation', fields: ['item', 'location', 'validFrom'], where: 'is known of this item already' },
];

/** No two records of a type tie the same together. */
function once({ rule: id, table, fields, where }: Once): AnyRule {
  const [first] = fields;
  const check = rule(id, table, ['create', 'update'], {
    fields,
    check: ({ view }, change) => {
      const row: AnyRow | undefined = change.after;
      const key = row?.[first];
      if (!row || typeof key !== 'string') return undefined;
      const others = view.by(table, first, key) as readonly AnyRow[]; // Row seen generically
      const twin = others.find((other) => other.id !== row.id && fields.every((field) => sameValue(other[field], row[field])));
      if (!twin) return undefined;
      return refusal(
        id,
        change,
        `${sentence(tableOf(table).label.toLowerCase())} “${labelOf(table, twin, view)}” ${where}. Change that one, or choose another.`,
        { field: fields[1] ?? first, blocking: blockingRecords(table, [twin], view) },
      );
    },
  });
  return check as AnyRule; // made for this very table
}

export const onceRules: readonly AnyRule[] = ONCE.map(once);
