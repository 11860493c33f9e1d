import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { ACHIEVEMENT_CODES, closure, described, external, followed, onEngagement, PRIORITIES, workLife, WORK_STATES } from '../mixins.ts';

export const ADOPTION_CATEGORIES = { none: 'None', low: 'Low', medium: 'Medium', high: 'High' } as const;

/** How an account uses what it was sold, as of the last measurement; the days before lie in packed series (REC-40). */
export const productUsage = defineTable({
  name: 'productUsage',
  label: 'Product usage',
  plural: 'Product usage',
  prefix: 'PUS',
  title: ['soldProduct'],
  access: 'customerData',
  accountPath: 'account',
  ownedBy: 'soldProduct',
  placedBy: 'soldProduct',
  unique: [['soldProduct']],
  fields: {
    soldProduct: f.reference('Sold product', 'soldProduct', { mandatory: true, column: 1 }),
    account: f.reference('Account', 'account', { readOnly: true, column: 2, help: 'The account of the sold product.' }),
    product: f.reference('Product', 'product', { readOnly: true, column: 3, help: 'The product that was sold.' }),
    measuredOn: f.date('Measured on', { column: 4 }),
    activeUsers: f.integer('Active users', { min: 0, column: 5 }),
    sessions: f.integer('Sessions', { min: 0, help: 'In the 30 days to the measurement.' }),
    usage: f.number('Usage', { min: 0, column: 6, help: 'How often it was used in the 30 days to the measurement.' }),
    usageBefore: f.number('Usage before', { min: 0, help: 'The same for the 30 days before those.' }),
    lastUsedOn: f.date('Last used on', { column: 7 }),
    score: f.percent('Adoption score', {
      min: 0,
      max: 100,
      readOnly: true,
      column: 8,
      help: 'Worked out from calculated metrics or from the use of its capabilities.',
    }),
    category: f.choice('Adoption', ADOPTION_CATEGORIES, { readOnly: true, column: 9 }),
    ...external,
  },
});

/** How one capability of a sold product is used (REC-40). */
export const capabilityUsage = defineTable({
  name: 'capabilityUsage',
  label: 'Capability usage',
  plural: 'Capability usage',
  prefix: 'CUS',
  title: ['capability'],
  access: 'customerData',
  ownedBy: 'productUsage',
  unique: [['productUsage', 'capability']],
  fields: {
    productUsage: f.reference('Product usage', 'productUsage', { mandatory: true, column: 1 }),
    capability: f.reference('Capability', 'capability', { mandatory: true, column: 2 }),
    activeUsers: f.integer('Active users', { min: 0, column: 3 }),
    usage: f.number('Usage', { min: 0, column: 4, help: 'How often it was used in the 30 days to the measurement.' }),
    usageBefore: f.number('Usage before', { min: 0, help: 'The same for the 30 days before those.' }),
    errors: f.integer('Errors', { min: 0 }),
    lastUsedOn: f.date('Last used on', { column: 5 }),
    ...external,
  },
});

/** What is to be done so that a sold product is used better (REC-40). */
export const adoptionRoadmap = defineTable({
  name: 'adoptionRoadmap',
  label: 'Adoption roadmap',
  plural: 'Adoption roadmaps',
  prefix: 'ARM',
  title: ['title'],
  accountPath: 'account',
  placedBy: 'engagement',
  lifecycle: workLife(ACHIEVEMENT_CODES),
  fields: {
    title: f.text('Title', { mandatory: true, search: 4, column: 1, maxLength: 300 }),
    ...onEngagement,
    soldProduct: f.reference('Sold product', 'soldProduct', { mandatory: true, column: 3 }),
    capabilities: f.references('Capabilities', 'capability', { merge: 'set', help: 'What the customer shall come to use.' }),
    state: f.choice('State', WORK_STATES, { default: 'new', merge: 'review', column: 4 }),
    priority: f.choice('Priority', PRIORITIES, { default: 'medium', column: 5 }),
    targetScore: f.percent('Target score', { min: 0, max: 100, column: 6 }),
    plannedStart: f.date('Planned start', { section: 'Dates' }),
    dueDate: f.date('Due date', { column: 7, section: 'Dates' }),
    assignedTo: f.reference('Assigned to', 'user', { merge: 'review', column: 8, section: 'People' }),
    contact: f.reference('Contact', 'contact', { section: 'People' }),
    closureCode: f.choice('Closure code', ACHIEVEMENT_CODES, { readOnly: true, section: 'Closure' }),
    ...closure,
    ...described,
    ...followed,
    ...external,
  },
});
