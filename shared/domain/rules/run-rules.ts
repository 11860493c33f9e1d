import { AppError } from '../../errors/app-error.ts';
import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { sameValue } from '../validate/same-value.ts';
import type { AnyRule, Change, FieldsToSet, Rule, RuleRun, RunningContext, RunRules } from './rule.ts';

const MAX_ROUNDS = 10;

/**
 * Runs the rules over the changes of one command: fills, then effects, then the same for what they changed until nothing
 * changes any more; at last the checks of everything that changed, on the records as they will be. Throws the first refusal
 * (AppError `rule` or `validation`, details.rule holds the ledger ID).
 */
export const runRules: RunRules = (rules, run) => {
  const all = new Map<string, Change>();
  // changes lie under their own table's name
  const changeOf = <T extends TableName>(table: T, id: string): Change<T> | undefined => all.get(keyOf(table, id)) as Change<T> | undefined;
  const context: RunningContext = { ...run.context, changeOf };
  const work: Work = { index: indexed(rules), run: { ...run, context }, all };
  for (const change of run.changes) work.all.set(keyOf(change.table, change.id), change);
  if (run.parts === 'all') {
    let round: readonly string[] = [...work.all.keys()];
    for (let rounds = 0; round.length > 0; rounds += 1) {
      if (rounds === MAX_ROUNDS) throw new AppError('internal', `The rules did not come to rest after ${MAX_ROUNDS} rounds.`);
      fillAll(work, round);
      round = applyEffects(work, round);
    }
  }
  for (const change of work.all.values())
    for (const rule of rulesFor(work, change)) {
      const refusal = rule.check?.(context, change);
      if (refusal) throw refusal;
    }
};

type Work = {
  readonly index: RuleIndex;
  readonly run: RuleRun & { readonly context: RunningContext };
  /** Changes by table and ID, the latest state of each. */
  readonly all: Map<string, Change>;
};
type RuleIndex = ReadonlyMap<string, readonly Rule[]>;

const indexes = new WeakMap<readonly AnyRule[], RuleIndex>();

/** Rules by table and action, worked out once for a list of rules. */
function indexed(rules: readonly AnyRule[]): RuleIndex {
  const known = indexes.get(rules);
  if (known) return known;
  const index = new Map<string, Rule[]>();
  for (const rule of rules)
    for (const action of rule.on) {
      const key = keyOf(rule.table, action);
      const list = index.get(key) ?? [];
      list.push(rule as unknown as Rule); // found by the table of the change, so a rule only ever sees changes of its own table
      index.set(key, list);
    }
  indexes.set(rules, index);
  return index;
}

const NO_RULES: readonly Rule[] = [];
const keyOf = (table: TableName, id: string): string => `${table} ${id}`;

/** The rules that a change concerns; of an update only those that watch a field which differs. */
function rulesFor(work: Work, change: Change): readonly Rule[] {
  const rules = work.index.get(keyOf(change.table, change.action)) ?? NO_RULES;
  if (change.action !== 'update') return rules;
  return rules.filter(({ fields }) => fields === undefined || fields.some((field) => differs(change, field)));
}

/** Whether a change gives a field another value; true for a field with a value in a new or deleted record. */
export function differs(change: Change, field: string): boolean {
  const before: AnyRow | undefined = change.before;
  const after: AnyRow | undefined = change.after;
  return !sameValue(before?.[field], after?.[field]);
}

function fillAll(work: Work, keys: readonly string[]): void {
  for (const key of keys) {
    const first = work.all.get(key);
    if (!first) continue;
    let change = first;
    for (const rule of rulesFor(work, change)) {
      const set = rule.fill?.(work.run.context, change);
      if (set) change = setFields(work, change.table, change.id, set) ?? change;
    }
  }
}

/** Applies what the rules want of other records; answers the keys of those that it changed. */
function applyEffects(work: Work, keys: readonly string[]): readonly string[] {
  const { context } = work.run;
  const touched = new Set<string>();
  const apply = (table: TableName, id: string, set: FieldsToSet): void => {
    // a record that the same command deletes needs nothing any more
    if (context.view.get(table, id) && setFields(work, table, id, set)) touched.add(keyOf(table, id));
  };
  const sums = new Map<Rule, Set<string>>();
  for (const key of keys) {
    const change = work.all.get(key);
    if (!change) continue;
    for (const rule of rulesFor(work, change)) {
      for (const { table, id, set } of rule.effects?.(context, change) ?? []) apply(table, id, set);
      if (!rule.recompute) continue;
      const targets = sums.get(rule) ?? new Set();
      for (const id of rule.recompute.targets(context, change)) targets.add(id);
      sums.set(rule, targets);
    }
  }
  for (const [{ recompute }, targets] of sums)
    for (const id of targets) {
      const set = recompute && context.view.get(recompute.table, id) ? recompute.values(context, id) : undefined;
      if (recompute && set) apply(recompute.table, id, set);
    }
  return [...touched];
}

/** Sets what differs; the record's change as it is then, undefined where nothing does. */
function setFields(work: Work, table: TableName, id: string, set: FieldsToSet): Change | undefined {
  const row: AnyRow | undefined = work.run.context.view.get(table, id);
  if (!row) return undefined;
  const differing: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(set)) {
    if (!Object.hasOwn(tableOf(table).fields, field))
      throw new AppError('internal', `A rule sets ${table}.${field}, which does not exist.`);
    if (!sameValue(row[field], value ?? undefined)) differing[field] = value ?? undefined;
  }
  if (Object.keys(differing).length === 0) return undefined;
  const change = work.run.apply({ table, id, set: differing });
  if (change) work.all.set(keyOf(table, id), change);
  return change;
}
