import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

export const NOTICE_REASONS = {
  mention: 'You were mentioned',
  assignment: 'It was assigned to you',
  discussion: 'A discussion that you are in',
  workNotes: 'A work note that you follow',
  watch: 'A record that you watch',
} as const;

/** What Satchel tells a person of what others did (REC-43). Written by the engine alone, once per person, record and change. */
export const notification = defineTable({
  name: 'notification',
  label: 'Notification',
  plural: 'Notifications',
  access: 'private',
  title: ['summary'],
  ownedBy: 'about',
  unique: [['recipient', 'change', 'about']],
  fields: {
    recipient: f.reference('Recipient', 'user', { mandatory: true, column: 4 }),
    about: f.anyReference('About', { column: 2, help: 'Empty where it is about many records, or one that was deleted.' }),
    reason: f.choice('Reason', NOTICE_REASONS, { mandatory: true, column: 3 }),
    summary: f.text('Summary', { mandatory: true, column: 1, maxLength: 500, help: 'What was done, without who did it.' }),
    excerpt: f.longText('Excerpt', { help: 'What was written.' }),
    actor: f.text('Done by', { mandatory: true, maxLength: 64 }),
    at: f.instant('At', { mandatory: true, column: 5 }),
    change: f.text('Change', { mandatory: true, maxLength: 64, indexed: true }),
    discussion: f.reference('Discussion', 'discussion', {}),
    readAt: f.instant('Read at', { column: 6 }),
  },
});
