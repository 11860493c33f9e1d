import { isTableName, tableOf } from '../../model/dictionary.ts';
import type { Indicator } from '../../model/indicator.ts';
import { fieldsOf } from '../derived/field-path.ts';

/**
 * The unit of measurement that follows from an indicator (BR-27): the records counted, percent, points of a promoter score,
 * else the unit of its field; money is in the workspace's currency. Undefined where nothing follows.
 */
export function unitOf({ table, fn, field }: Indicator, currency: string): string | undefined {
  if (fn === 'share' || fn === 'ratio') return '%';
  if (fn === 'npsScore') return 'points';
  if (!isTableName(table)) return undefined;
  if (fn === 'count') return tableOf(table).plural.toLowerCase();
  const fields = fieldsOf(table);
  const info = field !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (info?.kind === 'money') return currency;
  return info?.kind === 'percent' ? '%' : info?.unit;
}
