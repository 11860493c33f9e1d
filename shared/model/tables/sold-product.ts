import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, followed, PRIORITIES } from '../mixins.ts';

export const ACTIVATION = { activated: 'Activated', planned: 'Planned', noPlan: 'No plan', deactivated: 'Deactivated' } as const;

/** A product that an account has bought (REC-05). */
export const soldProduct = defineTable({
  name: 'soldProduct',
  label: 'Sold product',
  plural: 'Sold products',
  access: 'customerData',
  prefix: 'SPR',
  title: ['product', 'account'],
  accountPath: 'account',
  dueBy: 'endDate',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['asset', 'subscription item', 'rate plan', 'rate plan charge', 'order product', 'entitled product'],
  fields: {
    account: f.reference('Account', 'account', { mandatory: true, column: 1, synonyms: ['account id', 'customer', 'company'] }),
    product: f.reference('Product', 'product', { mandatory: true, column: 2, synonyms: ['product id', 'product name', 'plan tier'] }),
    contract: f.reference('Contract', 'contract', { column: 3, synonyms: ['subscription', 'subscription id', 'contract id'] }),
    activation: f.choice('Activation', ACTIVATION, { default: 'activated', column: 4, synonyms: ['activation status', 'status'] }),
    customerPriority: f.choice('Customer priority', PRIORITIES, {}),
    businessCriticality: f.choice('Business criticality', PRIORITIES, {}),
    licencesSold: f.integer('Licences sold', { min: 0, column: 5, synonyms: ['seats', 'quantity', 'licenses', 'licences'] }),
    licencesUsed: f.integer('Licences used', { min: 0, column: 6, synonyms: ['active users', 'used seats', 'seats used'] }),
    monthlyValue: f.money('Monthly value', { column: 7, synonyms: ['mrr', 'mrr amount', 'monthly recurring revenue'] }),
    startDate: f.date('Start', { synonyms: ['start date', 'effective start date', 'activation date'] }),
    endDate: f.date('End', { synonyms: ['end date', 'effective end date'] }),
    plannedActivation: f.date('Planned activation', { help: 'When it is to be activated.' }),
    deactivatedOn: f.date('Deactivated on', {}),
    location: f.reference('Location', 'location', {}),
    owner: f.reference('Owner', 'user', {}),
    ...described,
    ...followed,
    ...external,
  },
});
