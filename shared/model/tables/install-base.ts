import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, followed } from '../mixins.ts';

export const INSTALL_STATES = { planned: 'Planned', installed: 'Installed', inRepair: 'In repair', retired: 'Retired' } as const;
export const ENVIRONMENTS = { production: 'Production', test: 'Test', development: 'Development', other: 'Other' } as const;

/** One thing that stands or runs at a customer (REC-08). */
export const installBaseItem = defineTable({
  name: 'installBaseItem',
  label: 'Install-base item',
  plural: 'Install-base items',
  prefix: 'IBI',
  title: ['name'],
  access: 'customerData',
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId', 'name'],
  synonyms: ['install base', 'installed base', 'install base item', 'installed product'],
  fields: {
    name: f.text('Name', {
      mandatory: true,
      search: 3,
      column: 1,
      maxLength: 200,
      synonyms: ['item', 'item name', 'install base item', 'install base'],
    }),
    account: f.reference('Account', 'account', {
      mandatory: true,
      merge: 'review',
      column: 2,
      synonyms: ['account id', 'account name', 'customer'],
    }),
    product: f.reference('Product', 'product', { column: 3, synonyms: ['product id', 'product name', 'model'] }),
    parent: f.reference('Part of', 'installBaseItem', { synonyms: ['parent item'] }),
    state: f.choice('State', INSTALL_STATES, { default: 'installed', merge: 'review', column: 4, synonyms: ['status', 'install status'] }),
    environment: f.choice('Environment', ENVIRONMENTS, { default: 'production', extensible: true, column: 5 }),
    serialNumber: f.text('Serial number', { search: 2, column: 6, maxLength: 100, synonyms: ['serial', 'serial no', 'sn'] }),
    assetTag: f.text('Asset tag', { search: 1, maxLength: 100, synonyms: ['tag', 'inventory number'] }),
    version: f.text('Version', { maxLength: 60, synonyms: ['release', 'firmware', 'software version'] }),
    contact: f.reference('Contact', 'contact', { synonyms: ['contact name', 'site contact'] }),
    installedOn: f.date('Installed on', { synonyms: ['install date', 'installation date', 'installed'] }),
    retiredOn: f.date('Retired on', { synonyms: ['retirement date', 'removed on'] }),
    ...described,
    ...followed,
    ...external,
  },
});

/** Where an install-base item stands or stood (REC-46). */
export const installBaseLocation = defineTable({
  name: 'installBaseLocation',
  label: 'Install-base location',
  plural: 'Install-base locations',
  title: ['item', 'location'],
  access: 'link',
  ownedBy: 'item',
  importable: true,
  synonyms: ['install base location', 'item location'],
  fields: {
    item: f.reference('Install-base item', 'installBaseItem', {
      mandatory: true,
      column: 1,
      synonyms: ['item', 'install base item', 'install base'],
    }),
    location: f.reference('Location', 'location', { mandatory: true, column: 2, synonyms: ['location name', 'site'] }),
    validFrom: f.date('Since', { column: 3, synonyms: ['from'] }),
    validTo: f.date('Until', { column: 4, synonyms: ['to'] }),
    ...external,
  },
});

/** The sold product that an install-base item belongs to (REC-46). */
export const installBaseSoldProduct = defineTable({
  name: 'installBaseSoldProduct',
  label: 'Install-base link',
  plural: 'Install-base links',
  title: ['item', 'soldProduct'],
  access: 'link',
  ownedBy: 'item',
  importable: true,
  synonyms: ['install base link', 'install base sold product', 'install base m2m sold product'],
  fields: {
    item: f.reference('Install-base item', 'installBaseItem', {
      mandatory: true,
      column: 1,
      synonyms: ['item', 'install base item', 'install base'],
    }),
    soldProduct: f.reference('Sold product', 'soldProduct', { mandatory: true, column: 2, synonyms: ['sold product number', 'asset'] }),
    ...external,
  },
});
