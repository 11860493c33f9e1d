export { allRules } from './all-rules.ts';
export { ruleSteps, runRules } from './run-rules.ts';
