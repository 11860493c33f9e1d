import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, due, external, ofEngagement } from '../mixins.ts';

export const APPROVAL_STATES = { requested: 'Requested', approved: 'Approved', rejected: 'Rejected', withdrawn: 'Withdrawn' } as const;

/** One person's yes or no to a record (REC-34). */
export const approval = defineTable({
  name: 'approval',
  label: 'Approval',
  plural: 'Approvals',
  prefix: 'APR',
  title: ['about', 'approver'],
  accountPath: 'account',
  ownedBy: 'about',
  placedBy: 'about',
  fields: {
    about: f.anyReference('Approval for', {
      to: [
        'account',
        'engagement',
        'contract',
        'opportunity',
        'onboardingCase',
        'successObjective',
        'successOutcome',
        'successInitiative',
        'successCase',
        'internalPlay',
      ],
      mandatory: true,
      merge: 'review',
      column: 1,
      help: 'The record that is to be approved.',
    }),
    approver: f.reference('Approver', 'user', { mandatory: true, merge: 'review', column: 2 }),
    ...ofEngagement,
    state: f.choice('State', APPROVAL_STATES, { default: 'requested', merge: 'review', column: 3 }),
    ...due,
    requestedBy: f.reference('Requested by', 'user', { column: 4 }),
    decidedOn: f.date('Decided on', { readOnly: true, column: 5 }),
    reason: f.longText('Reason', { search: 1, section: 'Notes', help: 'Why it was decided so; a rejection needs one.' }),
    ...described,
    ...external,
  },
});
