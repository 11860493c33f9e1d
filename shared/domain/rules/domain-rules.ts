import { refsIn, tablesOfField } from '../../model/any-reference.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { domainOf } from '../permission/domain.ts';
import { isScoped } from '../permission/follow.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** Fields whose record has to be of the same domain: those that lead to customers' records and to people. */
function crossingFields(table: TableName): readonly string[] {
  return Object.entries(tableOf(table).fields).flatMap(([name, field]) =>
    tablesOfField(field).some((to) => isScoped(to) || to === 'user') ? [name] : [],
  );
}

/** BR-42: a record refers to nothing of another domain. Where there are no domains this costs one look. */
function staysApart(table: TableName, crossing: readonly string[]): AnyRule {
  const fields = table === 'account' ? [...crossing, 'domain'] : crossing;
  const { fields: declared } = tableOf(table);
  const check = rule<TableName>('BR-42', table, SAVED, {
    fields,
    check: ({ view }, change) => {
      if (view.count('domain') === 0) return undefined;
      const row: AnyRow | undefined = change.after;
      const own = row && domainOf(table, row, view);
      if (row === undefined) return undefined;
      for (const name of crossing) {
        const field = declared[name];
        if (field === undefined) continue;
        for (const ref of refsIn(field, row[name])) {
          const target: AnyRow | undefined = view.get(ref.table, ref.id);
          const other = target && domainOf(ref.table, target, view);
          // a user who is tied to no domain works for all of them
          if (target === undefined || other === own || (ref.table === 'user' && other === undefined)) continue;
          return refusal(
            'BR-42',
            change,
            `${sentence(nameOf(table, row, view))} cannot have this ${field.label.toLowerCase()}: it belongs to another domain.`,
            {
              field: name,
              wayOut: 'Choose one of the same domain.',
            },
          );
        }
      }
      return undefined;
    },
  });
  return check as unknown as AnyRule; // made for this very table
}

export const domainRules: readonly AnyRule[] = tableNames.filter(isScoped).flatMap((table) => {
  const fields = crossingFields(table);
  return fields.length === 0 ? [] : [staysApart(table, fields)];
});
