import { refusal } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** The account of a risk signal is its engagement's (REC-21). */
const accountFromEngagement = rule('REC-21', 'riskSignal', SAVED, {
  fill: ({ view }, { after }) => after && { account: view.get('engagement', after.engagement)?.account ?? null },
});

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

export const riskSignalRules: readonly AnyRule[] = [accountFromEngagement, occurrenceRuns];
