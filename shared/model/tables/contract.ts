import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, followed } from '../mixins.ts';

export const CONTRACT_STATES = { draft: 'Draft', active: 'Active', expired: 'Expired', cancelled: 'Cancelled' } as const;
export const RENEWAL_STAGES = {
  notStarted: 'Not started',
  assess: 'Assess',
  communicate: 'Communicate',
  negotiate: 'Negotiate',
  finalised: 'Finalised',
} as const;
export const RENEWAL_REVIEWS = {
  awaitingReview: 'Awaiting review',
  underReview: 'Under review',
  approved: 'Renewal approved',
  rejected: 'Renewal rejected',
} as const;
export const EXTENSION_APPROVALS = { requested: 'Requested', approved: 'Approved', rejected: 'Rejected' } as const;
export const BILLING = { monthly: 'Monthly', quarterly: 'Quarterly', annual: 'Annual', other: 'Other' } as const;

/** A contract or subscription (REC-06). Active on day d when start ≤ d and (no end or end > d) and not cancelled (scoring.md section 7). */
export const contract = defineTable({
  name: 'contract',
  label: 'Contract',
  plural: 'Contracts',
  access: 'customerData',
  prefix: 'CTR',
  title: ['name'],
  accountPath: 'account',
  dueBy: 'endDate',
  importable: true,
  importKeys: ['externalId', 'name'],
  synonyms: ['subscription', 'agreement', 'order'],
  fields: {
    name: f.text('Name', {
      mandatory: true,
      search: 3,
      column: 1,
      maxLength: 200,
      synonyms: ['contract name', 'subscription name', 'contract'],
    }),
    account: f.reference('Account', 'account', {
      mandatory: true,
      column: 2,
      merge: 'review',
      synonyms: ['account id', 'customer', 'company', 'account name'],
    }),
    state: f.choice('State', CONTRACT_STATES, { default: 'active', column: 3, merge: 'review', synonyms: ['status', 'contract status'] }),
    value: f.money('Value', {
      column: 4,
      merge: 'review',
      synonyms: ['contract value', 'amount', 'arr', 'arr amount', 'annual value', 'total value', 'tcv'],
      help: 'Yearly value of the contract.',
    }),
    monthlyValue: f.money('Monthly value', { column: 5, merge: 'review', synonyms: ['mrr', 'mrr amount', 'monthly recurring revenue'] }),
    startDate: f.date('Start', {
      column: 6,
      merge: 'review',
      synonyms: ['start date', 'subscription start date', 'term start date', 'contract effective date', 'effective date'],
    }),
    endDate: f.date('End', {
      column: 7,
      merge: 'review',
      synonyms: ['end date', 'subscription end date', 'term end date', 'expiry date', 'expiration date', 'cancelled date'],
    }),
    renewalDate: f.date('Renewal date', { column: 8, merge: 'review', synonyms: ['renewal', 'next renewal', 'next renewal date'] }),
    renewalStage: f.choice('Renewal stage', RENEWAL_STAGES, { default: 'notStarted', merge: 'review' }),
    renewalFinalisedOn: f.date('Renewal finalised on', { merge: 'review' }),
    renewalReview: f.choice('Renewal review', RENEWAL_REVIEWS, {
      merge: 'review',
      help: 'How far the decision about the renewal is; once it is approved or rejected, the day of it fills itself in.',
    }),
    extension: f.boolean('Extension', { default: false }),
    extensionApproval: f.choice('Extension approval', EXTENSION_APPROVALS, { merge: 'review' }),
    extendedUntil: f.date('Extended until', { merge: 'review' }),
    noticeBy: f.date('Notice by', { help: 'Last day on which it can be given notice.' }),
    type: f.choice(
      'Contract type',
      { subscription: 'Subscription', licence: 'Licence', service: 'Service', frame: 'Frame agreement' },
      { extensible: true },
    ),
    contact: f.reference('Contact', 'contact', { help: 'Who signs on the side of the customer.' }),
    owner: f.reference('Owner', 'user', {}),
    autoRenew: f.boolean('Renews by itself', { synonyms: ['auto renew', 'auto renew flag', 'auto renewal'] }),
    billing: f.choice('Billing', BILLING, { extensible: true, synonyms: ['billing frequency', 'billing period'] }),
    seats: f.integer('Seats', { min: 0, synonyms: ['quantity', 'licences', 'licenses'] }),
    plan: f.text('Plan', { synonyms: ['plan tier', 'edition', 'package'] }),
    trial: f.boolean('Trial', { synonyms: ['is trial'] }),
    upgraded: f.boolean('Upgraded', { synonyms: ['upgrade flag'] }),
    downgraded: f.boolean('Downgraded', { synonyms: ['downgrade flag'] }),
    churned: f.boolean('Churned', { synonyms: ['churn flag'] }),
    ...described,
    ...followed,
    ...external,
  },
});
