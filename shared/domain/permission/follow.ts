import { parseRef } from '../../model/any-reference.ts';
import { isTableName, tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { Field } from '../../model/field.ts';
import type { ReadView } from '../view.ts';
import { accessOf } from './rights.ts';

/** A record with its type. */
export type Found = { readonly table: TableName; readonly row: AnyRow };

/** How a record leads to the one that it belongs to. */
type Step = { readonly field: string; readonly to: TableName | 'any' | 'source' };

const SCOPED = new Set(['work', 'customerData', 'link']);

/** Whether records of a type are seen by whoever sees the engagement or account that they belong to. */
export function isScoped(table: TableName): boolean {
  return SCOPED.has(accessOf(table));
}

const named = (fields: Readonly<Record<string, Field>>, to: (target: string) => boolean): string[] =>
  Object.entries(fields).flatMap(([name, { kind, to: target }]) =>
    kind === 'reference' && target !== undefined && to(target) ? [name] : [],
  );

/**
 * The fields through which a record belongs to an engagement or account, the first that has a value decides. Work belongs to its
 * engagement before its account, customer records to their account before anything else.
 */
function stepsOf(table: TableName): readonly Step[] {
  if (table === 'account' || !isScoped(table)) return [];
  const { fields, accountPath, ownedBy } = tableOf(table);
  const ofKind = (access: string) => named(fields, (to) => to !== table && isTableName(to) && accessOf(to) === access);
  const engagement = named(fields, (to) => to === 'engagement' && table !== 'engagement');
  const account = [...(accountPath === undefined ? [] : [accountPath]), ...named(fields, (to) => to === 'account')];
  const any = Object.entries(fields).flatMap(([name, { kind }]) => (kind === 'anyReference' ? [name] : []));
  const owner = ownedBy === undefined || fields[ownedBy]?.kind !== 'reference' ? [] : [ownedBy];
  const itself = named(fields, (to) => to === table);
  const other = [...ofKind('work'), ...ofKind('customerData'), ...ofKind('link')];
  const order =
    accessOf(table) === 'customerData' || table === 'engagement'
      ? [...account, ...engagement, ...other, ...any]
      : [...engagement, ...any, ...owner, ...ofKind('work'), ...account, ...other, ...itself];
  const steps = [...new Set(order)].map((field): Step => {
    const { kind, to } = fields[field] ?? {};
    return { field, to: kind === 'anyReference' || to === undefined || !isTableName(to) ? 'any' : to };
  });
  return fields['sourceTable'] && fields['sourceRecord'] ? [...steps, { field: 'sourceRecord', to: 'source' }] : steps;
}

const steps = new Map(tableNames.map((table) => [table, stepsOf(table)]));

/** The fields by which records of a type belong to others: where one changes, others may see the record from then on. */
export function belongingFields(table: TableName): readonly string[] {
  return (steps.get(table) ?? []).map(({ field }) => field);
}

function target(row: AnyRow, { field, to }: Step): { readonly table: TableName; readonly id: string } | undefined {
  const value = row[field];
  if (typeof value !== 'string') return undefined;
  if (to === 'any') return parseRef(value);
  if (to !== 'source') return { table: to, id: value };
  const { sourceTable } = row;
  return typeof sourceTable === 'string' && isTableName(sourceTable) ? { table: sourceTable, id: value } : undefined;
}

/** The record that another one belongs to; undefined where it stands by itself (accounts, and what is tied to nothing). */
export function belongsTo(table: TableName, row: AnyRow, view: ReadView): Found | undefined {
  for (const step of steps.get(table) ?? []) {
    const to = target(row, step);
    if (to === undefined || to.id === row.id) continue;
    const found: AnyRow | undefined = view.get(to.table, to.id);
    if (found !== undefined) return { table: to.table, row: found };
  }
  return undefined;
}

/** Records hang on each other only so deep; a circle of them ends here too. */
const MAX_DEPTH = 8;

/** The engagement or account that a record belongs to in the end; undefined where it belongs to none. */
export function rootOf(table: TableName, row: AnyRow, view: ReadView): Found | undefined {
  let at: Found = { table, row };
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    if (at.table === 'engagement' || at.table === 'account') return at;
    const next = belongsTo(at.table, at.row, view);
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

/** The account that a record belongs to in the end. */
export function accountOf(table: TableName, row: AnyRow, view: ReadView): AnyRow | undefined {
  const root = rootOf(table, row, view);
  if (root === undefined || root.table === 'account') return root?.row;
  const { account } = root.row;
  return typeof account === 'string' ? view.get('account', account) : undefined;
}
