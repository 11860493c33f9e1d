import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { closure, external, followed, PRIORITIES } from '../mixins.ts';

export const ESCALATION_STATES = { new: 'New', inProgress: 'In progress', cancelled: 'Cancelled', closed: 'Closed' } as const;
export const ESCALATION_REASONS = {
  product: 'Quality of the product',
  support: 'Support',
  delivery: 'Delivery or implementation',
  commercial: 'Price or contract',
  relationship: 'Relationship',
  other: 'Other',
} as const;
const CODES = { resolved: 'Resolved', accepted: 'Accepted by the customer', unresolved: 'Not resolved', cancelled: 'Cancelled' } as const;

/** A customer's matter that was raised above the daily work (REC-41). As long as one is open, its account is escalated. */
export const escalation = defineTable({
  name: 'escalation',
  label: 'Escalation',
  plural: 'Escalations',
  prefix: 'ESC',
  title: ['shortDescription'],
  accountPath: 'account',
  lifecycle: {
    field: 'state',
    initial: 'new',
    closed: 'closed',
    cancelled: 'cancelled',
    reopened: 'inProgress',
    cancelledCode: 'cancelled',
    closureCodes: CODES,
  },
  fields: {
    shortDescription: f.text('Short description', { mandatory: true, search: 4, column: 1, maxLength: 500 }),
    account: f.reference('Account', 'account', { mandatory: true, merge: 'review', column: 2 }),
    engagement: f.reference('Engagement', 'engagement', { merge: 'review' }),
    reason: f.choice('Reason', ESCALATION_REASONS, { mandatory: true, extensible: true, default: 'other', column: 3 }),
    state: f.choice('State', ESCALATION_STATES, { default: 'new', merge: 'review', column: 4 }),
    priority: f.choice('Priority', PRIORITIES, { default: 'high', column: 5 }),
    assignedTo: f.reference('Owner', 'user', { merge: 'review', column: 6, section: 'People' }),
    raisedBy: f.reference('Raised by', 'contact', { section: 'People' }),
    raisedOn: f.date('Raised on', { column: 7, section: 'Dates' }),
    dueDate: f.date('Due date', { column: 8, section: 'Dates' }),
    description: f.longText('Description', { mandatory: true, search: 1, section: 'Notes' }),
    closureCode: f.choice('Closure code', CODES, { readOnly: true, section: 'Closure' }),
    ...closure,
    ...followed,
    ...external,
  },
});
