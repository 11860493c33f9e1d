import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, followed } from '../mixins.ts';

export const OPPORTUNITY_TYPES = { newBusiness: 'New business', renewal: 'Renewal', expansion: 'Expansion', other: 'Other' } as const;
export const OPPORTUNITY_STAGES = {
  prospecting: 'Prospecting',
  engaging: 'Engaging',
  proposal: 'Proposal',
  negotiation: 'Negotiation',
  won: 'Won',
  lost: 'Lost',
} as const;

/** A sale in progress or done (REC-09). */
export const opportunity = defineTable({
  name: 'opportunity',
  label: 'Opportunity',
  plural: 'Opportunities',
  access: 'customerData',
  prefix: 'OPP',
  title: ['name'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['deal', 'pipeline', 'sales opportunity'],
  fields: {
    name: f.text('Name', {
      mandatory: true,
      search: 3,
      column: 1,
      maxLength: 300,
      synonyms: ['opportunity name', 'dealname', 'deal name', 'deal'],
    }),
    account: f.reference('Account', 'account', { column: 2, synonyms: ['account id', 'company', 'account name'] }),
    engagement: f.reference('Engagement', 'engagement', {}),
    product: f.reference('Product', 'product', { column: 5, synonyms: ['product id', 'product name'] }),
    owner: f.reference('Owner', 'user', {
      column: 6,
      merge: 'review',
      synonyms: ['owner id', 'sales agent', 'sales rep', 'opportunity owner'],
    }),
    type: f.choice('Type', OPPORTUNITY_TYPES, { extensible: true, default: 'newBusiness', synonyms: ['opportunity type', 'deal type'] }),
    stage: f.choice('Stage', OPPORTUNITY_STAGES, {
      default: 'prospecting',
      column: 3,
      merge: 'review',
      synonyms: ['deal stage', 'stage name', 'sales stage', 'dealstage'],
    }),
    amount: f.money('Amount', { column: 4, merge: 'review', synonyms: ['close value', 'deal amount', 'value', 'expected revenue'] }),
    openedOn: f.date('Opened on', { synonyms: ['engage date', 'created date', 'createdate', 'open date'] }),
    expectedClose: f.date('Expected close', { synonyms: ['expected close date'] }),
    closedOn: f.date('Actual close', { column: 7, synonyms: ['close date', 'closedate', 'closed date', 'actual close date'] }),
    contract: f.reference('Contract', 'contract', { help: 'The contract that it renews or extends.' }),
    contact: f.reference('Contact', 'contact', {}),
    lostReason: f.text('Reason for the loss', { maxLength: 500 }),
    probability: f.percent('Probability', { min: 0, max: 100 }),
    ...described,
    ...followed,
    ...external,
  },
});
