import fc from 'fast-check';
import { refTo, tablesOfField } from '#shared/model/any-reference.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Field, FieldKind } from '#shared/model/field.ts';

/** IDs of the records that references may point to. */
export type KnownIds = { readonly [T in TableName]?: readonly string[] };

const word = fc.constantFrom('Acme', 'Gold', 'Silver plan', 'CSAT', 'Ärger & Co', 'x');
const date = fc.integer({ min: 19_700, max: 20_700 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const condition = fc.constantFrom(
  { field: 'stage', op: 'is', value: 'adoption' },
  { all: [] },
  { field: 'account.name', op: 'isNotEmpty' },
);

const ARBITRARIES: { readonly [K in FieldKind]: (field: Field, ids: KnownIds) => fc.Arbitrary<unknown> } = {
  text: () => word,
  longText: () => word,
  email: () => fc.constant('kim@example.com'),
  url: () => fc.constant('https://example.com'),
  choice: ({ choices }) => fc.constantFrom(...Object.keys(choices ?? {})),
  reference: ({ to }, ids) => fc.constantFrom(...(ids[to as TableName] ?? [undefined])), // references point to tables
  references: ({ to }, ids) => fc.subarray([...(ids[to as TableName] ?? [])]), // as above
  anyReference: (field, ids) =>
    fc.constantFrom(undefined, ...tablesOfField(field).flatMap((table) => (ids[table] ?? []).map((id) => refTo(table, id)))),
  date: () => date,
  instant: () => date.map((day) => `${day}T12:00:00.000Z`),
  money: () => fc.record({ amount: fc.integer({ min: 0, max: 1e9 }), currency: fc.constantFrom('USD', 'EUR') }),
  number: ({ min = -100, max = 1_000 }) => fc.integer({ min, max }),
  integer: ({ min = -100, max = 1_000 }) => fc.integer({ min, max: Math.max(min, max) }),
  percent: ({ min = 0, max = 100 }) => fc.integer({ min, max }),
  boolean: () => fc.boolean(),
  tags: () => fc.subarray(['new', 'hot']),
  journal: () => fc.constant(undefined),
  condition: () => condition,
  json: () => fc.constant(undefined),
};

/** Values of a new record that fit its fields one by one; business rules may still refuse them. */
export function valuesOf(
  table: TableName,
  ids: KnownIds,
  fixed: Readonly<Record<string, unknown>> = {},
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const fields = Object.entries(tableOf(table).fields).filter(([key, field]) => field.readOnly !== true && !Object.hasOwn(fixed, key));
  const shape = Object.fromEntries(
    fields.map(([key, field]) => {
      const value = ARBITRARIES[field.kind](field, ids);
      return [key, field.isMandatory ? value : fc.option(value, { nil: undefined, freq: 2 })] as const;
    }),
  );
  return fc.record(shape).map((values) => ({ ...values, ...fixed }));
}
