import type { AnyRow, TableName } from '../../model/dictionary.ts';
import { sameValue } from '../validate/same-value.ts';
import type { Action, AnyRule, Change, Rule } from './rule.ts';

type Slot = {
  readonly rules: readonly Rule[];
  /** Rules that watch certain fields: their updates are told apart. */
  readonly watchful: boolean;
};
export type RuleIndex = ReadonlyMap<TableName, ReadonlyMap<Action, Slot>>;

const indexes = new WeakMap<readonly AnyRule[], RuleIndex>();

/** Rules by table and action, worked out once for a list of rules. */
export function indexOf(rules: readonly AnyRule[]): RuleIndex {
  const known = indexes.get(rules);
  if (known) return known;
  const lists = new Map<TableName, Map<Action, Rule[]>>();
  for (const rule of rules)
    for (const action of rule.on) {
      const actions = lists.get(rule.table) ?? new Map<Action, Rule[]>();
      lists.set(rule.table, actions);
      // found by the table of the change, so a rule only ever sees changes of its own table
      actions.set(action, [...(actions.get(action) ?? []), rule as unknown as Rule]);
    }
  const slot = (list: readonly Rule[]): Slot => ({ rules: list, watchful: list.some(({ fields }) => fields !== undefined) });
  const index = new Map([...lists].map(([table, actions]) => [table, new Map([...actions].map(([action, list]) => [action, slot(list)]))]));
  indexes.set(rules, index);
  return index;
}

const NONE: readonly Rule[] = [];

/** The rules that a change concerns; of an update only those that watch a field which differs. */
export function rulesFor(index: RuleIndex, change: Change): readonly Rule[] {
  const slot = index.get(change.table)?.get(change.action);
  if (!slot) return NONE;
  if (change.action !== 'update' || !slot.watchful) return slot.rules;
  return slot.rules.filter(({ fields }) => fields === undefined || fields.some((field) => differs(change, field)));
}

/** Whether a change gives a field another value; true for a field with a value in a new or deleted record. */
export function differs(change: Change, field: string): boolean {
  const before: AnyRow | undefined = change.before;
  const after: AnyRow | undefined = change.after;
  return !sameValue(before?.[field], after?.[field]);
}
