import { tablesOfField } from '../../model/any-reference.ts';
import { tableNames, tableOf, type TableName } from '../../model/dictionary.ts';
import type { Field } from '../../model/field.ts';

/** Fields of a sheet of values (`series`): the record each value belongs to by its type, and what the value is. */
export const SERIES_RECORDS = ['contract', 'account', 'engagement', 'soldProduct', 'product'] as const satisfies readonly TableName[];
export type SeriesRecord = (typeof SERIES_RECORDS)[number];
export const SERIES_FIELDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SERIES_RECORDS.map((table) => [table, tableOf(table).label])),
  day: 'Day',
  value: 'Value',
  part: 'Part',
  measure: 'Measure',
};

/** Columns that steer the import of a row and are no field of the record. */
export const STEERING_FIELDS: Readonly<Record<string, string>> = {
  number: 'Number',
  leaveOut: 'Left out where yes',
  takeIn: 'Left out where no',
  currency: 'Currency',
};

const unimportable = new Set<Field['kind']>(['json', 'condition', 'journal', 'references']);

/** Fields that say how a record ended. */
export function isEndingField(key: string): boolean {
  return key === 'closureCode' || key === 'closeNotes';
}

/**
 * The fields of a table that a file can bring: all that people may write and that fit a cell. The account of a touchpoint
 * stands for the account's engagement, which most files do not know. How a record ended comes with its ended state.
 */
export function importFields(table: TableName): ReadonlyMap<string, Field> {
  const known = fieldCache.get(table);
  if (known !== undefined) return known;
  const fields = new Map(
    Object.entries(tableOf(table).fields).filter(
      ([key, field]) =>
        (field.readOnly !== true && !unimportable.has(field.kind)) ||
        (table === 'touchpoint' && key === 'account') ||
        (tableOf(table).lifecycle !== undefined && isEndingField(key)),
    ),
  );
  fieldCache.set(table, fields);
  return fields;
}
const fieldCache = new Map<TableName, ReadonlyMap<string, Field>>();

/** Where the references leave the order open, it is this one. */
const USUAL_ORDER: readonly TableName[] = [
  'user',
  'account',
  'product',
  'capability',
  'contact',
  'contract',
  'soldProduct',
  'engagement',
  'engagementContract',
  'engagementSoldProduct',
];

/** Importable record types, each after those that its records refer to; a circle is cut where it is first entered. */
function inOrderOfReference(): readonly TableName[] {
  const ordered = new Set<TableName>();
  const entered = new Set<TableName>();
  const visit = (table: TableName): void => {
    if (entered.has(table) || tableOf(table).importable !== true) return;
    entered.add(table);
    for (const field of Object.values(tableOf(table).fields))
      if (field.kind === 'reference' || field.toAny !== undefined) for (const to of tablesOfField(field)) visit(to);
    ordered.add(table);
  };
  for (const table of [...USUAL_ORDER, ...tableNames]) visit(table);
  return [...ordered];
}

/** Record types that files bring, in the order in which their records refer to one another. */
export const importTables: readonly TableName[] = inOrderOfReference();

/** How a target field is called on screen; undefined where the target has no such field. */
export function fieldLabel(target: TableName | 'series', field: string): string | undefined {
  if (target === 'series') return SERIES_FIELDS[field] ?? STEERING_FIELDS[field];
  const money = field.startsWith('currency:') ? importFields(target).get(field.slice('currency:'.length)) : undefined;
  if (money?.kind === 'money') return `${money.label} currency`;
  return importFields(target).get(field)?.label ?? STEERING_FIELDS[field];
}
