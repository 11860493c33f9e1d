import type { AppError } from '../../../errors/app-error.ts';
import { tableOf, type AnyRow, type Row, type TableName } from '../../../model/dictionary.ts';
import { firstRefusal } from '../../rules/first-refusal.ts';
import { allRules } from '../../rules/index.ts';
import type { Change, Rule, RunningContext } from '../../rules/rule.ts';
import { sameValue } from '../../validate/same-value.ts';
import type { ReadView } from '../../view.ts';
import { importTables } from '../import-fields.ts';
import { endingOf } from './ending.ts';
import type { PlanState } from './fill-records.ts';
import type { PlannedRecord } from './plan-types.ts';

export type Refused = { readonly record: PlannedRecord; readonly refusal: AppError };

/** Missing and double values are found by the plan itself, with better words for a file. */
const CHECKED_BEFORE = 'BR-01';

// a rule is only ever given changes of its own table
const rulesByTable = Map.groupBy(
  (allRules as unknown as readonly Rule[]).filter(({ id, check }) => check !== undefined && id !== CHECKED_BEFORE),
  ({ table }) => table,
);

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

const isChanged = ({ held, existing, values }: PlannedRecord) => !held && (existing === undefined || Object.keys(values).length > 0);

/** Rows of planned records as the store will make them, but for what the store itself keeps; made when they are looked at. */
function rowMaker(): (record: PlannedRecord) => AnyRow {
  const made = new Map<PlannedRecord, AnyRow>();
  return (record) => {
    let row = made.get(record);
    if (row === undefined) {
      const { closureCode, closeNotes } = endingOf(record) ?? {};
      const ended = closureCode === undefined ? {} : { closureCode, closeNotes, active: false };
      row = { ...defaultsOf(record.table), ...record.existing, ...record.values, ...ended, id: record.id } as AnyRow; // see above
      made.set(record, row);
    }
    return row;
  };
}

/** What a rule may look at: the stored records with the planned ones on top. */
function planView(state: PlanState, rowOf: (record: PlannedRecord) => AnyRow): ReadView {
  const base = state.world.view;
  const indexes = new Map<string, ReadonlyMap<string, PlannedRecord[]>>();
  const changed = (table: TableName, id: string): PlannedRecord | undefined => {
    const record = state.tables(table).byId.get(id);
    return record !== undefined && isChanged(record) ? record : undefined;
  };
  const plannedBy = (table: TableName, field: string): ReadonlyMap<string, PlannedRecord[]> => {
    const path = `${table}.${field}`;
    const known = indexes.get(path);
    if (known !== undefined) return known;
    const index = new Map<string, PlannedRecord[]>();
    for (const record of state.tables(table).records) {
      if (!isChanged(record)) continue;
      const value = record.values[field] ?? record.existing?.[field];
      const keys: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const key of keys) {
        if (typeof key !== 'string') continue;
        const list = index.get(key);
        if (list === undefined) index.set(key, [record]);
        else list.push(record);
      }
    }
    indexes.set(path, index);
    return index;
  };
  // planned records lie under their own table's name, so each row is of the table that is asked for
  const typed = <T extends TableName>(_table: T, record: PlannedRecord) => rowOf(record) as Row<T>;
  return {
    get: (table, id) => {
      const record = changed(table, id);
      return record === undefined ? base.get(table, id) : typed(table, record);
    },
    all: function* <T extends TableName>(table: T): Iterable<Row<T>> {
      for (const row of base.all(table)) if (changed(table, row.id) === undefined) yield row;
      for (const record of state.tables(table).records) if (isChanged(record)) yield typed(table, record);
    },
    count: (table) => base.count(table),
    by: (table, field, value) => {
      const stored = base.by(table, field, value).filter(({ id }) => changed(table, id) === undefined);
      const planned = plannedBy(table, field).get(value) ?? [];
      return [...stored, ...planned.map((record) => typed(table, record))];
    },
  };
}

/** Whether a rule may have something to say on a record: on a new one only where a field that it watches is filled. */
function concerns(rule: Rule, { existing, values, table }: PlannedRecord): boolean {
  if (!rule.on.includes(existing === undefined ? 'create' : 'update')) return false;
  const { fields } = rule;
  if (fields === undefined) return true;
  if (existing !== undefined) return fields.some((field) => values[field] !== undefined && !sameValue(existing[field], values[field]));
  return fields.some((field) => values[field] !== undefined || defaultsOf(table)[field] !== undefined);
}

/**
 * The records of a plan that a business rule would refuse when they go in, each with the first refusal. A rule that only says
 * something on a field which the record leaves empty is not asked; the store asks all of them again.
 */
export async function refusalsOf(state: PlanState): Promise<readonly Refused[]> {
  const { asOf, currency, timeZone, onboardingMandatory } = state.world;
  const rowOf = rowMaker();
  const changeOf = (table: TableName, id: string): Change | undefined => {
    const record = state.tables(table).byId.get(id);
    if (record === undefined || !isChanged(record)) return undefined;
    const { existing } = record;
    return { table, id, action: existing === undefined ? 'create' : 'update', before: existing, after: rowOf(record) } as Change; // seen generically
  };
  // changes lie under their own table's name
  const context = {
    view: planView(state, rowOf),
    asOf,
    settings: { currency, timeZone, onboardingMandatory },
    changeOf,
  } as RunningContext;
  const refused: Refused[] = [];
  for (const table of importTables) {
    const rules = rulesByTable.get(table) ?? [];
    for (const [index, record] of (rules.length === 0 ? [] : state.tables(table).records).entries()) {
      if (index % 1024 === 1023) await state.world.turn();
      if (!isChanged(record)) continue;
      const change = rules.some((rule) => concerns(rule, record)) ? changeOf(table, record.id) : undefined;
      const refusal = change && firstRefusal(allRules, context, change);
      if (refusal !== undefined) refused.push({ record, refusal });
    }
  }
  return refused;
}
