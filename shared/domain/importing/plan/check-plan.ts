import { tableOf, type AnyRow, type Row, type TableName } from '../../../model/dictionary.ts';
import { importTables } from '../import-fields.ts';
import { allRules } from '../../rules/index.ts';
import { firstRefusal } from '../../rules/first-refusal.ts';
import type { Change, RunningContext } from '../../rules/rule.ts';
import { sameValue } from '../../validate/same-value.ts';
import type { ReadView } from '../../view.ts';
import { lacking, nameOf, valueOf } from './derive.ts';
import { endingOf } from './ending.ts';
import { typeName, type PlanState } from './fill-records.ts';
import type { PlannedRecord } from './plan-types.ts';

const SYSTEM = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', rev: 0 } as const;

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

function holdIncomplete(state: PlanState): void {
  for (const record of allRecords(state)) {
    // no row of it was good
    if (record.origin === 'row' && record.row < 0) record.held = true;
    if (record.held || record.existing !== undefined) continue;
    const missing = Object.entries(tableOf(record.table).fields).filter(
      ([key, field]) => field.isMandatory && field.default === undefined && record.values[key] === undefined,
    );
    if (missing.length > 0)
      hold(
        state,
        record,
        missing[0]?.[0],
        lacking(
          record.table,
          missing.map(([, { label }]) => label),
        ),
      );
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
  for (let again = true; again;) {
    again = false;
    for (const record of allRecords(state)) {
      if (record.held) continue;
      for (const [key, field] of Object.entries(tableOf(record.table).fields)) {
        const id = record.values[key];
        if (field.kind !== 'reference' || field.to === undefined || typeof id !== 'string') continue;
        const target = state.tables(field.to as TableName).byId.get(id); // the dictionary names tables
        if (target === undefined || !target.held || target.existing !== undefined) continue;
        const name = nameOf(state, target.table, id);
        const what = name === undefined ? field.label : `${field.label} “${name}”`;
        again = true;
        if (field.isMandatory) {
          hold(state, record, key, `${what} is held back, so this row waits too.`);
          break;
        }
        delete record.values[key];
        if (record.row >= 0)
          state.problems.add(
            record.sheet,
            record.row,
            columnOf(state, record, key),
            'warning',
            `${what} is held back; the field stays empty.`,
          );
      }
    }
  }
}

/** What a rule may look at: the stored records with the planned ones on top. */
function planView(state: PlanState, rows: ReadonlyMap<TableName, ReadonlyMap<string, AnyRow>>): ReadView {
  const base = state.world.view;
  const indexes = new Map<string, ReadonlyMap<string, AnyRow[]>>();
  const plannedBy = (table: TableName, field: string): ReadonlyMap<string, AnyRow[]> => {
    const path = `${table}.${field}`;
    const known = indexes.get(path);
    if (known !== undefined) return known;
    const index = new Map<string, AnyRow[]>();
    for (const row of rows.get(table)?.values() ?? []) {
      const value = row[field];
      const keys: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const key of keys) {
        if (typeof key !== 'string') continue;
        const list = index.get(key);
        if (list === undefined) index.set(key, [row]);
        else list.push(row);
      }
    }
    indexes.set(path, index);
    return index;
  };
  // rows lie under their own table's name, so each is a row of the table that is asked for
  return {
    get: (table, id) => (rows.get(table)?.get(id) as Row<typeof table> | undefined) ?? base.get(table, id),
    all: function* <T extends TableName>(table: T): Iterable<Row<T>> {
      const planned = rows.get(table);
      for (const row of base.all(table)) if (planned?.has(row.id) !== true) yield row;
      for (const row of planned?.values() ?? []) yield row as Row<T>;
    },
    count: (table) => base.count(table),
    by: (table, field, value) => {
      const planned = rows.get(table);
      const stored = base.by(table, field, value);
      if (planned === undefined) return stored;
      const own = (plannedBy(table, field).get(value) ?? []) as readonly AnyRow[] as never[];
      return [...stored.filter(({ id }) => !planned.has(id)), ...own];
    },
  };
}

/** Holds records back that a business rule would refuse, so that they do not stand in the way of the others. */
async function holdRefused(state: PlanState): Promise<boolean> {
  const { world } = state;
  const rows = new Map<TableName, Map<string, AnyRow>>();
  const changes = new Map<string, Change>();
  const going: { record: PlannedRecord; change: Change }[] = [];
  for (const record of allRecords(state)) {
    const isChanged = record.existing === undefined || Object.keys(record.values).length > 0;
    if (record.held || !isChanged) continue;
    const { closureCode, closeNotes } = endingOf(record) ?? {};
    const ended = closureCode === undefined ? {} : { closureCode, closeNotes, active: false };
    const after = { ...SYSTEM, ...defaultsOf(record.table), ...record.existing, ...record.values, ...ended, id: record.id } as AnyRow; // as the store will make it
    const list = rows.get(record.table) ?? new Map<string, AnyRow>();
    rows.set(record.table, list.set(record.id, after));
    const change = {
      table: record.table,
      id: record.id,
      action: record.existing === undefined ? 'create' : 'update',
      before: record.existing,
      after,
    } as Change; // seen generically
    changes.set(`${record.table} ${record.id}`, change);
    going.push({ record, change });
  }
  const { asOf, currency, timeZone, onboardingMandatory } = world;
  const context = {
    view: planView(state, rows),
    asOf,
    settings: { currency, timeZone, onboardingMandatory },
    changeOf: (table: TableName, id: string) => changes.get(`${table} ${id}`),
    puttingBack: false,
  } as RunningContext; // changes lie under their own table's name
  let found = false;
  for (const [index, { record, change }] of going.entries()) {
    if (index % 2048 === 2047) await world.turn();
    const refusal = firstRefusal(allRules, context, change);
    if (refusal === undefined) continue;
    found = true;
    hold(state, record, refusal.details.field, refusal.message);
  }
  return found;
}

const defaults = new Map<TableName, Readonly<Record<string, unknown>>>();
function defaultsOf(table: TableName): Readonly<Record<string, unknown>> {
  let known = defaults.get(table);
  if (known === undefined) {
    known = Object.fromEntries(
      Object.entries(tableOf(table).fields).flatMap(([key, field]) => (field.default === undefined ? [] : [[key, field.default]])),
    );
    defaults.set(table, known);
  }
  return known;
}

/** Drops from a change what the stored record has already; says what is created, updated, unchanged. */
function settleChanges(state: PlanState): void {
  for (const record of allRecords(state)) {
    const { existing } = record;
    if (existing === undefined) continue;
    for (const [field, value] of Object.entries(record.values)) if (sameValue(existing[field], value)) delete record.values[field];
    record.status = Object.keys(record.values).length > 0 ? 'update' : 'unchanged';
  }
}

/** Finds what cannot go in and holds it back with its reason, until what is left can go in together. */
export async function checkPlan(state: PlanState): Promise<void> {
  settleChanges(state);
  holdIncomplete(state);
  holdDoubles(state);
  holdDependents(state);
  while (await holdRefused(state)) holdDependents(state);
  settleChanges(state);
}
