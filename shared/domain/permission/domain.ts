import { tableNames, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { DerivedField, DerivedTables } from '../derived/derived-field.ts';
import type { ReadView } from '../view.ts';
import { accountOf, isScoped } from './follow.ts';
import { accessOf } from './rights.ts';

/**
 * The domain (tenant) of a record (BR-42): that of its account, always, since it is looked up and not written; users carry their own.
 * Staged rows have none.
 */
export function domainOf(table: TableName, row: AnyRow, view: ReadView): string | undefined {
  const found = accessOf(table) === 'people' ? row : accountOf(table, row, view);
  const domain = found?.['domain'];
  return typeof domain === 'string' ? domain : undefined;
}

/** The name of a record's domain as a derived field of every type that belongs to an account. */
export function domainFields(): DerivedTables {
  return Object.fromEntries(
    tableNames
      .filter((table) => isScoped(table) && table !== 'account')
      .map((table) => {
        const field: DerivedField = {
          kind: 'text',
          label: 'Domain',
          help: 'The domain of its account.',
          value: (row, view) => {
            // a workspace without domains pays one look
            if (view.count('domain') === 0) return undefined;
            const id = domainOf(table, row, view);
            return id === undefined ? undefined : view.get('domain', id)?.name;
          },
        };
        return [table, { domain: field }];
      }),
  );
}
