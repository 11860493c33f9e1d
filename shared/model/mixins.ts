import { f } from './field.ts';

/** Where the record came from, so that a second import updates instead of duplicating. */
export const external = {
  externalId: f.text('External ID', {
    maxLength: 200,
    indexed: true,
    section: 'Record',
    help: 'Key of this record in the system that it was imported from.',
  }),
} as const;

export const described = {
  description: f.longText('Description', {
    search: 1,
    section: 'Notes',
    synonyms: ['notes', 'body', 'content', 'details', 'note body', 'email text', 'message', 'about'],
  }),
} as const;

/** People who follow a record, and its two journals: notes stay internal, comments are meant for the customer. */
export const followed = {
  watchList: f.references('Watch list', 'user', { merge: 'set', section: 'People' }),
  workNotesList: f.references('Work notes list', 'user', { merge: 'set', section: 'People' }),
  workNotes: f.journal('Work notes', { merge: 'append', search: 1, section: 'Notes' }),
} as const;

export const comments = {
  comments: f.journal('Additional comments', { merge: 'append', search: 1, section: 'Notes', help: 'Visible to the customer.' }),
} as const;

export const PRIORITIES = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', veryLow: 'Very low' } as const;

/** What every record with a beginning and an end has (BR-02, BR-03). */
export const closure = {
  active: f.boolean('Active', { readOnly: true, default: true, section: 'Closure' }),
  closeNotes: f.longText('Close notes', { readOnly: true, section: 'Closure' }),
  closedAt: f.instant('Closed at', { readOnly: true, section: 'Closure' }),
  closedBy: f.reference('Closed by', 'user', { readOnly: true, section: 'Closure' }),
} as const;

export const WORK_STATES = { new: 'New', inProgress: 'In progress', paused: 'Paused', cancelled: 'Cancelled', closed: 'Closed' } as const;
export const PROGRESS = {
  notStarted: 'Not started',
  onTrack: 'On track',
  atRisk: 'At risk',
  paused: 'Paused',
  completed: 'Completed',
  cancelled: 'Cancelled',
} as const;
/** How onboarding work stands: it finishes, whether it was closed or cancelled. */
export const ONBOARDING_PROGRESS = {
  notStarted: 'Not started',
  onTrack: 'On track',
  atRisk: 'At risk',
  paused: 'Paused',
  finished: 'Finished',
} as const;

/** Where a piece of work belongs; taken from the record that it belongs to (`placedBy`). */
export const ofAccount = {
  account: f.reference('Account', 'account', { readOnly: true, help: 'Taken from the record that this belongs to.' }),
} as const;
export const ofEngagement = {
  ...ofAccount,
  engagement: f.reference('Engagement', 'engagement', { readOnly: true, help: 'Taken from the record that this belongs to.' }),
} as const;
/** Work that hangs on an engagement directly. */
export const onEngagement = {
  engagement: f.reference('Engagement', 'engagement', {
    mandatory: true,
    merge: 'review',
    column: 2,
    synonyms: ['engagement title'],
  }),
  account: f.reference('Account', 'account', { readOnly: true, help: 'The account of the engagement.' }),
} as const;

/** State and progress go together as the tables of BR-17 say. */
export const worked = {
  state: f.choice('State', WORK_STATES, { default: 'new', merge: 'review', column: 3, synonyms: ['status'] }),
  progress: f.choice('Progress', PROGRESS, { default: 'notStarted', column: 4 }),
} as const;
export const prioritised = { priority: f.choice('Priority', PRIORITIES, { default: 'medium', column: 5 }) } as const;
export const due = { dueDate: f.date('Due date', { column: 6, synonyms: ['due', 'deadline'] }) } as const;
/** Who does it, and who helps. */
export const assigned = {
  assignedTo: f.reference('Assigned to', 'user', { merge: 'review', column: 7, section: 'People', synonyms: ['assignee', 'owner'] }),
  squad: f.references('Squad', 'user', { merge: 'set', section: 'People', help: 'Who else works on it.' }),
} as const;
/** Work that says what it is for. */
export const explained = {
  description: f.longText('Description', {
    mandatory: true,
    search: 1,
    section: 'Notes',
    synonyms: ['notes', 'body', 'content', 'details', 'about'],
  }),
} as const;
export const customerVisible = {
  visibleToCustomer: f.boolean('Visible to customer', { default: false, help: 'The customer sees this task with its comments.' }),
} as const;

/** How plans and what is planned in them end. */
export const ACHIEVEMENT_CODES = {
  achieved: 'Achieved',
  partiallyAchieved: 'Partially achieved',
  missed: 'Missed',
  cancelled: 'Cancelled',
} as const;
/** How cases, plays and their tasks end. */
export const ADDRESSED_CODES = { addressed: 'Addressed', unaddressed: 'Unaddressed', cancelled: 'Cancelled' } as const;
/** How tasks of onboarding end. */
export const TASK_CODES = { completed: 'Completed', partiallyCompleted: 'Partially completed', cancelled: 'Cancelled' } as const;

/** Life of most work: `WORK_STATES` with closure codes of its own. */
export const workLife = <const C extends Readonly<Record<string, string>>>(closureCodes: C) =>
  ({
    field: 'state',
    initial: 'new',
    closed: 'closed',
    cancelled: 'cancelled',
    reopened: 'inProgress',
    cancelledCode: 'cancelled',
    closureCodes,
  }) as const;

export const PUBLICATION = { draft: 'Draft', published: 'Published', retired: 'Retired' } as const;
/** Definitions are drafted, published and retired. */
export const published = { state: f.choice('State', PUBLICATION, { default: 'draft', merge: 'review', column: 9 }) } as const;
