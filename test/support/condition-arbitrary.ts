import fc from 'fast-check';
import { FAMILY, operandShape, operatorsOf, type Family } from '#shared/domain/condition/operators.ts';
import { fieldAt, fieldsOf } from '#shared/domain/derived/field-path.ts';
import type { Comparison, Condition } from '#shared/model/condition.ts';
import type { TableName } from '#shared/model/dictionary.ts';

const words = fc.oneof(
  fc.constantFrom('Acme', 'and', 'not', 'in', 'is empty', 'a "b" c', "it's", '<', '', 'today', '7'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const day = fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const relative = fc.integer({ min: -2_000, max: 2_000 }).map((days) => ({ daysFromToday: days === 0 ? 0 : days }));
const amount = fc.oneof(
  fc.integer({ min: -1_000, max: 100_000 }).map((value) => (value === 0 ? 0 : value)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
);

function operand(table: TableName, path: string): fc.Arbitrary<string | number | boolean | { readonly daysFromToday: number }> {
  const { kind, choices } = fieldAt(table, path);
  const byFamily: { readonly [F in Family]?: fc.Arbitrary<string | number | boolean | { readonly daysFromToday: number }> } = {
    amount,
    boolean: fc.boolean(),
    day: fc.oneof(day, relative),
    choice: fc.constantFrom(...Object.keys(choices ?? { none: '' })),
  };
  return byFamily[FAMILY[kind]] ?? words;
}

function comparison(table: TableName, path: string): fc.Arbitrary<Comparison> {
  const { kind } = fieldAt(table, path);
  return fc.constantFrom(...operatorsOf(kind)).chain((op): fc.Arbitrary<Comparison> => {
    switch (operandShape(op)) {
      case 'none':
        return fc.constant({ field: path, op });
      case 'days':
        return fc.nat({ max: 400 }).map((value) => ({ field: path, op, value }));
      case 'several':
        // values of one field are of one kind
        return fc.array(operand(table, path), { maxLength: 4 }).map((value) => ({ field: path, op, value: value as string[] }));
      case 'one':
        return operand(table, path).map((value) => ({ field: path, op, value }));
    }
  });
}

/** Conditions that fit a record type, over all of its fields and some of the records it refers to. */
export function conditionsOf(table: TableName, further: readonly string[] = []): fc.Arbitrary<Condition> {
  const paths = [...Object.keys(fieldsOf(table)), ...further];
  const leaf: fc.Arbitrary<Condition> = fc.constantFrom(...paths).chain((path) => comparison(table, path));
  return fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      fc.array(tie('node'), { maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('node'), { maxLength: 3 }).map((any) => ({ any })),
      tie('node').map((not) => ({ not })),
    ),
  })).node;
}
