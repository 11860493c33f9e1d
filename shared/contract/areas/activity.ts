import { z } from 'zod';
import { activityKinds } from '../../domain/activity/activity-kinds.ts';
import { command, query } from '../define.ts';
import { refSchema } from './records.ts';
import { idSchema, tableSchema } from './schemas.ts';

const fieldChange = z.strictObject({
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** A rule set it as a consequence, not the person. */
  byRule: z.boolean(),
});

const mention = z.strictObject({ start: z.number(), end: z.number(), userId: idSchema });

/** One entry of a journal. `audience` is never mixed: what is internal is not for the customer. */
const note = z.strictObject({
  field: z.string(),
  audience: z.enum(['customer', 'internal']),
  text: z.string(),
  at: z.string(),
  by: z.string(),
  mentions: z.array(mention),
  /** An undo took it away again. */
  removed: z.boolean(),
});

const entry = z.strictObject({
  changeSetId: idSchema,
  seq: z.number(),
  at: z.string(),
  by: z.string(),
  label: z.string(),
  step: z.enum(['do', 'undo', 'redo']),
  action: z.enum(['create', 'update', 'close', 'cancel', 'reopen', 'delete']),
  undoable: z.boolean(),
  changes: z.array(fieldChange),
  notes: z.array(note),
});

export const activity = {
  /**
   * What happened to a record, newest first: one entry per change set, with old and new values, comments and work notes.
   * `before`: only entries older than this `seq`, which `next` of the page before tells; no `next`: this was the last page.
   */
  'records.activity': query(
    z.strictObject({
      table: tableSchema,
      id: idSchema,
      limit: z.number().int().min(1).max(200),
      before: z.number().int().optional(),
      only: z.array(z.enum(activityKinds)).max(10).optional(),
    }),
    z.strictObject({ entries: z.array(entry), refs: z.record(z.string(), refSchema), next: z.number().optional() }),
    ['not-found'],
  ),
  /** The customer timeline of an engagement or account (WSP-09); `types` counts each kind before it is narrowed. */
  'timeline.list': query(
    z.strictObject({
      table: z.enum(['engagement', 'account']),
      id: idSchema,
      types: z.array(z.string().max(60)).max(100).optional(),
      search: z.string().max(200).optional(),
      oldestFirst: z.boolean().optional(),
      limit: z.number().int().min(1).max(1000),
    }),
    z.strictObject({
      total: z.number(),
      items: z.array(
        z.strictObject({
          type: z.string(),
          table: tableSchema,
          id: idSchema,
          title: z.string(),
          date: z.string(),
          number: z.string().optional(),
        }),
      ),
      types: z.array(z.strictObject({ key: z.string(), label: z.string(), table: tableSchema, count: z.number() })),
    }),
    ['not-found'],
  ),
  /** Makes the shipped activity types records that can be changed; does nothing where they are. */
  'timeline.customise': command(z.strictObject({}), z.strictObject({ created: z.number() }), ['permission', 'validation', 'rule']),
  /** The record that a number (`eng1042`) or an ID names, for links. */
  'records.resolve': query(z.strictObject({ name: z.string().min(1).max(64) }), refSchema, ['not-found']),
} as const;
