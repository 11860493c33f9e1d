import { z } from 'zod';
import { NOTICE_REASONS } from '../../model/tables/notification.ts';
import { command, query } from '../define.ts';
import { refSchema } from './records.ts';
import { changeDone, idSchema, tableSchema } from './schemas.ts';

const reasons = Object.keys(NOTICE_REASONS) as (keyof typeof NOTICE_REASONS)[]; // Object.keys loses the literal type

const notice = z.strictObject({
  id: idSchema,
  reason: z.enum(reasons),
  summary: z.string(),
  excerpt: z.string().optional(),
  by: z.string(),
  at: z.string(),
  unread: z.boolean(),
  /** What it leads to; absent where it is about many records, or one that is gone. */
  about: z.strictObject({ table: tableSchema, id: idSchema }).optional(),
  discussion: idSchema.optional(),
});

const message = z.strictObject({
  id: idSchema,
  at: z.string(),
  by: z.string(),
  text: z.string(),
  mentions: z.array(z.strictObject({ start: z.number(), end: z.number(), userId: idSchema })),
});

const refusals = ['rule', 'validation', 'not-found', 'permission', 'conflict'] as const;

export const notices = {
  /** What the person who asks was told, newest first, and how much of all of it is unread (REC-43). */
  'notices.list': query(
    z.strictObject({ limit: z.number().int().min(1).max(200), unreadOnly: z.boolean().optional() }),
    z.strictObject({ unread: z.number(), total: z.number(), notices: z.array(notice), refs: z.record(z.string(), refSchema) }),
  ),
  /** Marks as read, or as unread again; without `ids` all. Only one's own. */
  'notices.mark': command(
    z.strictObject({ ids: z.array(idSchema).max(200).optional(), read: z.boolean() }),
    z.strictObject({ changed: z.number() }),
  ),
  /** The discussions about a record, open ones first, newest first within, with their messages, oldest first. */
  'discussions.list': query(
    z.strictObject({ table: tableSchema, id: idSchema }),
    z.strictObject({
      discussions: z.array(
        z.strictObject({
          id: idSchema,
          number: z.string().optional(),
          subject: z.string(),
          startedBy: z.string(),
          at: z.string(),
          participants: z.array(idSchema),
          resolved: z.boolean(),
          resolvedAt: z.string().optional(),
          outcome: z.string().optional(),
          messages: z.array(message),
        }),
      ),
      refs: z.record(z.string(), refSchema),
    }),
    ['not-found'],
  ),
  /** Starts a discussion with its first message; whoever starts it takes part in it. */
  'discussions.start': command(
    z.strictObject({
      table: tableSchema,
      id: idSchema,
      subject: z.string().trim().min(1).max(300),
      participants: z.array(idSchema).max(100),
      text: z.string().trim().min(1).max(20_000),
    }),
    changeDone,
    refusals,
  ),
  'discussions.write': command(z.strictObject({ id: idSchema, text: z.string().trim().min(1).max(20_000) }), changeDone, refusals),
  /** Ends a discussion; what came of it becomes a work note of the record. `reopen` takes it up again. */
  'discussions.resolve': command(z.strictObject({ id: idSchema, outcome: z.string().max(20_000) }), changeDone, refusals),
  'discussions.reopen': command(z.strictObject({ id: idSchema }), changeDone, refusals),
} as const;
