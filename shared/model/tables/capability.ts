import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external } from '../mixins.ts';

export const CAPABILITY_LEVELS = { core: 'Core', advanced: 'Advanced', basic: 'Basic' } as const;

/** A feature of a product whose use is measured (REC-04). */
export const capability = defineTable({
  name: 'capability',
  label: 'Capability',
  plural: 'Capabilities',
  access: 'catalogue',
  prefix: 'CAP',
  title: ['name'],
  unique: [['name', 'product']],
  importable: true,
  importKeys: ['externalId', 'name'],
  synonyms: ['feature', 'module'],
  fields: {
    name: f.text('Name', {
      mandatory: true,
      search: 4,
      column: 1,
      indexed: true,
      maxLength: 200,
      synonyms: ['feature', 'feature name', 'capability name', 'module'],
    }),
    product: f.reference('Product', 'product', { column: 2, synonyms: ['product id', 'product name'] }),
    level: f.choice('Level', CAPABILITY_LEVELS, { default: 'core', column: 3 }),
    beta: f.boolean('Beta', { synonyms: ['is beta feature', 'is beta'] }),
    active: f.boolean('Active', { default: true }),
    ...described,
    ...external,
  },
});
