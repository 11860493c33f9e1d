import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasEnded } from '#shared/domain/rules/life-cycle.ts';
import { goTogether } from '#shared/domain/rules/state-progress-rules.ts';
import { STATE_TABLES, type StateTable } from '#shared/domain/rules/state-tables.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { refsIn, refTo } from '#shared/model/any-reference.ts';
import { SYSTEM_FIELDS, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { openEngine, type Engine } from '../engine.ts';

const PLANNED = [
  'engagement',
  'touchpoint',
  'successObjective',
  'successOutcome',
  'successInitiative',
  'successCase',
  'successTask',
  'internalPlay',
  'internalPlayTask',
  'onboardingCase',
  'onboardingTask',
  'dataImportTask',
  'riskSignal',
] as const satisfies readonly TableName[];
type Planned = (typeof PLANNED)[number];
const ENDINGS = ['close', 'cancel', 'reopen', 'delete'] as const;

/** What a person can do; numbers choose among what there is. */
type Step =
  | { readonly do: 'create'; readonly table: Planned; readonly parent: number; readonly state: number }
  | { readonly do: 'change'; readonly table: Planned; readonly record: number; readonly field: number; readonly value: number }
  | { readonly do: (typeof ENDINGS)[number]; readonly table: Planned; readonly record: number; readonly code: number }
  | { readonly do: 'undo' | 'redo' };

const nat = fc.nat(30);
const table = fc.constantFrom(...PLANNED);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('create' as const), table, parent: nat, state: nat }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), table, record: nat, field: nat, value: nat }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('close', 'cancel', 'cancel', 'reopen', 'delete' as const), table, record: nat, code: nat }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'undo' as const, 'redo' as const) }) },
);

const rowsOf = ({ context }: Engine, name: TableName): readonly AnyRow[] => [...(context.view.all(name) as Iterable<AnyRow>)]; // Row seen generically
const at = <V>(list: readonly V[], index: number): V | undefined => list[index % Math.max(1, list.length)];

/** What the records say, without what the store keeps about them. */
function factsOf(engine: Engine): Readonly<Record<string, unknown>> {
  const system: readonly string[] = SYSTEM_FIELDS;
  return Object.fromEntries(
    PLANNED.flatMap((name) =>
      rowsOf(engine, name).map((row) => [
        `${name}:${row.id}`,
        Object.fromEntries(Object.entries(row).filter(([field]) => !system.includes(field))),
      ]),
    ),
  );
}

/** Values of a new record below one that is there; undefined where there is none. */
function valuesFor(engine: Engine, name: Planned, parent: number, state: number): Record<string, unknown> | undefined {
  const { fields, placedBy, title, lifecycle } = tableOf(name);
  const values: Record<string, unknown> = {
    [title[0] ?? '']: `${name} ${parent}`,
    ...(fields['description']?.isMandatory === true ? { description: 'x' } : {}),
  };
  if (lifecycle !== undefined) {
    const open = Object.keys(fields[lifecycle.field]?.choices ?? {}).filter(
      (one) => one !== lifecycle.closed && one !== lifecycle.cancelled,
    );
    values[lifecycle.field] = at(open, state);
  }
  const field = name === 'riskSignal' ? 'about' : placedBy;
  if (field === undefined) {
    values['account'] = at(rowsOf(engine, 'account'), parent)?.id;
    return { ...values, ...(name === 'onboardingCase' ? { assignedTo: rowsOf(engine, 'user')[0]?.id, goLiveDate: '2026-03-01' } : {}) };
  }
  const reference = fields[field];
  const tables = (reference?.toAny ?? [reference?.to ?? '']).filter((one): one is Planned => PLANNED.some((known) => known === one));
  const above = at(
    tables.flatMap((one) => rowsOf(engine, one).map((row) => ({ one, id: row.id }))),
    parent,
  );
  if (above === undefined) return undefined;
  return { ...values, [field]: reference?.kind === 'anyReference' ? refTo(above.one, above.id) : above.id };
}

/** A change of state, progress or place, as a person might try it. */
function patchFor(
  engine: Engine,
  name: Planned,
  { field, value }: { readonly field: number; readonly value: number },
): Record<string, unknown> {
  const { fields, lifecycle, placedBy } = tableOf(name);
  const beside = Object.entries(STATE_TABLES).find(([one]) => one === name)?.[1].field;
  const chosen =
    at(
      [lifecycle?.field, beside, placedBy, 'account'].filter(
        (one) => one !== undefined && fields[one]?.readOnly !== true && fields[one] !== undefined,
      ),
      field,
    ) ?? 'description';
  const choices = Object.keys(fields[chosen]?.choices ?? {});
  if (choices.length > 0) return { [chosen]: at(choices, value) };
  const values = chosen === 'account' ? { account: at(rowsOf(engine, 'account'), value)?.id } : valuesFor(engine, name, value, 0);
  return values?.[chosen] === undefined ? { description: `note ${value}` } : { [chosen]: values[chosen] };
}

/** What must hold of the records whatever was done. */
function check(engine: Engine): void {
  const { view } = engine.context;
  for (const name of PLANNED) {
    const { lifecycle, partOf, placedBy, fields } = tableOf(name);
    for (const row of rowsOf(engine, name)) {
      const what = `${name} ${row.id}`;
      const ended = lifecycle !== undefined && hasEnded(lifecycle, row);
      // BR-02, BR-03
      expect([what, row['active']]).toEqual([what, !ended]);
      expect([what, row['closureCode'] !== undefined, row['closeNotes'] !== undefined]).toEqual([what, ended, ended]);
      // BR-14, BR-15
      const [part] = partOf === undefined || fields[partOf] === undefined ? [] : refsIn(fields[partOf], row[partOf]);
      const parent: AnyRow | undefined = part && view.get(part.table, part.id);
      const life = part && tableOf(part.table).lifecycle;
      if (parent !== undefined && life !== undefined && !ended) expect([what, hasEnded(life, parent)]).toEqual([what, false]);
      // BR-17
      const pairs: StateTable | undefined = (STATE_TABLES as Readonly<Record<string, StateTable>>)[name]; // looked up by any type's name
      if (pairs !== undefined) {
        const pair = { state: row['state'] as string, value: row[pairs.field] as string | undefined }; // choices hold texts
        expect([what, pair, goTogether(pairs, pair)]).toEqual([what, pair, true]);
      }
      // it belongs where its parent belongs
      const [place] = placedBy === undefined || fields[placedBy] === undefined ? [] : refsIn(fields[placedBy], row[placedBy]);
      const above: AnyRow | undefined = place && view.get(place.table, place.id);
      if (above !== undefined) expect([what, row['account']]).toEqual([what, above['account']]);
      if (above !== undefined && placedBy !== 'engagement' && fields['engagement'] !== undefined && place?.table !== 'engagement')
        expect([what, row['engagement']]).toEqual([what, above['engagement']]);
    }
  }
}

const isRefusal = (thrown: unknown) => thrown instanceof AppError && ['rule', 'validation', 'not-found'].includes(thrown.code);

/** Does it, having asked what it would change; what was said is what happened. */
async function endAs(engine: Engine, name: Planned, id: string, deed: (typeof ENDINGS)[number], code: number): Promise<void> {
  const told = await call(engine, 'records.consequences', { table: name, ids: [id], action: deed });
  const before = factsOf(engine);
  const { lifecycle } = tableOf(name);
  const codes = Object.keys(lifecycle?.closureCodes ?? {}).filter((one) => one !== lifecycle?.cancelledCode);
  const closeNotes = 'because';
  try {
    if (deed === 'close') await call(engine, 'records.close', { table: name, id, closureCode: at(codes, code) ?? '', closeNotes });
    else if (deed === 'cancel') await call(engine, 'records.cancel', { table: name, id, closeNotes });
    else await call(engine, deed === 'reopen' ? 'records.reopen' : 'records.delete', { table: name, id });
  } catch (thrown) {
    expect([deed, told.allowed, told.refused.map(({ message }) => message)]).toEqual([
      deed,
      0,
      [thrown instanceof Error ? thrown.message : ''],
    ]);
    throw thrown;
  }
  expect([deed, told.allowed]).toEqual([deed, 1]);
  const after = factsOf(engine);
  const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => key !== `${name}:${id}` && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  const said = told.changes.flatMap(({ table: other, first }) =>
    PLANNED.some((one) => one === other) ? first.map((one) => `${other}:${one.id}`) : [],
  );
  expect(said.toSorted()).toEqual(differing.toSorted());
}

async function perform(engine: Engine, one: Step): Promise<void> {
  if (one.do === 'create') {
    const values = valuesFor(engine, one.table, one.parent, one.state);
    if (values !== undefined) await call(engine, 'records.create', { table: one.table, values });
    return;
  }
  if (!('record' in one)) return;
  const row = at(rowsOf(engine, one.table), one.record);
  if (row === undefined) return;
  if (one.do === 'change') await call(engine, 'records.update', { table: one.table, id: row.id, patch: patchFor(engine, one.table, one) });
  else await endAs(engine, one.table, row.id, one.do, one.code);
}

async function runAll(steps: readonly Step[]): Promise<void> {
  const engine = await openEngine(memoryHost());
  const make = async (name: TableName, values: Record<string, unknown>) =>
    (await call(engine, 'records.create', { table: name, values })).id;
  await make('user', { name: 'Kim' });
  const accounts = [await make('account', { name: 'Acme' }), await make('account', { name: 'Zeta' })];
  for (const account of accounts) await make('engagement', { title: 'Care', account });
  for (const name of [
    'successObjective',
    'successOutcome',
    'successInitiative',
    'successCase',
    'internalPlay',
    'onboardingCase',
  ] as const) {
    const values = valuesFor(engine, name, 0, 0);
    if (values !== undefined) await make(name, values);
  }
  const undos: Readonly<Record<string, unknown>>[] = [];
  const redos: Readonly<Record<string, unknown>>[] = [];
  for (const one of steps) {
    const before = factsOf(engine);
    const [from, to] = one.do === 'redo' ? [redos, undos] : [undos, redos];
    if (one.do === 'undo' || one.do === 'redo') {
      const expected = from.pop();
      if (expected === undefined) continue;
      await call(engine, `records.${one.do}`, {});
      to.push(before);
      expect(factsOf(engine)).toEqual(expected);
    } else {
      try {
        await perform(engine, one);
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
        expect(factsOf(engine)).toEqual(before);
        continue;
      }
      if (JSON.stringify(factsOf(engine)) !== JSON.stringify(before)) {
        undos.push(before);
        redos.splice(0);
      }
    }
    check(engine);
  }
  await engine.close();
}

test('BR-14 BR-15 BR-17 whatever is done to plans, nothing is open within what has ended, states and progress go together, consequences are as told, and undo restores exactly', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), runAll), { numRuns: 80 });
}, 300_000);
