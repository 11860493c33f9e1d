import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external } from '../mixins.ts';

export const OUTCOME_KINDS = { renewed: 'Renewed', churned: 'Churned', downgraded: 'Downgraded', reactivated: 'Reactivated' } as const;

/** What became of a customer: the history that health definitions are checked against (HLT-09). */
export const outcomeEvent = defineTable({
  name: 'outcomeEvent',
  label: 'Outcome event',
  plural: 'Outcome events',
  access: 'customerData',
  prefix: 'OEV',
  title: ['kind', 'account'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['churn event', 'churn', 'renewal event', 'cancellation'],
  fields: {
    account: f.reference('Account', 'account', { mandatory: true, column: 1, synonyms: ['account id', 'customer', 'company'] }),
    contract: f.reference('Contract', 'contract', { column: 3, synonyms: ['subscription id', 'contract id'] }),
    kind: f.choice('Kind', OUTCOME_KINDS, {
      mandatory: true,
      default: 'churned',
      column: 2,
      synonyms: ['event', 'event type', 'outcome', 'type'],
    }),
    date: f.date('Date', { mandatory: true, column: 4, synonyms: ['churn date', 'event date', 'renewed on', 'cancellation date'] }),
    reason: f.text('Reason', { search: 1, column: 5, synonyms: ['reason code', 'churn reason', 'cancel reason'] }),
    refund: f.money('Refund', { synonyms: ['refund amount', 'refund amount usd'] }),
    precedingUpgrade: f.boolean('After an upgrade', { synonyms: ['preceding upgrade flag'] }),
    precedingDowngrade: f.boolean('After a downgrade', { synonyms: ['preceding downgrade flag'] }),
    reactivation: f.boolean('Reactivation', { synonyms: ['is reactivation'] }),
    feedback: f.longText('Feedback', { search: 1, synonyms: ['feedback text', 'comment', 'comments'] }),
    ...described,
    ...external,
  },
});
