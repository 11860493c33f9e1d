import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { external, followed, ofEngagement } from '../mixins.ts';

export const MEETING_STATES = { draft: 'Draft', scheduled: 'Scheduled', completed: 'Completed', cancelled: 'Cancelled' } as const;
export const MEETING_TYPES = {
  adHoc: 'Ad hoc',
  weeklyStatus: 'Weekly status',
  qbr: 'QBR',
  renewal: 'Renewal',
  executive: 'Executive meeting',
} as const;
export const CADENCES = {
  daily: 'Daily',
  weekly: 'Weekly',
  biweekly: 'Every two weeks',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
} as const;
export const VIDEO_PROVIDERS = { zoom: 'Zoom', meet: 'Google Meet', teams: 'Microsoft Teams', other: 'Other' } as const;

/** What a meeting and a series of them have alike. */
const details = {
  subject: f.text('Subject', { mandatory: true, search: 4, column: 1, maxLength: 500, synonyms: ['title', 'summary', 'meeting title'] }),
  touchpoint: f.reference('Touchpoint', 'touchpoint', { mandatory: true, merge: 'review', column: 2 }),
  ...ofEngagement,
  type: f.choice('Type', MEETING_TYPES, {
    extensible: 'meeting.type',
    default: 'adHoc',
    column: 5,
    help: 'Needed once the meeting is scheduled.',
  }),
  startsAt: f.instant('Starts', { mandatory: true, merge: 'review', column: 6, synonyms: ['start', 'start time', 'start date time'] }),
  endsAt: f.instant('Ends', { mandatory: true, merge: 'review', column: 7, help: 'After the start, at most 24 hours later.' }),
  timeZone: f.text('Time zone', {
    maxLength: 60,
    help: 'Where the clock of this meeting goes, such as Europe/Vienna; empty: the workspace’s.',
  }),
  organiser: f.reference('Organiser', 'user', { merge: 'review', section: 'People' }),
  contacts: f.references('Invited contacts', 'contact', { merge: 'set', section: 'People' }),
  users: f.references('Invited colleagues', 'user', { merge: 'set', section: 'People' }),
  virtual: f.boolean('Virtual meeting', { default: false, section: 'Place' }),
  provider: f.choice('Video software', VIDEO_PROVIDERS, { extensible: 'meeting.provider', section: 'Place' }),
  link: f.url('Meeting link', { section: 'Place', help: 'Fills itself in where the video software gives one.' }),
  locations: f.references('Locations', 'location', { merge: 'set', section: 'Place' }),
  agenda: f.longText('Agenda', { search: 1, section: 'Notes' }),
} as const;

/** A meeting of a touchpoint (REC-17). */
export const meeting = defineTable({
  name: 'meeting',
  label: 'Meeting',
  plural: 'Meetings',
  prefix: 'MTG',
  title: ['subject'],
  accountPath: 'account',
  placedBy: 'touchpoint',
  customer: {
    fields: [
      'subject',
      'touchpoint',
      'account',
      'type',
      'state',
      'startsAt',
      'endsAt',
      'timeZone',
      'virtual',
      'link',
      'locations',
      'agenda',
      'notes',
    ],
    create: ['subject', 'touchpoint', 'startsAt', 'endsAt', 'timeZone', 'agenda'],
  },
  fields: {
    ...details,
    state: f.choice('State', MEETING_STATES, { default: 'draft', merge: 'review', column: 4 }),
    about: f.anyReference('For', {
      to: ['successCase', 'internalPlay', 'successInitiative'],
      merge: 'review',
      help: 'The work that it helps with; its playbook waits for it.',
    }),
    series: f.reference('Series', 'meetingSeries', { readOnly: true, section: 'Series' }),
    occurrence: f.date('Planned for', {
      readOnly: true,
      section: 'Series',
      help: 'The day on which the series has this meeting, also when it was moved.',
    }),
    calendarVersion: f.integer('Version in the calendar', {
      readOnly: true,
      min: 0,
      section: 'Record',
      help: 'SEQUENCE of the calendar file that it was last changed by; an older one changes nothing.',
    }),
    cancelledOn: f.date('Cancelled on', { readOnly: true, section: 'Closure' }),
    cancelledBy: f.choice('Cancelled by', { us: 'Us', customer: 'The customer' }, { section: 'Closure' }),
    notes: f.longText('Meeting notes', { search: 1, section: 'Notes', help: 'Go to everyone who was invited.' }),
    internalNotes: f.longText('Internal notes', { search: 1, section: 'Notes', help: 'Never sent and never seen by the customer.' }),
    ...followed,
    ...external,
  },
});

/** Meetings that come again (REC-17); the single ones are records of their own. */
export const meetingSeries = defineTable({
  name: 'meetingSeries',
  label: 'Meeting series',
  plural: 'Meeting series',
  prefix: 'MSR',
  title: ['subject'],
  accountPath: 'account',
  dueBy: 'repeatUntil',
  placedBy: 'touchpoint',
  fields: {
    ...details,
    state: f.choice('State', { scheduled: 'Scheduled', cancelled: 'Cancelled' }, { default: 'scheduled', merge: 'review', column: 4 }),
    cadence: f.choice('Cadence', CADENCES, { mandatory: true, default: 'weekly', merge: 'review', column: 8 }),
    repeatUntil: f.date('Repeat until', {
      mandatory: true,
      merge: 'review',
      column: 9,
      help: 'After the first meeting; the settings limit how long a series may be.',
    }),
  },
});

/** What a held conversation was like: five observations that score its quality (scoring.md section 2). */
export const meetingChecklist = defineTable({
  name: 'meetingChecklist',
  label: 'Meeting checklist',
  plural: 'Meeting checklists',
  prefix: 'MCL',
  title: ['about'],
  ownedBy: 'about',
  unique: [['about']],
  fields: {
    about: f.anyReference('Meeting or touchpoint', { to: ['meeting', 'touchpoint'], mandatory: true, column: 1 }),
    onTime: f.boolean('On time', { default: false, column: 2, help: 'Those who had agreed to come were there on time.' }),
    participation: f.boolean('Active participation', { default: false, column: 3, help: 'They asked and discussed.' }),
    executive: f.boolean('Executive present', { default: false, column: 4 }),
    followedThrough: f.boolean('Followed through', { default: false, column: 5, help: 'What was promised last time was done.' }),
    strategic: f.boolean('Strategic', {
      default: false,
      column: 6,
      help: 'Goals and value were the subject, not only questions of the day.',
    }),
    remarks: f.longText('Remarks', { search: 1 }),
  },
});

export const MEETING_RESPONSES = { none: 'No answer yet', accepted: 'Accepted', tentative: 'Perhaps', declined: 'Declined' } as const;
export const ATTENDANCE = { unknown: 'Not recorded', attended: 'Was there', absent: 'Did not come' } as const;

/** How someone who was invited answered, and whether they came (TCH-02); there is none for whom nothing is known yet. */
export const meetingGuest = defineTable({
  name: 'meetingGuest',
  label: 'Meeting guest',
  plural: 'Meeting guests',
  prefix: 'MGS',
  title: ['person'],
  accountPath: 'account',
  placedBy: 'meeting',
  ownedBy: 'meeting',
  unique: [['meeting', 'person']],
  fields: {
    meeting: f.reference('Meeting', 'meeting', { mandatory: true, merge: 'review', column: 1 }),
    person: f.anyReference('Who', { to: ['contact', 'user'], mandatory: true, merge: 'review', column: 2 }),
    ...ofEngagement,
    response: f.choice('Answer', MEETING_RESPONSES, { default: 'none', column: 3 }),
    respondedAt: f.instant('Answered at', { readOnly: true, column: 4 }),
    attendance: f.choice('Attendance', ATTENDANCE, { default: 'unknown', column: 5 }),
    remark: f.text('Remark', { maxLength: 500 }),
  },
});

export const ACTION_ITEM_STATES = { open: 'Open', converted: 'Became a task', dropped: 'Dropped' } as const;

/** What was agreed in a meeting. It becomes a task or is dropped, and either is somebody's decision (TCH-02). */
export const actionItem = defineTable({
  name: 'actionItem',
  label: 'Action item',
  plural: 'Action items',
  prefix: 'ACI',
  title: ['subject'],
  accountPath: 'account',
  placedBy: 'meeting',
  ownedBy: 'meeting',
  fields: {
    subject: f.text('Subject', { mandatory: true, search: 3, column: 1, maxLength: 500 }),
    meeting: f.reference('Meeting', 'meeting', { mandatory: true, merge: 'review', column: 2 }),
    ...ofEngagement,
    assignedTo: f.reference('Who of us', 'user', { merge: 'review', column: 3 }),
    contact: f.reference('Who of the customer', 'contact', { merge: 'review', column: 4 }),
    dueDate: f.date('Due date', { column: 5 }),
    state: f.choice('State', ACTION_ITEM_STATES, { default: 'open', merge: 'review', column: 6 }),
    task: f.reference('Task', 'successTask', { readOnly: true, help: 'What it became.' }),
    dropReason: f.text('Why it was dropped', { maxLength: 500 }),
  },
});
