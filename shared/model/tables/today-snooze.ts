import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

/** A line of Today that a person has put off (DSH-13): it comes back on its day. */
export const todaySnooze = defineTable({
  name: 'todaySnooze',
  label: 'Snoozed line',
  plural: 'Snoozed lines',
  access: 'private',
  title: ['kind', 'until'],
  ownedBy: 'about',
  unique: [['owner', 'about', 'kind']],
  fields: {
    about: f.anyReference('About', { mandatory: true, column: 1, merge: 'refuse' }),
    kind: f.choice(
      'Kind',
      { meeting: 'Meeting', touchpoint: 'Touchpoint', task: 'Task', risk: 'Risk', renewal: 'Renewal', cadence: 'Cadence' },
      { mandatory: true, column: 2 },
    ),
    until: f.date('Until', { mandatory: true, column: 3, help: 'On this day it stands on Today again.' }),
    owner: f.reference('Owner', 'user', { column: 4 }),
  },
});
