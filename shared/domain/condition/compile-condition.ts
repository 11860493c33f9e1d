import { AppError } from '../../errors/app-error.ts';
import type { Comparison, Condition, Operator } from '../../model/condition.ts';
import { refsIn } from '../../model/any-reference.ts';
import type { AnyRow, TableName } from '../../model/dictionary.ts';
import type { JournalEntry, Money } from '../../model/field.ts';
import { addDays } from '../../util/calendar-days.ts';
import type { DerivedTables } from '../derived/derived-field.ts';
import type { FieldPath } from '../derived/field-path.ts';
import { labelOf } from '../labels/record-label.ts';
import { comparableUnits } from '../money-rates.ts';
import type { ReadView } from '../view.ts';
import { checkedField } from './check-comparison.ts';
import { isCondition } from './condition-shape.ts';
import { FAMILY } from './operators.ts';
import { RECORD_ID } from './record-id.ts';

export type Predicate = (row: AnyRow, view: ReadView, asOf: string) => boolean;
/** Tests a present value of a field. */
type Test = (value: unknown, view: ReadView, asOf: string) => boolean;

/**
 * Turns a condition into a function of row, view and today (`YYYY-MM-DD`). Two-valued: an empty field fulfils no comparison
 * but `is empty`, and every `is not …` is exactly the contrary of its positive. Text ignores case; a window of the next days
 * holds today and the last day, one of the last days holds today but not the day the window began before (scoring.md: (from, to]).
 * Throws AppError `validation` naming a field, operator or value that does not fit. `more`: further derived fields.
 */
export function compileCondition(condition: Condition, table: TableName, more?: DerivedTables): Predicate {
  if (!isCondition(condition))
    throw new AppError('validation', 'This is not a condition that can be evaluated. Build it again.', { table });
  return compiled(condition, table, more);
}

function compiled(condition: Condition, table: TableName, more: DerivedTables | undefined): Predicate {
  if ('all' in condition) {
    const parts = condition.all.map((part) => compiled(part, table, more));
    return (row, view, asOf) => parts.every((part) => part(row, view, asOf));
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => compiled(part, table, more));
    return (row, view, asOf) => parts.some((part) => part(row, view, asOf));
  }
  if ('not' in condition) {
    const part = compiled(condition.not, table, more);
    return (row, view, asOf) => !part(row, view, asOf);
  }
  return compileComparison(condition, checkedField(table, condition, more));
}

function compileComparison(comparison: Comparison, field: FieldPath): Predicate {
  const { read, kind } = field;
  const { op } = comparison;
  if (op === 'isEmpty') return (row, view, asOf) => isEmpty(read(row, view, asOf));
  if (op === 'isNotEmpty') return (row, view, asOf) => !isEmpty(read(row, view, asOf));
  const positive = CONTRARY[op];
  if (positive) {
    const part = compileComparison({ ...comparison, op: positive }, field);
    return (row, view, asOf) => !part(row, view, asOf);
  }
  // a box that nobody ticked is no
  if (kind === 'boolean') return (row, view, asOf) => (read(row, view, asOf) ?? false) === comparison.value;
  const test = testOf(comparison, field);
  return (row, view, asOf) => {
    const value = read(row, view, asOf);
    return !isEmpty(value) && test(value, view, asOf);
  };
}

const CONTRARY: { readonly [O in Comparison['op']]?: Comparison['op'] } = { isNot: 'is', isNoneOf: 'isOneOf', doesNotContain: 'contains' };

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function testOf(comparison: Comparison, field: FieldPath): Test {
  const { kind } = field;
  switch (FAMILY[kind]) {
    case 'amount':
      // a stored value of a money field is Money, of the others a number
      return numberTest(comparison, (value, view) => (kind === 'money' ? comparableUnits(value as Money, view) : Number(value)));
    case 'day':
      return dayTest(comparison);
    case 'choice':
      return choiceTest(comparison);
    case 'reference':
      return referenceTest(comparison, field);
    case 'references': {
      const one = referenceTest({ ...comparison, op: comparison.op === 'contains' ? 'is' : 'isOneOf' }, field);
      return (value, view, asOf) => (value as readonly string[]).some((id) => one(id, view, asOf)); // the stored value of a references field
    }
    case 'tags': {
      const wanted = lowers(comparison);
      return (value) => (value as readonly string[]).some((tag) => wanted.includes(tag.toLowerCase())); // the stored value of a tags field
    }
    case 'journal': {
      const [wanted = ''] = lowers(comparison);
      return (value) => (value as readonly JournalEntry[]).some((entry) => entry.text.toLowerCase().includes(wanted)); // the stored value of a journal
    }
    case 'text':
    case 'boolean':
    case 'opaque':
      return textTest(comparison, (value) => (typeof value === 'string' ? value : ''));
  }
}

const listOf = (comparison: Comparison): readonly unknown[] => (Array.isArray(comparison.value) ? comparison.value : [comparison.value]);
const lowers = (comparison: Comparison): readonly string[] => listOf(comparison).map((text) => String(text).toLowerCase());

function textTest({ op, ...comparison }: Comparison, textOf: (value: unknown, view: ReadView) => string): Test {
  const wanted = lowers({ op, ...comparison });
  const [first = ''] = wanted;
  if (op === 'contains') return (value, view) => textOf(value, view).toLowerCase().includes(first);
  if (op === 'startsWith') return (value, view) => textOf(value, view).toLowerCase().startsWith(first);
  const set = new Set(wanted);
  return (value, view) => set.has(textOf(value, view).toLowerCase());
}

function choiceTest(comparison: Comparison): Test {
  const wanted = new Set(listOf(comparison));
  return (value) => wanted.has(value);
}

/** A reference is compared by ID (of any type: by `table/ID`); where the value is none, by the number or label of the record that it leads to. */
function referenceTest(comparison: Comparison, field: FieldPath): Test {
  const target = (value: unknown, view: ReadView): { readonly table: TableName; readonly row: AnyRow } | undefined => {
    const [ref] = refsIn(field, value);
    const row: AnyRow | undefined = ref && view.get(ref.table, ref.id);
    return ref && row && { table: ref.table, row };
  };
  const label = (value: unknown, view: ReadView): string => {
    const found = target(value, view);
    return found === undefined ? '' : labelOf(found.table, found.row, view);
  };
  const byLabel = textTest(comparison, label);
  if (comparison.op === 'contains' || comparison.op === 'startsWith') return byLabel;
  const wanted = new Set(listOf(comparison));
  if ([...wanted].every((id) => typeof id === 'string' && RECORD_ID.test(id))) return (value) => wanted.has(value);
  const numbers = new Set(lowers(comparison));
  return (value, view, asOf) => {
    if (wanted.has(value)) return true;
    const number = target(value, view)?.row.number;
    return (number !== undefined && numbers.has(number.toLowerCase())) || byLabel(value, view, asOf);
  };
}

const AMOUNTS: { readonly [O in Operator]?: (value: number, limit: number) => boolean } = {
  below: (value, limit) => value < limit,
  atMost: (value, limit) => value <= limit,
  above: (value, limit) => value > limit,
  atLeast: (value, limit) => value >= limit,
};

function numberTest(comparison: Comparison, numberOf: (value: unknown, view: ReadView) => number): Test {
  const wanted = listOf(comparison).map(Number);
  const [limit = Number.NaN] = wanted;
  const compare = AMOUNTS[comparison.op];
  return compare ? (value, view) => compare(numberOf(value, view), limit) : (value, view) => wanted.includes(numberOf(value, view));
}

/** Days compare as text. `day` is the operand's day, `asOf` today. */
const DAYS: { readonly [O in Operator]?: (value: string, day: string, asOf: string) => boolean } = {
  is: (value, day) => value === day,
  before: (value, day) => value < day,
  onOrBefore: (value, day) => value <= day,
  after: (value, day) => value > day,
  onOrAfter: (value, day) => value >= day,
  withinNextDays: (value, day, asOf) => value >= asOf && value <= day,
  withinLastDays: (value, day, asOf) => value > day && value <= asOf,
};

function dayTest({ op, value: wanted }: Comparison): Test {
  const dayOn = dayFrom(op === 'withinLastDays' ? -Number(wanted) : wanted);
  const compare = DAYS[op];
  if (!compare) throw new AppError('internal', `There is no comparison of days called ${op}.`);
  // an instant counts as its UTC day (scoring.md)
  return (value, _view, asOf) => typeof value === 'string' && compare(value.slice(0, 10), dayOn(asOf), asOf);
}

/** The day an operand means on a given today; the last answer is kept, as all rows of a list ask with the same today. */
function dayFrom(wanted: Comparison['value']): (asOf: string) => string {
  if (typeof wanted === 'string') return () => wanted;
  const days =
    typeof wanted === 'number' ? wanted : typeof wanted === 'object' && 'daysFromToday' in wanted ? wanted.daysFromToday : undefined;
  if (days === undefined) throw new AppError('internal', 'A date was compared with something that is no date.');
  let today = '';
  let day = '';
  return (asOf) => {
    if (asOf !== today) {
      day = addDays(asOf, days);
      today = asOf;
    }
    return day;
  };
}
