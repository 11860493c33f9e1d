import { z } from 'zod';
import { query } from '../define.ts';
import { refSchema } from './records.ts';
import { tableSchema } from './schemas.ts';

/** Where a record answers the question: its field, and the text around, hits marked. */
const snippet = z.strictObject({
  field: z.string(),
  label: z.string(),
  parts: z.array(z.strictObject({ text: z.string(), hit: z.boolean() })),
});

/** Search over all records: numbers, titles, texts, notes, comments, names of attachments (UX-02). */
export const search = {
  /**
   * Ranked, best first; words by their beginning and with typing mistakes; only what the caller may see. `tables`: these alone (the facets
   * still count all). `complete` is false while the index is still being made: ask again.
   */
  'search.find': query(
    z.strictObject({
      text: z.string().max(200),
      tables: z.array(tableSchema).max(100).optional(),
      limit: z.number().int().min(1).max(200),
    }),
    z.strictObject({
      hits: z.array(
        refSchema.extend({
          snippet: snippet.optional(),
          /** The record that it hangs on, for example of an attachment. */
          about: refSchema.optional(),
          /** What it belongs to, where records of its type are called the same. */
          context: z.string().optional(),
          updatedAt: z.string(),
        }),
      ),
      /** How many records match, of the tables asked for; `capped`: at least so many. */
      total: z.number(),
      capped: z.boolean(),
      facets: z.array(z.strictObject({ table: tableSchema, label: z.string(), count: z.number() })),
      complete: z.boolean(),
    }),
  ),
} as const;
