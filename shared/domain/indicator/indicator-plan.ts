import { AppError } from '../../errors/app-error.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { Money } from '../../model/field.ts';
import type { Indicator } from '../../model/indicator.ts';
import { fieldsIn, refuseCircular } from '../condition/computed-in.ts';
import { compileCondition, type Predicate } from '../condition/compile-condition.ts';
import { dueTables } from '../derived/due-fields.ts';
import { fieldAt } from '../derived/field-path.ts';
import { comparableUnits } from '../money-rates.ts';
import type { ReadView } from '../view.ts';
import { dependsOnToday } from './depends-on-today.ts';
import type { Breakdown } from './source-records.ts';

/** Reads a number of a record on a day; NaN where the field is empty. */
export type NumberReader = {
  /** Changes with the day although the record does not: a derived field. */
  readonly daily: boolean;
  /** Falls by one each day: days until a stored date. Read on any day, it is known for all. */
  readonly countdown: boolean;
  readonly read: (row: AnyRow, view: ReadView, asOf: string) => number;
};
export type Filter = { readonly daily: boolean; readonly passes: Predicate };

/** An indicator made ready to be counted: fields found, conditions compiled. */
export type IndicatorPlan = {
  readonly table: TableName;
  readonly fn: Indicator['fn'];
  readonly value: NumberReader | undefined;
  readonly per: NumberReader | undefined;
  readonly filter: Filter | undefined;
  readonly matching: Filter | undefined;
  readonly time: Indicator['time'];
  readonly whenNone: number;
  /** Field of the counted record that names the source record; absent: the counted record is the source record. */
  readonly keyField: string | undefined;
};

/** Why a data source cannot count health. */
const CIRCULAR = 'health is worked out from data sources';

/** Derived fields that are days until a stored date: they fall by one a day. */
export const COUNTDOWNS: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  ...Object.fromEntries(Object.keys(dueTables).map((table) => [table, ['daysRemaining']])),
  opportunity: ['daysRemaining'],
  contract: ['daysToRenewal', 'daysRemaining'],
};

/** Whether the value falls by one a day: the least and the greatest of countdowns do, a sum or mean of them is no staircase. */
export function fallsEvenly({ value, fn, whenNone }: IndicatorPlan): boolean {
  return value?.countdown === true && (fn === 'min' || fn === 'max') && Number.isNaN(whenNone);
}

/** Makes an indicator ready. Throws AppError `validation` naming what does not fit: table, field, function, breakdown. */
export function planIndicator(indicator: Indicator, breakdown: Breakdown): IndicatorPlan {
  const { fn, time } = indicator;
  if (!isTableName(indicator.table)) throw wrong(`There is no record type “${indicator.table}”.`);
  const table = indicator.table;
  const needsValue = fn !== 'count' && fn !== 'share';
  if (needsValue && indicator.field === undefined) throw wrong(`Choose the field to be counted of ${tableOf(table).plural.toLowerCase()}.`);
  if (fn === 'ratio' && indicator.per === undefined) throw wrong('Choose the field that the ratio is taken of.');
  if (fn === 'share' && indicator.matching === undefined) throw wrong('Choose which records the share counts.');
  for (const field of daysOf(time)) checkDay(table, field);
  return {
    table,
    fn,
    time,
    value: needsValue && indicator.field !== undefined ? numberReader(table, indicator.field) : undefined,
    per: fn === 'ratio' && indicator.per !== undefined ? numberReader(table, indicator.per) : undefined,
    filter: filterOf(table, indicator.filter),
    matching: fn === 'share' ? filterOf(table, indicator.matching) : undefined,
    whenNone: indicator.whenNone ?? Number.NaN,
    keyField: keyFieldOf(table, breakdown),
  };
}

function daysOf(time: Indicator['time']): readonly string[] {
  if (!time) return [];
  return time.kind === 'during' ? [time.field] : [time.from, time.to];
}

function checkDay(table: TableName, field: string): void {
  const { kind, label } = fieldAt(table, field);
  if ((kind !== 'date' && kind !== 'instant') || field.includes('.'))
    throw wrong(`“${label}” is not a date of ${tableOf(table).plural.toLowerCase()}.`, field);
}

function filterOf(table: TableName, condition: Indicator['filter']): Filter | undefined {
  if (condition) refuseCircular(fieldsIn(condition), table, CIRCULAR);
  return condition && { daily: dependsOnToday(condition, table), passes: compileCondition(condition, table) };
}

function numberReader(table: TableName, path: string): NumberReader {
  refuseCircular([path], table, CIRCULAR);
  const { kind, label, derived, read } = fieldAt(table, path);
  const daily = derived === true;
  const countdown = COUNTDOWNS[table]?.includes(path) === true;
  if (kind === 'money') {
    return {
      daily,
      countdown,
      read: (row, view, asOf) => {
        const value = read(row, view, asOf);
        return value === undefined ? Number.NaN : comparableUnits(value as Money, view); // the value of a money field
      },
    };
  }
  if (kind !== 'number' && kind !== 'integer' && kind !== 'percent') throw wrong(`“${label}” is not a number.`, path);
  return {
    daily,
    countdown,
    read: (row, view, asOf) => {
      const value = read(row, view, asOf);
      return typeof value === 'number' ? value : Number.NaN;
    },
  };
}

/** The reference by which records of a table belong to a record of the breakdown. */
function keyFieldOf(table: TableName, breakdown: Breakdown): string | undefined {
  if (table === breakdown) return undefined;
  const fields = Object.entries(tableOf(table).fields).filter(([, field]) => field.kind === 'reference' && field.to === breakdown);
  const [name] = fields.find(([key]) => key === breakdown) ?? fields[0] ?? [];
  if (name === undefined) {
    const { plural } = tableOf(table);
    throw wrong(`${plural} do not name ${article(tableOf(breakdown).label)}. Break the figure down by account instead.`);
  }
  return name;
}

const article = (label: string): string => `${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label.toLowerCase()}`;
const wrong = (message: string, field?: string): AppError => new AppError('validation', message, field === undefined ? {} : { field });
