import { AppError } from '../../errors/app-error.ts';
import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { sameValue } from '../validate/same-value.ts';
import { indexOf, rulesFor, type RuleIndex } from './rule-index.ts';
import type { Change, FieldsToSet, Rule, RuleRun, RunningContext, RunRules } from './rule.ts';

const MAX_ROUNDS = 10;

/**
 * Runs the rules over the changes of one command: fills, then effects, then the same for what they changed until nothing
 * changes any more; at last the checks of everything that changed, on the records as they will be. Throws the first refusal
 * (AppError `rule` or `validation`, details.rule holds the ledger ID).
 */
export const runRules: RunRules = (rules, run) => {
  const steps = ruleSteps(rules, run);
  while (steps.next().done !== true);
};

/** As {@link runRules}, one record a step: a command of 100,000 records lets others have a turn in between. */
export function* ruleSteps(...[rules, run]: Parameters<RunRules>): Generator<void, void, void> {
  const changes: Changes = new Map();
  for (const change of run.changes) {
    keep(changes, change);
    yield;
  }
  // changes lie under their own table's name
  const changeOf = <T extends TableName>(table: T, id: string): Change<T> | undefined =>
    changes.get(table)?.get(id) as Change<T> | undefined;
  const work: Work = {
    index: indexOf(rules),
    apply: run.apply,
    context: { ...run.context, changeOf, puttingBack: run.puttingBack === true },
    changes,
  };
  if (run.parts === 'all') yield* settle(work, run.changes);
  for (const ofTable of changes.values())
    for (const change of ofTable.values()) {
      check(work, change);
      yield;
    }
}

type Changes = Map<TableName, Map<string, Change>>;
type Work = {
  readonly index: RuleIndex;
  readonly apply: RuleRun['apply'];
  readonly context: RunningContext;
  /** Changes by table and ID, the latest state of each. */
  readonly changes: Changes;
};

function keep(changes: Changes, change: Change): void {
  const ofTable = changes.get(change.table);
  if (ofTable) ofTable.set(change.id, change);
  else changes.set(change.table, new Map([[change.id, change]]));
}

function check(work: Work, change: Change): void {
  for (const rule of rulesFor(work.index, change)) {
    const refusal = rule.check?.(work.context, change);
    if (refusal) throw refusal;
  }
}

/** Fills and effects until nothing changes any more. */
function* settle(work: Work, changes: readonly Change[]): Generator<void, void, void> {
  let round = changes;
  for (let rounds = 0; round.length > 0; rounds += 1) {
    if (rounds === MAX_ROUNDS) throw new AppError('internal', `The rules did not come to rest after ${MAX_ROUNDS} rounds.`);
    const filled: Change[] = [];
    for (const change of round) {
      filled.push(fill(work, change));
      yield;
    }
    round = yield* applyEffects(work, filled);
  }
}

function fill(work: Work, given: Change): Change {
  let change = given;
  for (const rule of rulesFor(work.index, change)) {
    const set = rule.fill?.(work.context, change);
    if (set) change = setFields(work, change.table, change.id, set) ?? change;
  }
  return change;
}

/** Applies what the rules want of other records; answers the changes that came of it, each record's once. */
function* applyEffects(work: Work, changes: readonly Change[]): Generator<void, readonly Change[], void> {
  const { context } = work;
  const touched: Changes = new Map();
  const apply = (table: TableName, id: string, set: FieldsToSet): void => {
    // a record that the same command deletes needs nothing any more
    const change = context.view.get(table, id) && setFields(work, table, id, set);
    if (change) keep(touched, change);
  };
  const sums = new Map<Rule, Set<string>>();
  for (const change of changes) {
    for (const rule of rulesFor(work.index, change)) {
      if (rule.effects) for (const { table, id, set } of rule.effects(context, change)) apply(table, id, set);
      if (!rule.recompute) continue;
      const targets = sums.get(rule) ?? new Set();
      for (const id of rule.recompute.targets(context, change)) targets.add(id);
      sums.set(rule, targets);
    }
    yield;
  }
  for (const [{ recompute }, targets] of sums)
    for (const id of targets) {
      const set = recompute && context.view.get(recompute.table, id) ? recompute.values(context, id) : undefined;
      if (recompute && set) apply(recompute.table, id, set);
      yield;
    }
  return [...touched.values()].flatMap((ofTable) => [...ofTable.values()]);
}

/** Sets what differs; the record's change as it is then, undefined where nothing does. */
function setFields(work: Work, table: TableName, id: string, set: FieldsToSet): Change | undefined {
  const row: AnyRow | undefined = work.context.view.get(table, id);
  if (!row) return undefined;
  const { fields } = tableOf(table);
  let differing: Record<string, unknown> | undefined;
  for (const field in set) {
    if (!Object.hasOwn(fields, field)) throw new AppError('internal', `A rule sets ${table}.${field}, which does not exist.`);
    const value = set[field] ?? undefined;
    if (!sameValue(row[field], value)) (differing ??= {})[field] = value;
  }
  const change = differing && work.apply({ table, id, set: differing });
  if (change) keep(work.changes, change);
  return change;
}
