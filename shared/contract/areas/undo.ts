import { z } from 'zod';
import { job, query } from '../define.ts';
import { refSchema } from './records.ts';
import { idSchema, tableSchema } from './schemas.ts';

/** Undo and redo over a person's last hundred commands, any of them, across restarts. */
export const undo = {
  /** As `records.undo` and `records.redo`, with progress and without a deadline. `id`: this step; `rest`: what others changed since is left alone. */
  'undo.take': job(
    z.strictObject({ direction: z.enum(['undo', 'redo']), id: idSchema.optional(), rest: z.boolean().optional() }),
    z.strictObject({
      changeSetId: idSchema,
      label: z.string(),
      /** Parts that were left as they are. */
      left: z.number(),
    }),
    ['rule', 'validation', 'not-found', 'conflict', 'permission'],
  ),
  /** The person's commands that can be taken back or done again, newest first. */
  'undo.steps': query(
    z.strictObject({}),
    z.strictObject({
      steps: z.array(
        z.strictObject({
          id: idSchema,
          label: z.string(),
          at: z.string(),
          state: z.enum(['done', 'undone']),
          /** What the first record that it changed is called. */
          record: z.string().optional(),
        }),
      ),
    }),
  ),
  /** What a step changed, and what stands in the way of taking it back (or doing it again), in words. */
  'undo.step': query(
    z.strictObject({ id: idSchema }),
    z.strictObject({
      /** Records that it changed, and the first of them with their fields. */
      records: z.number(),
      first: z.array(
        refSchema.extend({
          action: z.enum(['create', 'update', 'close', 'cancel', 'reopen', 'delete']),
          changes: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
        }),
      ),
      /** Names of the records in those fields, by ID. */
      refs: z.record(z.string(), refSchema),
      possible: z.enum(['all', 'rest', 'none']),
      obstacles: z.array(z.strictObject({ table: tableSchema, id: idSchema, words: z.string(), exists: z.boolean() })),
    }),
    ['not-found', 'permission'],
  ),
} as const;
