import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described } from '../mixins.ts';

/** A form that is filled in beforehand (REC-38). */
export const recordTemplate = defineTable({
  name: 'recordTemplate',
  label: 'Record template',
  plural: 'Record templates',
  prefix: 'RTP',
  title: ['name'],
  access: 'content',
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200 }),
    /** Name of the record type that it fills in. */
    intoTable: f.text('Record type', { mandatory: true, indexed: true, column: 2, maxLength: 60 }),
    /** Values by field, as `records.create` takes them. */
    values: f.json('Values', { mandatory: true }),
    owner: f.reference('Owner', 'user', { column: 3 }),
    shared: f.boolean('Shared', { default: true, column: 4, help: 'Everyone may use it; otherwise only its owner.' }),
    active: f.boolean('Active', { default: true, column: 5 }),
    ...described,
  },
});

/** A text to answer with (REC-39). Words in braces, such as {contact}, are filled in from the record. */
export const responseTemplate = defineTable({
  name: 'responseTemplate',
  label: 'Response template',
  plural: 'Response templates',
  prefix: 'RST',
  title: ['name'],
  access: 'content',
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200 }),
    category: f.choice(
      'Category',
      { general: 'General', meeting: 'Meetings', renewal: 'Renewal', onboarding: 'Onboarding', survey: 'Surveys', followUp: 'Follow-up' },
      { extensible: true, default: 'general', column: 2 },
    ),
    /** Name of a record type; empty: for all. */
    forTable: f.text('For record type', { indexed: true, column: 3, maxLength: 60, help: 'Empty: everywhere.' }),
    subject: f.text('Subject', { search: 2, maxLength: 500 }),
    body: f.longText('Text', { mandatory: true, search: 1 }),
    owner: f.reference('Owner', 'user', { column: 4 }),
    shared: f.boolean('Shared', { default: true, column: 5, help: 'Everyone may use it; otherwise only its owner.' }),
    active: f.boolean('Active', { default: true, column: 6 }),
    ...described,
  },
});
