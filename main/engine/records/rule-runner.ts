import type { RunRules } from '#shared/domain/rules/rule.ts';

/** Until the rules land. */
export const runRules: RunRules = (rules, { context, changes }) => {
  for (const change of changes)
    for (const { table, on, check } of rules) {
      const refusal = table === change.table && on.includes(change.action) ? check?.(context, change) : undefined;
      if (refusal !== undefined) throw refusal;
    }
};
