import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, followed } from '../mixins.ts';

/** What we sell (REC-04). */
export const product = defineTable({
  name: 'product',
  label: 'Product',
  plural: 'Products',
  access: 'catalogue',
  prefix: 'PRD',
  title: ['name'],
  unique: [['name']],
  importable: true,
  importKeys: ['externalId', 'name'],
  synonyms: ['item', 'sku', 'product catalog'],
  fields: {
    name: f.text('Name', {
      mandatory: true,
      search: 5,
      column: 1,
      indexed: true,
      maxLength: 200,
      synonyms: ['product', 'product name', 'plan tier', 'plan'],
    }),
    family: f.text('Family', { column: 2, synonyms: ['series', 'product family', 'category', 'line'] }),
    code: f.text('Code', { column: 3, synonyms: ['sku', 'product code', 'stock keeping unit'] }),
    listPrice: f.money('List price', { column: 4, synonyms: ['sales price', 'price', 'unit price'] }),
    active: f.boolean('Active', { default: true, synonyms: ['is active'] }),
    owner: f.reference('Product owner', 'user', {}),
    retiredOn: f.date('Retired on', {}),
    ...described,
    ...followed,
    ...external,
  },
});
