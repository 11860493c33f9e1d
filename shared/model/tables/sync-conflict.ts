import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

export const CONFLICT_KINDS = {
  fields: 'Both changed the same field',
  deleted: 'Deleted while it was being changed',
  orphan: 'What it belongs to was deleted',
  scope: 'Changed after it was handed on',
} as const;
export const RESOLUTIONS = {
  theirs: 'Kept what was there',
  mine: 'Took what was sent',
  merged: 'Put together',
  restored: 'Restored',
} as const;

/** Where two people's changes met and a person has to choose (`spec/sync.md` S5, S6); the central store writes it. */
export const syncConflict = defineTable({
  name: 'syncConflict',
  label: 'Sync conflict',
  plural: 'Sync conflicts',
  title: ['recordLabel'],
  fields: {
    recordLabel: f.text('Record', { readOnly: true, column: 1, maxLength: 400 }),
    kind: f.choice('What happened', CONFLICT_KINDS, { mandatory: true, default: 'fields', column: 2 }),
    recordTable: f.text('Record type', { readOnly: true }),
    recordId: f.text('Record ID', { readOnly: true, indexed: true }),
    /** Fields with base, theirs and mine (S4). */
    fields: f.json('Fields', { readOnly: true }),
    /** Names of fields that are decided while others of it still wait. */
    decided: f.json('Decided', { readOnly: true, merge: 'set' }),
    /** The whole record where there is none to change: deleted, or without what it belongs to. */
    record: f.json('Record as it was sent', { readOnly: true }),
    author: f.reference('Sent by', 'user', { readOnly: true, column: 3 }),
    owner: f.reference('Owner of the record', 'user', { readOnly: true, column: 4 }),
    resolved: f.boolean('Resolved', { default: false, column: 5 }),
    resolution: f.choice('Outcome', RESOLUTIONS, { column: 6 }),
  },
});
