import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described } from '../mixins.ts';

/** A tenant: its accounts, and everything that belongs to them, are kept apart from those of other domains (BR-42). */
export const domain = defineTable({
  name: 'domain',
  label: 'Domain',
  plural: 'Domains',
  access: 'people',
  prefix: 'DOM',
  title: ['name'],
  unique: [['name']],
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200, indexed: true }),
    ...described,
  },
});
