import { tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { daysBetween } from '../../util/calendar-days.ts';
import type { DerivedFields } from './derived-field.ts';

/** The date on which a record of a type is due or ends; undefined where the type has none. */
export function dueFieldOf(table: TableName): string | undefined {
  const { dueBy, fields } = tableOf(table);
  return dueBy ?? ['dueDate', 'plannedStop'].find((name) => fields[name]?.kind === 'date');
}

function daysRemaining(table: TableName, due: string): DerivedFields {
  const label = tableOf(table).fields[due]?.label.toLowerCase() ?? due;
  return {
    daysRemaining: {
      kind: 'integer',
      unit: 'days',
      label: 'Days remaining',
      help: `Until ${label}; below 0 once that has passed.`,
      value: (row: AnyRow, _view, asOf) => {
        const date = row[due];
        return typeof date === 'string' ? daysBetween(asOf, date) : undefined;
      },
    },
  };
}

/** Days remaining for every record type that has a due or end date (REC-46). */
export const dueTables: Readonly<Partial<Record<TableName, DerivedFields>>> = Object.fromEntries(
  tableNames.flatMap((table) => {
    const due = dueFieldOf(table);
    return due === undefined ? [] : [[table, daysRemaining(table, due)] as const];
  }),
);
