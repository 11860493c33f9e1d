import type { Comparison, Condition, Operator } from '../../model/condition.ts';
import { isTableName, tableOf, type TableName } from '../../model/dictionary.ts';
import type { Field } from '../../model/field.ts';
import { addDays } from '../../util/calendar-days.ts';
import { RECORD_ID } from './record-id.ts';

/**
 * Where the rows that can fulfil a condition lie in the indexes: a superset, of which the condition itself chooses.
 * `keys`: rows whose field has one of the values; `range`: rows whose date field lies within (both ends included);
 * `through`: rows whose reference leads to a row that `plan` finds; `union`: rows of any of the parts.
 */
export type IndexPlan =
  | { readonly kind: 'keys'; readonly field: string; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly field: string; readonly from?: string; readonly to?: string }
  | { readonly kind: 'through'; readonly field: string; readonly table: TableName; readonly plan: IndexPlan }
  | { readonly kind: 'union'; readonly parts: readonly IndexPlan[] };

/** What finds few rows is asked first. */
const COST = { keys: 1, through: 2, range: 3, union: 4 } as const;
const MOST_KEYS = 1_000;

/**
 * Translates what can be translated of a condition into index look-ups, as of a day; undefined: every row must be looked at.
 * A negation, a condition on derived fields, and an `any` with one such part cannot be.
 */
export function planIndexes(condition: Condition, table: TableName, asOf: string): IndexPlan | undefined {
  if ('not' in condition) return undefined;
  if ('all' in condition) {
    const plans = condition.all.map((part) => planIndexes(part, table, asOf)).filter((plan) => plan !== undefined);
    return joinRanges(plans).toSorted((a, b) => COST[a.kind] - COST[b.kind])[0];
  }
  if ('any' in condition) {
    const plans = condition.any.map((part) => planIndexes(part, table, asOf));
    const known = plans.filter((plan) => plan !== undefined);
    return known.length > 0 && known.length === plans.length ? { kind: 'union', parts: known } : undefined;
  }
  return planComparison(condition, condition.field.split('.'), table, asOf);
}

function planComparison(comparison: Comparison, steps: readonly string[], table: TableName, asOf: string): IndexPlan | undefined {
  const [step = '', ...rest] = steps;
  const { fields } = tableOf(table);
  const field: Field | undefined = Object.hasOwn(fields, step) ? fields[step] : undefined;
  if (field === undefined) return undefined;
  if (rest.length > 0) {
    const to = field.kind === 'reference' && field.to !== undefined && isTableName(field.to) ? field.to : undefined;
    const plan = to && planComparison(comparison, rest, to, asOf);
    return to && plan && { kind: 'through', field: step, table: to, plan };
  }
  if (field.kind === 'reference' || field.kind === 'anyReference') return planIds(comparison, step, ['is', 'isOneOf']);
  if (field.kind === 'references') return planIds(comparison, step, ['contains', 'isOneOf']);
  return field.kind === 'date' ? planDays(comparison, step, asOf) : undefined;
}

/** Only whole IDs: what is compared by number or label is found by looking at the rows. */
function planIds({ op, value }: Comparison, field: string, byId: readonly Operator[]): IndexPlan | undefined {
  if (!byId.includes(op)) return undefined;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const ids = values.filter((id): id is string => typeof id === 'string' && RECORD_ID.test(id));
  return ids.length === values.length && ids.length <= MOST_KEYS ? { kind: 'keys', field, values: [...new Set(ids)] } : undefined;
}

function planDays({ op, value }: Comparison, field: string, asOf: string): IndexPlan | undefined {
  if (op === 'withinNextDays' && typeof value === 'number') return { kind: 'range', field, from: asOf, to: addDays(asOf, value) };
  if (op === 'withinLastDays' && typeof value === 'number') return { kind: 'range', field, from: addDays(asOf, -value), to: asOf };
  const day = dayOf(value, asOf);
  if (day === undefined) return undefined;
  if (op === 'is') return { kind: 'range', field, from: day, to: day };
  if (op === 'before' || op === 'onOrBefore') return { kind: 'range', field, to: day };
  return op === 'after' || op === 'onOrAfter' ? { kind: 'range', field, from: day } : undefined;
}

function dayOf(value: Comparison['value'], asOf: string): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && 'daysFromToday' in value ? addDays(asOf, value.daysFromToday) : undefined;
}

/** Several ranges of one field that must all hold are one narrower range. */
function joinRanges(plans: readonly IndexPlan[]): readonly IndexPlan[] {
  const ranges = new Map<string, Extract<IndexPlan, { kind: 'range' }>>();
  for (const plan of plans) {
    if (plan.kind !== 'range') continue;
    const { field } = plan;
    const before = ranges.get(field);
    const from = [before?.from, plan.from]
      .filter((day) => day !== undefined)
      .toSorted()
      .at(-1);
    const to = [before?.to, plan.to].filter((day) => day !== undefined).toSorted()[0];
    ranges.set(field, { kind: 'range', field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
  }
  return [...plans.filter(({ kind }) => kind !== 'range'), ...ranges.values()];
}
