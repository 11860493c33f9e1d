import { lifeCycleRules } from './life-cycle-rules.ts';
import { mandatoryRules } from './mandatory-rules.ts';
import type { AnyRule } from './rule.ts';

/** Every business rule, in the order in which they run. */
export const allRules: readonly AnyRule[] = [...lifeCycleRules, ...mandatoryRules];
