import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

/** What one person wants otherwise than the workspace (REC-44, TCH-10): one record each, seen by that person alone. */
export const ownPreference = defineTable({
  name: 'ownPreference',
  label: 'Own preferences',
  plural: 'Own preferences',
  access: 'private',
  title: ['owner'],
  fields: {
    topic: f.choice('About', { reminders: 'Reminders' }, { mandatory: true, column: 5 }),
    owner: f.reference('Owner', 'user', { column: 1 }),
    quietHours: f.text('Quiet hours', {
      column: 2,
      maxLength: 11,
      help: 'No reminder is shown then, such as 20:00-07:00; none: never quiet.',
    }),
    timeZone: f.text('Time zone', {
      column: 3,
      maxLength: 60,
      help: 'On whose clock the quiet hours are, and reminders name their times.',
    }),
    reminderMinutes: f.integer('Reminder before a meeting', { column: 4, min: 0, max: 1_440, unit: 'min' }),
  },
});
