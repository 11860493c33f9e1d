import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { comments, described, external, followed } from '../mixins.ts';

export const TICKET_PRIORITIES = { p1: 'P1 – urgent', p2: 'P2 – high', p3: 'P3 – medium', p4: 'P4 – low' } as const;
export const TICKET_STATES = { open: 'Open', pending: 'Pending', solved: 'Solved', closed: 'Closed' } as const;

/** A customer's support request with its satisfaction score; open on day d when submitted ≤ d and (not closed or closed > d). */
export const supportTicket = defineTable({
  name: 'supportTicket',
  label: 'Support ticket',
  plural: 'Support tickets',
  access: 'customerData',
  prefix: 'TCK',
  title: ['subject'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['ticket', 'case', 'support case', 'incident'],
  fields: {
    subject: f.text('Subject', {
      search: 3,
      column: 1,
      maxLength: 500,
      synonyms: ['title', 'summary', 'short description', 'ticket subject'],
    }),
    account: f.reference('Account', 'account', {
      mandatory: true,
      column: 2,
      synonyms: ['account id', 'company id', 'organization id', 'customer'],
    }),
    priority: f.choice('Priority', TICKET_PRIORITIES, {
      default: 'p3',
      column: 3,
      synonyms: ['ticket priority', 'severity', 'hs ticket priority'],
    }),
    state: f.choice('State', TICKET_STATES, { default: 'open', column: 4, synonyms: ['status', 'ticket status'] }),
    submittedAt: f.instant('Submitted', {
      mandatory: true,
      column: 5,
      synonyms: ['submitted at', 'created at', 'created', 'opened at', 'createdate', 'created date'],
    }),
    closedAt: f.instant('Closed', { column: 6, synonyms: ['closed at', 'closed date', 'resolved at', 'solved at'] }),
    satisfaction: f.number('Satisfaction', {
      min: 0,
      max: 10,
      column: 7,
      synonyms: ['satisfaction score', 'csat', 'csat score', 'rating'],
      help: 'CSAT as the customer gave it, usually 1 to 5.',
    }),
    resolutionHours: f.number('Resolution time', { min: 0, unit: 'h', synonyms: ['resolution time hours', 'resolution hours'] }),
    firstResponseMinutes: f.number('First response time', {
      min: 0,
      unit: 'min',
      synonyms: ['first response time minutes', 'first reply time'],
    }),
    escalated: f.boolean('Escalated', { default: false, synonyms: ['escalation flag', 'is escalated'] }),
    assignedTo: f.reference('Assigned to', 'user', { synonyms: ['assignee', 'assignee id', 'owner id', 'hubspot owner id'] }),
    contact: f.reference('Contact', 'contact', { help: 'Who asked.' }),
    product: f.reference('Product', 'product', {}),
    category: f.text('Ticket category', { maxLength: 200 }),
    resolution: f.longText('Resolution', { search: 1, section: 'Notes' }),
    ...described,
    ...comments,
    ...followed,
    ...external,
  },
});
