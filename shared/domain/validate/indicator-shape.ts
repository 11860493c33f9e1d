import type { Indicator } from '../../model/indicator.ts';
import { INDICATOR_FUNCTIONS } from '../../model/tables/data-source.ts';
import { isCondition } from '../condition/condition-shape.ts';
import { isPlainObject } from './plain-json.ts';

const KEYS: ReadonlySet<string> = new Set(['table', 'fn', 'field', 'per', 'matching', 'filter', 'time', 'every', 'whenNone']);
const PACES: ReadonlySet<unknown> = new Set(['daily', 'weekly', 'monthly', 'quarterly']);
const MOST_DAYS = 3_660;

const isOptional = (value: unknown, test: (value: unknown) => boolean): boolean => value === undefined || test(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

function isTime(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  if (value['kind'] === 'open') return isText(value['from']) && isText(value['to']);
  const days = value['days'];
  return value['kind'] === 'during' && isText(value['field']) && Number.isInteger(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS;
}

/** Whether a stored value is shaped like an indicator; whether its table and fields exist is for those who count it. */
export function isIndicator(value: unknown): value is Indicator {
  if (!isPlainObject(value) || Object.keys(value).some((key) => !KEYS.has(key))) return false;
  const { table, fn, field, per, matching, filter, time, every, whenNone } = value;
  return (
    isText(table) &&
    typeof fn === 'string' &&
    Object.hasOwn(INDICATOR_FUNCTIONS, fn) &&
    isOptional(field, isText) &&
    isOptional(per, isText) &&
    isOptional(matching, isCondition) &&
    isOptional(filter, isCondition) &&
    isOptional(time, isTime) &&
    isOptional(every, (pace) => PACES.has(pace)) &&
    isOptional(whenNone, (number) => typeof number === 'number' && Number.isFinite(number))
  );
}
