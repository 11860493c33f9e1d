import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

/** A setting of the workspace; what settings exist stands in shared/model/settings.ts (REC-44). */
export const setting = defineTable({
  name: 'setting',
  label: 'Setting',
  plural: 'Settings',
  access: 'configuration',
  title: ['key'],
  unique: [['key']],
  fields: { key: f.text('Key', { mandatory: true, column: 1, indexed: true }), value: f.json('Value', { column: 2 }) },
});

/** A filter that a person keeps for a list (REC-36). */
export const savedFilter = defineTable({
  name: 'savedFilter',
  label: 'Saved filter',
  plural: 'Saved filters',
  access: 'private',
  title: ['name'],
  fields: {
    name: f.text('Name', { mandatory: true, column: 1, maxLength: 100 }),
    list: f.text('List', { mandatory: true, column: 2, indexed: true }),
    condition: f.condition('Condition', { mandatory: true, column: 3 }),
    sort: f.json('Sort', {}),
    owner: f.reference('Owner', 'user', { column: 4 }),
    shared: f.boolean('Shared', { default: false, column: 5, help: 'Everyone sees it; else only its owner.' }),
    group: f.text('Grouped by', { maxLength: 200 }),
    columns: f.json('Columns', {}),
    standard: f.boolean('Shown first', { default: false, column: 6, help: 'The list opens with it.' }),
  },
});

/** How the columns of a kind of file map to fields, remembered under a name (ONB-04). */
export const importProfile = defineTable({
  name: 'importProfile',
  label: 'Import profile',
  plural: 'Import profiles',
  access: 'staging',
  title: ['name'],
  unique: [['name']],
  fields: {
    name: f.text('Name', { mandatory: true, column: 1, maxLength: 100, indexed: true }),
    profile: f.json('Profile', { mandatory: true }),
  },
});

/** A row that an import could not take in, kept until it is repaired or discarded (ONB-04). */
export const heldRow = defineTable({
  name: 'heldRow',
  label: 'Held-back row',
  plural: 'Held-back rows',
  access: 'staging',
  title: ['file', 'line'],
  fields: {
    file: f.text('File', { mandatory: true, column: 1 }),
    line: f.integer('Line', { mandatory: true, column: 2 }),
    intoTable: f.text('Into', { mandatory: true, column: 3 }),
    cells: f.json('Cells', { mandatory: true }),
    problems: f.json('Problems', { mandatory: true }),
    batch: f.text('Import', { mandatory: true, indexed: true }),
  },
});
