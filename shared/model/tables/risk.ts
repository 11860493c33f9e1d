import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { closure, described, external, followed, ofEngagement, PRIORITIES, published } from '../mixins.ts';

export const RISK_CATEGORIES = {
  reputational: 'Reputational risk',
  financial: 'Financial risk',
  adoption: 'Adoption risk',
  support: 'Support risk',
  commercial: 'Commercial risk',
  relationship: 'Relationship risk',
  healthDeclined: 'Health declined',
  other: 'Other',
} as const;
export const RISK_STATES = { new: 'New', active: 'Active', cancelled: 'Cancelled', closed: 'Closed' } as const;
export const RISK_SCOPES = { onboarding: 'Onboarding', adoption: 'Adoption', expansion: 'Expansion', renewal: 'Renewal' } as const;
export const PROBABILITIES = { veryHigh: 'Very high', high: 'High', moderate: 'Moderate', low: 'Low', veryLow: 'Very low' } as const;
export const CREATION_METHODS = {
  manual: 'By hand',
  automated: 'By a rule',
  monitor: 'By the health monitor',
  integration: 'From outside',
} as const;
export const THRESHOLD_CONDITIONS = {
  below: 'Below',
  above: 'Above',
  fellBy: 'Fell by more than (%)',
  roseBy: 'Rose by more than (%)',
} as const;

/** When a risk signal is raised by itself (RSK-01, RSK-02; BR-31…33). */
export const riskDefinition = defineTable({
  name: 'riskDefinition',
  label: 'Risk definition',
  plural: 'Risk definitions',
  access: 'configuration',
  prefix: 'RDF',
  title: ['name'],
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200 }),
    category: f.choice('Category', RISK_CATEGORIES, { extensible: 'riskSignal.category', mandatory: true, column: 2 }),
    type: f.choice(
      'Type',
      { metric: 'A figure crosses a threshold', table: 'Records match a condition' },
      { mandatory: true, default: 'metric', column: 3 },
    ),
    source: f.reference('Data source', 'dataSource', { column: 4 }),
    condition: f.choice('Threshold condition', THRESHOLD_CONDITIONS, { column: 5 }),
    threshold: f.number('Threshold', { column: 6, help: 'In the unit of the data source; in percent for "fell by" and "rose by".' }),
    lookBackDays: f.integer('Look-back', {
      min: 1,
      unit: 'days',
      help: 'What "fell by" and "rose by" compare with; by default 28 days, 92 for monthly and quarterly sources.',
    }),
    applicable: f.condition('Applicable engagements', { column: 7, help: 'Empty: all engagements.' }),
    sourceTable: f.choice(
      'Source table',
      {
        engagement: 'Engagement',
        contract: 'Contract',
        soldProduct: 'Sold product',
        supportTicket: 'Support ticket',
        opportunity: 'Opportunity',
        touchpoint: 'Touchpoint',
        account: 'Account',
      },
      {},
    ),
    sourceCondition: f.condition('Records that match', {}),
    /** A `RiskTemplate` (shared/model/indicator.ts): fields of the signal that is raised. */
    template: f.json('Template', {}),
    ...published,
    ...described,
  },
});

/** Another threshold for some engagements (RSK-03; BR-31). */
export const thresholdOverride = defineTable({
  name: 'thresholdOverride',
  label: 'Threshold override',
  plural: 'Threshold overrides',
  access: 'configuration',
  title: ['definition', 'rank'],
  ownedBy: 'definition',
  fields: {
    definition: f.reference('Risk definition', 'riskDefinition', { mandatory: true, column: 1 }),
    threshold: f.number('Threshold', { mandatory: true, column: 2 }),
    filter: f.condition('Applies to', { mandatory: true, column: 3 }),
    rank: f.integer('Rank', { mandatory: true, default: 1, min: 1, column: 4, help: '1 is the highest.' }),
    ...published,
  },
});

const CODES = {
  mitigated: 'Mitigated',
  accepted: 'Accepted',
  notARisk: 'Not a risk',
  occurred: 'Occurred',
  cancelled: 'Cancelled',
} as const;

/** A risk or an issue of an engagement (REC-21). Open: new or active. */
export const riskSignal = defineTable({
  name: 'riskSignal',
  label: 'Risk signal',
  plural: 'Risk signals',
  prefix: 'RSK',
  title: ['shortDescription'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId'],
  lifecycle: {
    field: 'state',
    initial: 'new',
    closed: 'closed',
    cancelled: 'cancelled',
    reopened: 'active',
    cancelledCode: 'cancelled',
    closureCodes: CODES,
  },
  fields: {
    shortDescription: f.text('Short description', { mandatory: true, search: 4, column: 1, maxLength: 500 }),
    engagement: f.reference('Engagement', 'engagement', {
      merge: 'review',
      column: 2,
      help: 'Fills itself in from what the risk is about; a risk of an onboarding case may have none yet.',
    }),
    about: f.anyReference('About', {
      to: [
        'engagement',
        'onboardingCase',
        'successObjective',
        'successOutcome',
        'successInitiative',
        'successCase',
        'successTask',
        'touchpoint',
        'internalPlay',
        'internalPlayTask',
        'onboardingTask',
        'dataImportTask',
      ],
      merge: 'review',
      column: 10,
      help: 'The engagement, the onboarding case or the piece of work that the risk hangs on.',
    }),
    account: f.reference('Account', 'account', { readOnly: true, help: 'The account of what the risk hangs on.' }),
    riskOrIssue: f.choice('Risk or issue', { risk: 'Risk', issue: 'Issue' }, { default: 'risk', column: 8 }),
    category: f.choice('Category', RISK_CATEGORIES, { extensible: true, default: 'other', column: 6 }),
    state: f.choice('State', RISK_STATES, { default: 'new', merge: 'review', column: 5 }),
    priority: f.choice('Priority', PRIORITIES, { default: 'medium', column: 3 }),
    probability: f.choice('Probability', PROBABILITIES, { mandatory: true, default: 'moderate', column: 4 }),
    scope: f.choice('Scope', RISK_SCOPES, { column: 7 }),
    dueDate: f.date('Due date', { column: 9 }),
    reportedBy: f.reference('Reported by', 'user', { section: 'People' }),
    assignedTo: f.reference('Assigned to', 'user', { merge: 'review', section: 'People' }),
    squad: f.references('Squad', 'user', { merge: 'set', section: 'People', help: 'Who else works on it.' }),
    creationMethod: f.choice('Creation method', CREATION_METHODS, { readOnly: true, default: 'manual' }),
    definition: f.reference('Risk definition', 'riskDefinition', { readOnly: true, section: 'Source' }),
    sourceTable: f.text('Source table', { readOnly: true, section: 'Source' }),
    sourceRecord: f.text('Source record', { readOnly: true, indexed: true, section: 'Source' }),
    contractsImpacted: f.references('Contracts impacted', 'contract', {
      merge: 'set',
      section: 'Impact',
      help: 'Where none is named, the active contracts of the engagement count as impacted.',
    }),
    productsImpacted: f.references('Products impacted', 'product', { merge: 'set', section: 'Impact' }),
    closureCode: f.choice('Closure code', CODES, { readOnly: true, section: 'Closure' }),
    ...closure,
    ...described,
    ...followed,
    ...external,
  },
});

/** One period in which a signal's cause was seen (REC-22, RSK-04). */
export const riskOccurrence = defineTable({
  name: 'riskOccurrence',
  label: 'Risk occurrence',
  plural: 'Risk occurrences',
  prefix: 'ROC',
  title: ['signal', 'startDate'],
  ownedBy: 'signal',
  fields: {
    signal: f.reference('Risk signal', 'riskSignal', { mandatory: true, column: 1 }),
    startDate: f.date('Start', { mandatory: true, column: 2 }),
    endDate: f.date('End', { mandatory: true, column: 3 }),
    value: f.number('Value', { column: 4 }),
    threshold: f.number('Threshold', { column: 5 }),
    gap: f.number('Gap', { column: 6 }),
  },
});

/** Links a risk to work that is to remove it (REC-23, RSK-08; BR-20). */
export const riskSolution = defineTable({
  name: 'riskSolution',
  label: 'Risk solution',
  plural: 'Risk solutions',
  prefix: 'RSL',
  title: ['signal', 'solution'],
  access: 'link',
  accountPath: 'account',
  ownedBy: 'signal',
  placedBy: 'signal',
  fields: {
    signal: f.reference('Risk signal', 'riskSignal', { mandatory: true, merge: 'review', column: 1 }),
    solution: f.anyReference('Solution', {
      to: ['internalPlay', 'internalPlayTask', 'successCase', 'successTask'],
      mandatory: true,
      merge: 'review',
      column: 2,
      help: 'The play, case or task that is to remove the risk.',
    }),
    ...ofEngagement,
  },
});
