import { tableNames, tableOf, type AnyRow } from '../../model/dictionary.ts';
import { missingError } from '../validate/missing.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';
import { differs } from './rule-index.ts';

/**
 * BR-01 on the finished record: what the dictionary declares mandatory has a value. Of a record that existed before, only
 * fields that this change emptied are refused, so that old records stay editable when a field becomes mandatory.
 */
export const mandatoryRules: readonly AnyRule[] = tableNames.flatMap((table) => {
  const mandatory = Object.entries(tableOf(table).fields).filter(([, field]) => field.isMandatory);
  if (mandatory.length === 0) return [];
  const check = rule('BR-01', table, SAVED, {
    check: (_context, change) => {
      const row: AnyRow | undefined = change.after;
      if (!row || mandatory.every(([key]) => row[key] !== undefined)) return undefined;
      const missing = mandatory.filter(([key]) => row[key] === undefined && (change.before === undefined || differs(change, key)));
      return missing.length > 0 ? missingError(table, row, missing) : undefined;
    },
  });
  return [check as AnyRule]; // made for this very table
});
