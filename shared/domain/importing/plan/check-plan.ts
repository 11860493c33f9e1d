import { refsIn, tablesOfField } from '../../../model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '../../../model/dictionary.ts';
import type { Field } from '../../../model/field.ts';
import { importTables } from '../import-fields.ts';
import { sameValue } from '../../validate/same-value.ts';
import { refusalsOf } from './check-rules.ts';
import { dropIdleEnding } from './ending.ts';
import { lacking, nameOf, valueOf } from './derive.ts';
import { typeName, type PlanState } from './fill-records.ts';
import type { PlannedRecord } from './plan-types.ts';

/** The records of the plan in their order of import. */
export function allRecords(state: PlanState): readonly PlannedRecord[] {
  return importTables.flatMap((table) => state.tables(table).records);
}

function columnOf(state: PlanState, record: PlannedRecord, field: string | undefined): number | undefined {
  return field === undefined ? undefined : state.sheets[record.sheet]?.columns.find((column) => column.field === field)?.index;
}

/** Holds a record back, with the reason at its row. */
function hold(state: PlanState, record: PlannedRecord, field: string | undefined, message: string): void {
  record.held = true;
  if (record.row >= 0) state.problems.add(record.sheet, record.row, columnOf(state, record, field), 'error', message);
}

type FieldLists = {
  /** Mandatory fields without a default. */
  readonly needed: readonly (readonly [key: string, label: string])[];
  readonly references: readonly (readonly [key: string, field: Field])[];
};
const lists = new Map<TableName, FieldLists>();

function listsOf(table: TableName): FieldLists {
  let known = lists.get(table);
  if (known === undefined) {
    const fields = Object.entries(tableOf(table).fields);
    known = {
      needed: fields.flatMap(([key, field]) => (field.isMandatory && field.default === undefined ? [[key, field.label] as const] : [])),
      references: fields.filter(([, { kind }]) => kind === 'reference' || kind === 'anyReference'),
    };
    lists.set(table, known);
  }
  return known;
}

function holdIncomplete(state: PlanState): void {
  for (const table of importTables) {
    const { needed } = listsOf(table);
    for (const record of state.tables(table).records) {
      // no row of it was good
      if (record.origin === 'row' && record.row < 0) record.held = true;
      if (record.held || record.existing !== undefined) continue;
      const missing = needed.filter(([key]) => record.values[key] === undefined);
      if (missing.length === 0) continue;
      const labels = missing.map(([, label]) => label);
      hold(state, record, missing[0]?.[0], lacking(table, labels));
    }
  }
}

function holdDoubles(state: PlanState): void {
  for (const table of importTables)
    for (const fields of tableOf(table).unique ?? []) {
      const seen = new Map<string, string>();
      const keyOf = (value: (field: string) => unknown) => JSON.stringify(fields.map((field) => value(field) ?? null));
      const planned = state.tables(table);
      for (const row of state.world.view.all(table) as Iterable<AnyRow>)
        // a row of any table, seen generically
        if (!planned.byId.has(row.id))
          seen.set(
            keyOf((field) => row[field]),
            row.number ?? row.id,
          );
      for (const record of planned.records) {
        if (record.held || valueOf(record, fields[0] ?? '') === undefined) continue;
        const key = keyOf((field) => valueOf(record, field));
        const other = seen.get(key);
        const names = fields.map((field) => tableOf(table).fields[field]?.label.toLowerCase() ?? field).join(' and ');
        if (other !== undefined) hold(state, record, fields[0], `There is a ${typeName(table)} with the same ${names} already.`);
        else seen.set(key, record.id);
      }
    }
}

/** References to records that are held back: what needs them waits too, what can do without goes in without. */
function holdDependents(state: PlanState): void {
  const isAnyHeld = () => new Set(importTables.filter((table) => state.tables(table).records.some(({ held }) => held)));
  for (let held = isAnyHeld(), again = held.size > 0; again; held = isAnyHeld()) {
    again = false;
    for (const table of importTables) {
      const references = listsOf(table).references.filter(([, field]) => tablesOfField(field).some((to) => held.has(to)));
      if (references.length === 0) continue;
      for (const record of state.tables(table).records) if (!record.held && dropHeld(state, record, references)) again = true;
    }
  }
}

/** Acts on references of a record to held-back ones; answers whether there were any. */
function dropHeld(state: PlanState, record: PlannedRecord, references: FieldLists['references']): boolean {
  let found = false;
  for (const [key, field] of references) {
    const [ref] = refsIn(field, record.values[key]);
    const target = ref && state.tables(ref.table).byId.get(ref.id);
    if (target === undefined || !target.held || target.existing !== undefined) continue;
    const name = nameOf(state, target.table, target.id);
    const what = name === undefined ? field.label : `${field.label} “${name}”`;
    found = true;
    if (field.isMandatory) {
      hold(state, record, key, `${what} is held back, so this row waits too.`);
      return true;
    }
    delete record.values[key];
    if (record.row >= 0)
      state.problems.add(record.sheet, record.row, columnOf(state, record, key), 'warning', `${what} is held back; the field stays empty.`);
  }
  return found;
}

/** Holds records back that a business rule would refuse, so that they do not stand in the way of the others. */
async function holdRefused(state: PlanState): Promise<boolean> {
  const refusals = await refusalsOf(state);
  for (const { record, refusal } of refusals) hold(state, record, refusal.details.field, refusal.message);
  return refusals.length > 0;
}

/** Drops from a change what the stored record has already; says what is created, updated, unchanged. */
function settleChanges(state: PlanState): void {
  for (const record of allRecords(state)) {
    const { existing } = record;
    dropIdleEnding(record);
    if (existing === undefined) continue;
    for (const [field, value] of Object.entries(record.values)) if (sameValue(existing[field], value)) delete record.values[field];
    record.status = Object.keys(record.values).length > 0 ? 'update' : 'unchanged';
  }
}

/** Finds what cannot go in and holds it back with its reason, until what is left can go in together. */
export async function checkPlan(state: PlanState): Promise<void> {
  for (const step of [settleChanges, holdIncomplete, holdDoubles, holdDependents]) {
    step(state);
    await state.world.turn();
  }
  while (await holdRefused(state)) holdDependents(state);
  settleChanges(state);
}
