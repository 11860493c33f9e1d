import { z } from 'zod';
import { command, query } from '../define.ts';
import { changeDone, conditionSchema, idSchema, rowSchema, sortSchema, tableSchema, valuesSchema, windowSchema } from './schemas.ts';

const refusals = ['rule', 'validation', 'not-found', 'conflict', 'permission'] as const;
const closing = z.strictObject({ table: tableSchema, id: idSchema, closeNotes: z.string().max(20_000) });

/** A reference shown beside a record: its label and number, so that screens need no second question. */
export const refSchema = z.strictObject({ table: tableSchema, id: idSchema, label: z.string(), number: z.string().optional() });

export const records = {
  'records.create': command(z.strictObject({ table: tableSchema, values: valuesSchema }), changeDone, refusals),
  /** `baseRev`: the revision that the person saw; a field changed since then by someone else is refused as `conflict`. */
  'records.update': command(
    z.strictObject({ table: tableSchema, id: idSchema, patch: valuesSchema, baseRev: z.number().int().optional() }),
    changeDone,
    refusals,
  ),
  'records.close': command(closing.extend({ closureCode: z.string() }), changeDone, refusals),
  'records.cancel': command(closing, changeDone, refusals),
  'records.reopen': command(z.strictObject({ table: tableSchema, id: idSchema }), changeDone, refusals),
  'records.delete': command(z.strictObject({ table: tableSchema, id: idSchema }), changeDone, refusals),
  /** Takes back one change set, by default the person's latest; `label` says what was undone. */
  'records.undo': command(
    z.strictObject({ changeSetId: idSchema.optional() }),
    z.strictObject({ changeSetId: idSchema, label: z.string() }),
    refusals,
  ),
  'records.redo': command(z.strictObject({}), z.strictObject({ changeSetId: idSchema, label: z.string() }), refusals),

  /** One record with the labels of everything it refers to. */
  'records.get': query(
    z.strictObject({ table: tableSchema, id: idSchema }),
    z.strictObject({
      row: rowSchema,
      label: z.string(),
      refs: z.record(z.string(), refSchema),
      derived: z.record(z.string(), z.unknown()),
    }),
    ['not-found'],
  ),
  /** A window of the rows that match, with labels of references and derived fields as further columns (`derived`). */
  'records.list': query(
    z.strictObject({
      table: tableSchema,
      condition: conditionSchema.optional(),
      search: z.string().max(200).optional(),
      sort: sortSchema.optional(),
      window: windowSchema,
    }),
    z.strictObject({
      total: z.number(),
      rows: z.array(z.strictObject({ row: rowSchema, label: z.string(), derived: z.record(z.string(), z.unknown()) })),
      refs: z.record(z.string(), refSchema),
    }),
    ['validation'],
  ),
  /** How many records of each type the person may see. */
  'records.counts': query(z.strictObject({}), z.strictObject({ counts: z.partialRecord(tableSchema, z.number()) })),
  /** Records that point to this one, counted by table and field, with the first five labels. */
  'records.related': query(
    z.strictObject({ table: tableSchema, id: idSchema }),
    z.strictObject({
      lists: z.array(
        z.strictObject({ table: tableSchema, field: z.string(), label: z.string(), count: z.number(), first: z.array(refSchema) }),
      ),
    }),
    ['not-found'],
  ),
  /**
   * What else would change if the records were closed, cancelled, reopened or deleted, by record type and what becomes of it, and
   * whom it would be refused for. The deed is tried, so that what is shown is what happens; nothing is kept.
   */
  'records.consequences': query(
    z.strictObject({
      table: tableSchema,
      ids: z.array(idSchema).min(1).max(500),
      action: z.enum(['close', 'cancel', 'reopen', 'delete']),
    }),
    z.strictObject({
      /** Of the records asked about, how many it is allowed for. */
      allowed: z.number(),
      changes: z.array(
        z.strictObject({
          table: tableSchema,
          what: z.enum(['close', 'cancel', 'reopen', 'delete', 'create', 'update']),
          /** Of updates the fields that change. */
          fields: z.array(z.string()),
          count: z.number(),
          first: z.array(refSchema),
        }),
      ),
      refused: z.array(
        z.strictObject({ record: refSchema, message: z.string(), rule: z.string().optional(), blocking: z.array(refSchema) }),
      ),
      refusedCount: z.number(),
    }),
    ['not-found', 'rule', 'validation', 'permission', 'conflict'],
  ),
  /** What rules would fill in if a record (a new one without `id`) were saved with these values. */
  'records.prepare': query(
    z.strictObject({ table: tableSchema, id: idSchema.optional(), values: valuesSchema }),
    z.strictObject({ follows: z.record(z.string(), z.unknown()), refs: z.record(z.string(), refSchema) }),
  ),
  /** What Ctrl+Z and Ctrl+Y would do now. */
  'records.undoable': query(z.strictObject({}), z.strictObject({ undo: z.string().optional(), redo: z.string().optional() })),
  /** Choices for a reference field as the person types. */
  'records.lookup': query(
    z.strictObject({ table: tableSchema, text: z.string().max(200), limit: z.number().int().min(1).max(50) }),
    z.strictObject({ found: z.array(refSchema) }),
  ),
  /** Number, title and text search over all records, ranked (command palette). */
  'records.find': query(
    z.strictObject({ text: z.string().max(200), limit: z.number().int().min(1).max(50) }),
    z.strictObject({ found: z.array(refSchema) }),
  ),
} as const;
