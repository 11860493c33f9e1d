import { describe, expect, test } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import { refTo } from '../../model/any-reference.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { Field } from '../../model/field.ts';
import { testRow, memoryView } from '../../../test/support/memory-view.ts';
import { checkNew } from '../validate/validate.ts';
import { mandatoryRules } from './mandatory-rules.ts';
import type { AnyRule, Change, RunningContext } from './rule.ts';
import { SAVED } from './rule.ts';

const demanding = tableNames.flatMap((table) => {
  const mandatory = Object.entries(tableOf(table).fields).filter(([, field]) => field.isMandatory);
  return mandatory.length === 0 ? [] : [{ table, mandatory }];
});
const context: RunningContext = {
  view: memoryView(),
  asOf: '2025-06-15',
  settings: { currency: 'USD', timeZone: 'UTC', onboardingMandatory: false },
  changeOf: () => undefined,
  puttingBack: false,
};

/** A value that fits the kind; whether the record referred to exists is not BR-01's question. */
function someValue({ kind, choices, to, toAny }: Field): unknown {
  if (kind === 'choice') return Object.keys(choices ?? {})[0];
  if (kind === 'anyReference') return refTo((toAny?.[0] ?? 'account') as TableName, 'x1'); // the dictionary names tables
  if (kind === 'date') return '2025-06-15';
  if (kind === 'instant') return '2025-06-15T10:00:00.000Z';
  if (kind === 'condition') return { all: [] };
  if (kind === 'json') return { a: 1 };
  if (kind === 'references') return ['x1'];
  return ['number', 'integer', 'percent'].includes(kind) ? 1 : to === undefined ? 'word' : 'x1';
}

const fullRow = (table: TableName, mandatory: readonly (readonly [string, Field])[]): AnyRow =>
  testRow(table, 'r1', Object.fromEntries(mandatory.map(([key, field]) => [key, someValue(field)])));
const without = (row: AnyRow, field: string): AnyRow => Object.fromEntries(Object.entries(row).filter(([key]) => key !== field)) as AnyRow;
const rulesOf = (table: TableName): readonly AnyRule[] => mandatoryRules.filter((one) => one.table === table);
const check = (table: TableName, before: AnyRow | undefined, after: AnyRow): AppError | undefined => {
  const change = { table, id: after.id, action: before ? 'update' : 'create', before, after } as unknown as Change;
  const [first] = rulesOf(table);
  return (first as unknown as { check: (of: RunningContext, about: Change) => AppError | undefined }).check(context, change);
};

test('BR-01 every record type that demands fields has the rule, on every way that leaves a record behind', () => {
  expect(demanding.length).toBeGreaterThan(40);
  for (const { table } of demanding)
    expect(
      rulesOf(table).map(({ id, on }) => [id, on]),
      table,
    ).toEqual([['BR-01', SAVED]]);
  for (const table of tableNames) if (!demanding.some((one) => one.table === table)) expect(rulesOf(table), table).toEqual([]);
});

describe.each(demanding)('BR-01 $table', ({ table, mandatory }) => {
  const row = fullRow(table, mandatory);

  test('BR-01 with all of its mandatory fields a record passes', () => {
    expect(check(table, undefined, row)).toBeUndefined();
  });

  test.each(mandatory.map(([key, field]) => ({ key, label: field.label })))(
    'BR-01 without $key a new record is refused by name, an old one when it is emptied',
    ({ key, label }) => {
      for (const before of [undefined, row]) {
        const refused = check(table, before, without(row, key));
        expect(refused).toBeInstanceOf(AppError);
        expect(refused?.message).toContain(`needs ${label}`);
        expect(refused?.message).toMatch(/Fill it in\.$/);
        expect(refused?.details).toMatchObject({ rule: 'BR-01', table, field: key });
      }
      // a record from before the field was demanded stays editable
      expect(check(table, without(row, key), { ...without(row, key), updatedAt: '2025-06-16T10:00:00.000Z' })).toBeUndefined();
    },
  );

  test('BR-01 a form and an import hear of all missing fields in one sentence', () => {
    const asked = mandatory.filter(([, field]) => field.default === undefined);
    if (asked.length === 0) return;
    const [problem] = checkNew(table, {}, context.view).problems;
    expect(problem?.details).toMatchObject({ rule: 'BR-01', table });
    for (const [, { label }] of asked) expect(problem?.message).toContain(label);
  });
});
