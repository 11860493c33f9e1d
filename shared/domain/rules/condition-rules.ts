import { AppError } from '../../errors/app-error.ts';
import type { Condition } from '../../model/condition.ts';
import { isTableName, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { compileCondition } from '../condition/compile-condition.ts';
import { fieldsIn, refuseCircular } from '../condition/computed-in.ts';
import { HEALTH_IS_CIRCULAR } from '../health/definition-choice.ts';
import { nameOf, sentence } from './refusal.ts';
import { rule, type AnyRule, type RuleContext, type Change } from './rule.ts';

type Asked = { readonly condition: Condition; readonly of: TableName };

/** A condition that is stored fits the records it will be asked of: fields, comparisons and values exist. */
function compiles(
  id: string,
  table: TableName,
  fields: readonly string[],
  asked: (row: AnyRow) => readonly Asked[],
  circular?: string,
): AnyRule {
  const check = rule(id, table, ['create', 'update'], {
    fields,
    check: ({ view }: RuleContext, change: Change) => {
      const row: AnyRow | undefined = change.after;
      for (const { condition, of } of row ? asked(row) : []) {
        try {
          compileCondition(condition, of);
          if (circular !== undefined) refuseCircular(fieldsIn(condition), of, circular);
        } catch (thrown) {
          if (!(thrown instanceof AppError) || !row) throw thrown;
          return new AppError('validation', `${sentence(nameOf(table, row, view))}: ${thrown.message}`, {
            rule: id,
            table,
            recordId: row.id,
            ...(fields[0] === undefined ? {} : { field: fields[0] }),
          });
        }
      }
      return undefined;
    },
  });
  return check as AnyRule; // made for this very table
}

const one = (condition: unknown, of: unknown): readonly Asked[] =>
  // a stored condition field holds a condition: its shape was validated
  condition !== undefined && typeof of === 'string' && isTableName(of) ? [{ condition: condition as Condition, of }] : [];

export const conditionRules: readonly AnyRule[] = [
  compiles('HLT-01', 'healthDefinition', ['filter'], (row) => one(row['filter'], 'engagement'), HEALTH_IS_CIRCULAR),
  compiles('RSK-01', 'riskDefinition', ['applicable'], (row) => one(row['applicable'], 'engagement')),
  compiles('RSK-02', 'riskDefinition', ['sourceCondition', 'sourceTable'], (row) => one(row['sourceCondition'], row['sourceTable'])),
  compiles('RSK-03', 'thresholdOverride', ['filter'], (row) => one(row['filter'], 'engagement')),
  compiles('PLY-01', 'playbook', ['fits', 'forTable'], (row) => one(row['fits'], row['forTable'])),
];
