import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, followed } from '../mixins.ts';

export const ENTITLEMENT_KINDS = {
  support: 'Support',
  service: 'Service hours',
  training: 'Training',
  usage: 'Usage',
  other: 'Other',
} as const;

/** What an account may claim by its contract: support, hours, seats, volume (REC-07). */
export const entitlement = defineTable({
  name: 'entitlement',
  label: 'Entitlement',
  plural: 'Entitlements',
  prefix: 'ENT',
  title: ['name'],
  access: 'customerData',
  accountPath: 'account',
  dueBy: 'endDate',
  importable: true,
  importKeys: ['externalId', 'name'],
  synonyms: ['service entitlement', 'support entitlement'],
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200, synonyms: ['entitlement', 'entitlement name'] }),
    account: f.reference('Account', 'account', {
      mandatory: true,
      merge: 'review',
      column: 2,
      synonyms: ['account id', 'account name', 'customer'],
    }),
    contract: f.reference('Contract', 'contract', { column: 3, synonyms: ['contract id', 'contract number', 'service contract'] }),
    product: f.reference('Product', 'product', { synonyms: ['product id', 'product name'] }),
    soldProduct: f.reference('Sold product', 'soldProduct', { synonyms: ['asset', 'asset id'] }),
    kind: f.choice('Kind', ENTITLEMENT_KINDS, { default: 'support', extensible: true, column: 4, synonyms: ['entitlement type', 'type'] }),
    quantity: f.number('Quantity', { min: 0, column: 5, synonyms: ['total units', 'units', 'entitled quantity'] }),
    used: f.number('Used', { min: 0, column: 6, synonyms: ['units used', 'consumed', 'used quantity'] }),
    unit: f.text('Unit', { maxLength: 50, synonyms: ['unit of measure', 'uom'], help: 'What is counted, such as hours or seats.' }),
    unlimited: f.boolean('Unlimited', { default: false, help: 'May be used without a limit; the quantity does not count.' }),
    startDate: f.date('Start', { merge: 'review', synonyms: ['start date', 'valid from'] }),
    endDate: f.date('End', { merge: 'review', column: 7, synonyms: ['end date', 'valid to', 'expiry date'] }),
    active: f.boolean('Active', { default: true, synonyms: ['is active'] }),
    ...described,
    ...followed,
    ...external,
  },
});
