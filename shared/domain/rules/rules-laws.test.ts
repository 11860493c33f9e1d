import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import { refTo } from '../../model/any-reference.ts';
import { SYSTEM_FIELDS, tableNames, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { portfolioWorld, today, type RuleWorld } from '../../../test/support/rule-harness.ts';
import { valuesOf, type KnownIds } from '../../../test/support/row-arbitrary.ts';
import { checkNew, checkPatch } from '../validate/validate.ts';
import { allRules } from './all-rules.ts';
import { consistencyRules } from './consistency-rules.ts';
import { publicationRules } from './publication-rules.ts';
import type { Change } from './rule.ts';
import { runRules } from './run-rules.ts';

const ids: KnownIds = {
  user: ['u1', 'u2'],
  account: ['a1', 'a2', 'a3'],
  contact: ['k1'],
  product: ['p1'],
  contract: ['c1', 'c2', 'c3'],
  soldProduct: ['s1'],
  engagement: ['e1', 'e2'],
  touchpoint: ['t1'],
  dataSource: ['d1', 'd2'],
  healthDefinition: ['h1'],
  riskDefinition: ['r1'],
  riskSignal: ['g1'],
};

function richWorld(): RuleWorld {
  const world = portfolioWorld();
  world.run(({ create }) => {
    create('engagement', 'e2', { title: 'Second', account: 'a3' });
    create('touchpoint', 't1', { subject: 'Call', engagement: 'e1', heldOn: '2025-01-01' });
    create('riskSignal', 'g1', { shortDescription: 'NPS fell', engagement: 'e1' });
    create('dataSource', 'd1', { name: 'NPS', kind: 'external' });
    create('dataSource', 'd2', { name: 'Usage', kind: 'external' });
    create('healthDefinition', 'h1', { name: 'All', global: true });
    create('riskDefinition', 'r1', { name: 'NPS low', category: 'support' });
  });
  return world;
}
const MADE = [
  'engagement',
  'engagementContract',
  'engagementSoldProduct',
  'touchpoint',
  'contract',
  'soldProduct',
  'opportunity',
  'outcomeEvent',
  'riskSignal',
  'riskOccurrence',
  'dataSource',
  'dataSourceContext',
  'healthDefinition',
  'healthMetric',
  'colourBand',
  'riskDefinition',
  'thresholdOverride',
] as const satisfies readonly TableName[];

type Step = {
  readonly kind: 'create' | 'update' | 'remove';
  readonly table: TableName;
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
};

/** A step on one record; updates take some fields of a new record. Ended states are left to close and cancel. */
const step: fc.Arbitrary<Step> = fc
  .constantFrom(...MADE)
  .chain((table) =>
    fc.record({
      kind: fc.constantFrom('create', 'create', 'update', 'remove'),
      table: fc.constant(table),
      id: fc.constantFrom(`${table}1`, `${table}2`, `${table}3`, ...(ids[table] ?? [])),
      values: valuesOf(table, ids).chain((values) => {
        const { state, ...others } = values;
        const open = state === 'closed' || state === 'cancelled' ? others : values;
        return fc
          .subarray(Object.keys(open), { minLength: 1 })
          .map((kept) => ({ all: open, some: Object.fromEntries(kept.map((key) => [key, open[key]])) }));
      }),
    }),
  )
  .map(({ values, ...rest }) => ({ ...rest, values: rest.kind === 'update' ? values.some : values.all }));

/** Runs steps one command each; refused ones change nothing. Answers how many were taken. */
function play(world: RuleWorld, steps: readonly Step[]): number {
  let taken = 0;
  for (const { kind, table, id, values } of steps)
    try {
      const there = world.view.get(table, id) !== undefined;
      if (kind === 'create' ? there : !there) continue;
      if (kind === 'remove' && isReferred(world, table, id)) continue;
      world.run((command) => {
        if (kind === 'create') command.create(table, id, values);
        else if (kind === 'update') command.update(table, id, checkedPatch(world, table, id, values));
        else command.remove(table, id);
      });
      taken += 1;
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code === 'internal') throw thrown;
    }
  return taken;
}

/** The changed fields as validation lets them through; it throws what it refuses. */
function checkedPatch({ view, row }: RuleWorld, table: TableName, id: string, values: Step['values']): Step['values'] {
  const { row: next, changed, problems } = checkPatch(table, row(table, id), values, view, { system: true });
  const [problem] = problems;
  if (problem) throw problem;
  return Object.fromEntries(changed.map((key) => [key, next[key] ?? null]));
}

/** The store refuses or follows up such deletions; here they are left out. */
function isReferred({ view }: RuleWorld, target: TableName, id: string): boolean {
  return tableNames.some((table) =>
    [...view.all(table)].some(
      (row: AnyRow) =>
        (table !== target || row.id !== id) && [id, refTo(target, id)].some((named) => Object.values(row).flat().includes(named)),
    ),
  );
}

const everything = ({ view }: RuleWorld): readonly { readonly table: TableName; readonly row: AnyRow }[] =>
  tableNames.flatMap((table) => [...view.all(table)].map((row) => ({ table, row })));

test('BR-01 whatever the rules let pass, every record is one that validation takes', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const world = richWorld();
      taken += play(world, steps);
      for (const { table, row } of everything(world)) {
        const values = Object.fromEntries(Object.entries(row).filter(([key]) => !SYSTEM_FIELDS.some((system) => system === key)));
        const { problems } = checkNew(table, values, world.view, { system: true, id: row.id });
        expect(problems.map(({ message }) => message)).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );

  expect(taken).toBeGreaterThan(200);
});

/**
 * Rules that hold at any time. The others ask how a state came about (publication) or only when a record is chosen (a contact
 * may move to another account afterwards).
 */
const standing = allRules.filter((one) => !consistencyRules.includes(one) && !publicationRules.includes(one));

test('BR-24 BR-40 rules are at rest: run again over the whole portfolio they change and refuse nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const world = richWorld();
      play(world, steps);
      // BR-38 asks about new metrics of definitions that were published before, which none of these is
      const changes = everything(world).map(
        ({ table, row }) => ({ table, id: row.id, action: 'create', before: undefined, after: row }) as unknown as Change,
      ); // rows of their own tables
      runRules(standing, {
        context: { view: world.view, asOf: today, settings: { currency: 'USD', timeZone: 'UTC', onboardingMandatory: false } },
        changes,
        parts: 'all',
        apply: (effect) => {
          throw new Error(`not at rest: ${JSON.stringify(effect)}`);
        },
      });
    }),
    { numRuns: 150 },
  );
});

test('BR-40 the rules of a mass import of touchpoints take a moment, not minutes', () => {
  const world = portfolioWorld();
  world.run((command) => {
    for (let index = 0; index < 200; index += 1) command.create('engagement', `x${index}`, { title: `Engagement ${index}`, account: 'a1' });
  });
  const count = 5_000;
  world.run((command) => {
    for (let index = 0; index < count; index += 1)
      command.create('touchpoint', `t${index}`, { subject: 'Call', engagement: `x${index % 200}`, heldOn: '2025-06-01', contact: 'k1' });
  });
  const changes = Array.from({ length: count }, (_, index): Change => ({
    table: 'touchpoint',
    id: `t${index}`,
    action: 'create',
    before: undefined,
    after: world.row('touchpoint', `t${index}`),
  }));
  const start = performance.now();
  runRules(allRules, {
    context: { view: world.view, asOf: today, settings: { currency: 'USD', timeZone: 'UTC', onboardingMandatory: false } },
    changes,
    parts: 'all',
    apply: () => undefined,
  });
  // about 10 ms on an idle machine; walking a table per record would take minutes
  expect(performance.now() - start).toBeLessThan(2_000);
});
