import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import {
  assigned,
  closure,
  comments,
  customerVisible,
  described,
  due,
  external,
  followed,
  ofAccount,
  ONBOARDING_PROGRESS,
  prioritised,
  TASK_CODES,
} from '../mixins.ts';

export const ONBOARDING_STATES = {
  new: 'New',
  unassigned: 'Unassigned',
  active: 'Active',
  blocked: 'Blocked',
  closed: 'Closed',
  cancelled: 'Cancelled',
} as const;
export const ONBOARDING_TASK_STATES = {
  open: 'Open',
  awaitingCustomer: 'Awaiting customer',
  awaitingInternal: 'Awaiting internal',
  inProgress: 'In progress',
  review: 'Review',
  closed: 'Closed',
  cancelled: 'Cancelled',
} as const;
export const RESOLUTION_CODES = {
  successfulNoIssues: 'Successful, no issues',
  successfulWithIssues: 'Successful, with issues',
  unsuccessful: 'Unsuccessful, unable to complete',
  voided: 'Voided or cancelled',
} as const;
export const ONBOARDING_PHASES = {
  setup: 'Initial setup',
  data: 'Data capture and validation',
  development: 'Development and automation',
  testing: 'Testing and training',
  goLive: 'Go-live and support',
} as const;

/** Bringing a new customer, or a part of what was sold, from the sale to its go-live (REC-24). */
export const onboardingCase = defineTable({
  name: 'onboardingCase',
  label: 'Onboarding case',
  plural: 'Onboarding cases',
  prefix: 'ONB',
  title: ['shortDescription'],
  accountPath: 'account',
  dueBy: 'goLiveDate',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['onboarding', 'implementation', 'implementation project'],
  lifecycle: {
    field: 'state',
    initial: 'new',
    closed: 'closed',
    cancelled: 'cancelled',
    reopened: 'active',
    cancelledCode: 'voided',
    closureCodes: RESOLUTION_CODES,
  },
  customer: { fields: ['shortDescription', 'account', 'state', 'stage', 'goLiveDate', 'contact', 'description', 'comments'] },
  fields: {
    shortDescription: f.text('Short description', {
      mandatory: true,
      search: 4,
      column: 1,
      maxLength: 500,
      synonyms: ['title', 'subject', 'name'],
    }),
    account: f.reference('Account', 'account', {
      mandatory: true,
      merge: 'review',
      column: 2,
      synonyms: ['account id', 'account name', 'customer', 'company'],
    }),
    parent: f.reference('Parent case', 'onboardingCase', { merge: 'review', help: 'Where a case is one phase of a larger one.' }),
    type: f.choice(
      'Type',
      { full: 'Full', phased: 'Phased' },
      { mandatory: true, default: 'full', column: 9, help: 'Phased: this case brings one part of what was sold live.' },
    ),
    integration: f.choice(
      'Integration',
      {
        none: 'Not required',
        remoteCatalogue: 'Remote catalogue',
        remoteTask: 'Remote tasks',
        dataSync: 'Synchronisation of basic data',
      },
      { mandatory: true, default: 'none', help: 'How the customer’s own system is to be connected.' },
    ),
    state: f.choice('State', ONBOARDING_STATES, { default: 'new', merge: 'review', column: 3, synonyms: ['status'] }),
    stage: f.choice('Stage', ONBOARDING_PROGRESS, { default: 'notStarted', merge: 'review', column: 4, synonyms: ['progress'] }),
    ...prioritised,
    goLiveDate: f.date('Go-live date', {
      merge: 'review',
      column: 6,
      section: 'Dates',
      synonyms: ['go live', 'golive', 'due date', 'target date'],
    }),
    products: f.references('Products', 'product', { merge: 'set', section: 'Products' }),
    productsVisible: f.boolean('Products visible to customer', { default: false, section: 'Products' }),
    contact: f.reference('Contact', 'contact', { section: 'People', help: 'The primary contact on the side of the customer.' }),
    ...assigned,
    closureCode: f.choice('Resolution code', RESOLUTION_CODES, { readOnly: true, section: 'Closure' }),
    ...closure,
    ...described,
    ...comments,
    ...followed,
    ...external,
  },
});

const onboardingWork = {
  onboardingCase: f.reference('Onboarding case', 'onboardingCase', {
    mandatory: true,
    merge: 'review',
    column: 2,
    synonyms: ['case', 'parent'],
  }),
  ...ofAccount,
  state: f.choice('State', ONBOARDING_TASK_STATES, { default: 'open', merge: 'review', column: 3, synonyms: ['status'] }),
  progress: f.choice('Progress', ONBOARDING_PROGRESS, { default: 'notStarted', column: 4 }),
  ...prioritised,
  ...due,
} as const;
const onboardingTaskLife = {
  field: 'state',
  initial: 'open',
  closed: 'closed',
  cancelled: 'cancelled',
  reopened: 'inProgress',
  cancelledCode: 'cancelled',
  closureCodes: TASK_CODES,
} as const;
const subject = f.text('Subject', {
  mandatory: true,
  search: 4,
  column: 1,
  maxLength: 500,
  synonyms: ['title', 'short description', 'task', 'summary'],
});
const taskCode = { closureCode: f.choice('Closure code', TASK_CODES, { readOnly: true, section: 'Closure' }) } as const;

/** One action of an onboarding case, ours or the customer's (REC-25). */
export const onboardingTask = defineTable({
  name: 'onboardingTask',
  label: 'Onboarding task',
  plural: 'Onboarding tasks',
  prefix: 'ONT',
  title: ['subject'],
  accountPath: 'account',
  ownedBy: 'onboardingCase',
  placedBy: 'onboardingCase',
  partOf: 'onboardingCase',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['onboarding case task', 'implementation task'],
  lifecycle: onboardingTaskLife,
  customer: {
    fields: ['subject', 'onboardingCase', 'account', 'state', 'progress', 'priority', 'dueDate', 'contact', 'description', 'comments'],
    when: 'visibleToCustomer',
  },
  fields: {
    subject,
    ...onboardingWork,
    phase: f.choice('Phase', ONBOARDING_PHASES, { extensible: true, default: 'setup', column: 8 }),
    ...customerVisible,
    contact: f.reference('Contact', 'contact', { section: 'People' }),
    ...assigned,
    ...taskCode,
    ...closure,
    ...described,
    ...comments,
    ...followed,
    ...external,
  },
});

/** Taking in one set of the customer's data during onboarding (REC-26). */
export const dataImportTask = defineTable({
  name: 'dataImportTask',
  label: 'Data import task',
  plural: 'Data import tasks',
  prefix: 'DIT',
  title: ['subject'],
  accountPath: 'account',
  ownedBy: 'onboardingCase',
  placedBy: 'onboardingCase',
  partOf: 'onboardingCase',
  importable: true,
  importKeys: ['externalId'],
  lifecycle: onboardingTaskLife,
  fields: {
    subject,
    ...onboardingWork,
    importState: f.choice(
      'Import state',
      {
        notLoaded: 'Not loaded yet',
        processing: 'Being processed',
        needsAttention: 'Needs attention',
        ready: 'Ready to publish',
        published: 'Published',
      },
      { default: 'notLoaded', column: 8, section: 'Data' },
    ),
    intoTable: f.text('Brings in', {
      maxLength: 60,
      section: 'Data',
      help: 'Record type that the data becomes, for example location or contact.',
    }),
    source: f.text('File or source', { maxLength: 300, section: 'Data', help: 'What the data comes in, for example locations.xlsx.' }),
    ...customerVisible,
    ...assigned,
    ...taskCode,
    ...closure,
    ...described,
    ...comments,
    ...followed,
    ...external,
  },
});
