import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

/** A kind of event on the customer timeline (WSP-09), where it differs from the shipped ones (`shared/model/timeline-types.ts`) or is a new one. */
export const activityType = defineTable({
  name: 'activityType',
  label: 'Timeline activity type',
  plural: 'Timeline activity types',
  title: ['name'],
  access: 'configuration',
  unique: [['key']],
  fields: {
    name: f.text('Name', { mandatory: true, column: 1, maxLength: 100 }),
    key: f.text('Key', { mandatory: true, indexed: true, column: 6, maxLength: 60, help: 'That of a shipped type changes it.' }),
    sourceTable: f.text('Record type', { mandatory: true, column: 2, maxLength: 60, help: 'Its internal name, such as touchpoint.' }),
    dateField: f.text('Date', {
      mandatory: true,
      column: 3,
      maxLength: 60,
      help: 'The field whose date it stands at, such as heldOn or createdAt.',
    }),
    condition: f.condition('Records that count', { column: 4, help: 'Empty: all.' }),
    active: f.boolean('Shown', { default: true, column: 5 }),
    position: f.integer('Position', { column: 7 }),
  },
});
