import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

/** A conversation of chosen people about a record; always internal. What came of it is noted on the record when it is resolved. */
export const discussion = defineTable({
  name: 'discussion',
  label: 'Discussion',
  plural: 'Discussions',
  prefix: 'DSC',
  title: ['subject'],
  ownedBy: 'about',
  fields: {
    subject: f.text('Subject', { mandatory: true, column: 1, search: 2, maxLength: 300 }),
    about: f.anyReference('About', { mandatory: true, column: 2, merge: 'refuse' }),
    participants: f.references('Participants', 'user', { mandatory: true, merge: 'set', column: 3 }),
    resolved: f.boolean('Resolved', { default: false, readOnly: true, column: 4 }),
    resolvedAt: f.instant('Resolved at', { readOnly: true, column: 5 }),
    outcome: f.longText('Outcome', { readOnly: true, search: 1 }),
  },
});

/** One message of a discussion; who wrote it and when is the record's own creation. */
export const discussionMessage = defineTable({
  name: 'discussionMessage',
  label: 'Discussion message',
  plural: 'Discussion messages',
  title: ['text'],
  ownedBy: 'discussion',
  fields: {
    discussion: f.reference('Discussion', 'discussion', { mandatory: true, column: 2, merge: 'refuse' }),
    text: f.longText('Text', { mandatory: true, column: 1, search: 1 }),
  },
});
