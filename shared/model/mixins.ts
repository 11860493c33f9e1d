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

export const PUBLICATION = { draft: 'Draft', published: 'Published', retired: 'Retired' } as const;
/** Definitions are drafted, published and retired. */
export const published = { state: f.choice('State', PUBLICATION, { default: 'draft', merge: 'review', column: 9 }) } as const;
