import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

/** A file that hangs on a record (REC-33). Its bytes lie outside the records, found by their SHA-256 (S16). */
export const attachment = defineTable({
  name: 'attachment',
  label: 'Attachment',
  plural: 'Attachments',
  prefix: 'ATT',
  access: 'link',
  title: ['name'],
  ownedBy: 'about',
  // customers see the files of records that they see, where they are marked for them
  customer: { when: 'visibleToCustomer', fields: ['name', 'about', 'mediaType', 'size', 'sha256'] },
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200, help: 'The name of the file, with its ending.' }),
    about: f.anyReference('About', { mandatory: true, merge: 'refuse', column: 2 }),
    visibleToCustomer: f.boolean('Visible to the customer', {
      default: false,
      column: 5,
      help: 'The customer sees this file on records that they see.',
    }),
    mediaType: f.text('Type', { readOnly: true, column: 3, maxLength: 200 }),
    size: f.integer('Size', { readOnly: true, column: 4, min: 0, unit: 'bytes' }),
    sha256: f.text('SHA-256', { readOnly: true, indexed: true, maxLength: 64, help: 'What its content is found by.' }),
  },
});
