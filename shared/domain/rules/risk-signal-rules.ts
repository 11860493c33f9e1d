import { refusal } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

/** An occurrence does not end before it starts (REC-22). */
const occurrenceRuns = rule('REC-22', 'riskOccurrence', ['create', 'update'], {
  fields: ['startDate', 'endDate'],
  check: (_context, change) =>
    change.after && change.after.endDate < change.after.startDate
      ? refusal(
          'REC-22',
          change,
          `The occurrence ends on ${change.after.endDate}, before it starts on ${change.after.startDate}. Correct one of the dates.`,
          {
            field: 'endDate',
          },
        )
      : undefined,
});

export const riskSignalRules: readonly AnyRule[] = [occurrenceRuns];
