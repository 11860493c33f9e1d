import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { closure, comments, described, external, followed } from '../mixins.ts';

export const ENGAGEMENT_STATES = {
  new: 'New',
  define: 'Define',
  inProgress: 'In progress',
  cancelled: 'Cancelled',
  closed: 'Closed',
} as const;
export const ENGAGEMENT_STAGES = {
  onboarding: 'Onboarding',
  adoption: 'Adoption',
  expand: 'Expand',
  renew: 'Renew',
  lost: 'Lost',
} as const;
export const PERCEIVED_HEALTH = { unknown: 'Unknown', red: 'Red', yellow: 'Yellow', green: 'Green' } as const;

/** The hub of all work with an account (REC-10). Active: state neither closed nor cancelled and stage not lost (scoring.md section 7). */
export const engagement = defineTable({
  name: 'engagement',
  label: 'Engagement',
  plural: 'Engagements',
  prefix: 'ENG',
  title: ['title'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId', 'title'],
  synonyms: ['customer success', 'success engagement', 'portfolio'],
  lifecycle: {
    field: 'state',
    initial: 'new',
    closed: 'closed',
    cancelled: 'cancelled',
    reopened: 'inProgress',
    cancelledCode: 'cancelled',
    closureCodes: { completed: 'Completed', transferred: 'Transferred', lost: 'Lost', cancelled: 'Cancelled' },
  },
  customer: { fields: ['title', 'account', 'product', 'accountManager', 'csm', 'keyContact', 'state', 'stage', 'goLiveDate'] },
  fields: {
    title: f.text('Title', { mandatory: true, search: 5, column: 1, maxLength: 300, synonyms: ['engagement', 'engagement name', 'name'] }),
    account: f.reference('Account', 'account', {
      mandatory: true,
      merge: 'review',
      column: 2,
      synonyms: ['account id', 'account name', 'customer', 'company'],
    }),
    parent: f.reference('Parent engagement', 'engagement', { merge: 'review' }),
    product: f.reference('Product', 'product', { help: 'Where an account has one engagement per product.' }),
    accountManager: f.reference('Account manager', 'user', { merge: 'review', section: 'People', synonyms: ['am'] }),
    csm: f.reference('Customer success manager', 'user', {
      merge: 'review',
      column: 3,
      section: 'People',
      synonyms: ['csm', 'success manager', 'owner'],
    }),
    keyContact: f.reference('Key customer contact', 'contact', { section: 'People', synonyms: ['key contact', 'primary contact'] }),
    state: f.choice('State', ENGAGEMENT_STATES, { default: 'new', merge: 'review', column: 5, synonyms: ['status'] }),
    stage: f.choice('Stage', ENGAGEMENT_STAGES, {
      default: 'onboarding',
      merge: 'review',
      column: 4,
      synonyms: ['lifecycle stage', 'phase'],
    }),
    perceivedHealth: f.choice('Perceived health', PERCEIVED_HEALTH, {
      default: 'unknown',
      merge: 'review',
      column: 6,
      help: 'What you think; the computed health stands beside it and is never mixed with it.',
    }),
    onboardingCase: f.reference('Initial onboarding', 'onboardingCase', {
      merge: 'review',
      section: 'Dates',
      help: 'The onboarding case that this engagement came from; the go-live date is taken from it. The settings say whether it must be filled in.',
      synonyms: ['onboarding case', 'onboarding'],
    }),
    initialOnboarding: f.text('Onboarding note', {
      maxLength: 100,
      section: 'Dates',
      help: 'What files say about the onboarding where no case of it is kept here.',
    }),
    goLiveDate: f.date('Initial go-live', { merge: 'review', section: 'Dates', synonyms: ['go live', 'go live date', 'initial go live'] }),
    renewalDate: f.date('Renewal date', {
      merge: 'review',
      column: 7,
      section: 'Dates',
      synonyms: ['next renewal', 'next renewal date'],
      help: 'Where contracts are linked it is that of the earliest one that has not expired; otherwise set it here.',
    }),
    lastTouchpoint: f.date('Last touchpoint', { readOnly: true, column: 8, section: 'Dates' }),
    healthMonitor: f.boolean('Health monitor', { default: true, help: 'Watch this engagement for a decline of its health.' }),
    closureCode: f.choice(
      'Closure code',
      { completed: 'Completed', transferred: 'Transferred', lost: 'Lost', cancelled: 'Cancelled' },
      { readOnly: true, section: 'Closure' },
    ),
    ...closure,
    ...described,
    ...comments,
    ...followed,
    ...external,
  },
});
