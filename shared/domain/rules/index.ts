export { allRules } from './all-rules.ts';
export { runRules } from './run-rules.ts';
