import { z } from 'zod';
import { command, job, query, readingJob } from '../define.ts';
import { idSchema, tableSchema } from './schemas.ts';

export const DATE_ORDERS = ['iso', 'dmy', 'mdy', 'ymd'] as const;

/** One column of a file and where it goes. `field` absent: left out. */
export const columnSchema = z.strictObject({
  index: z.number().int(),
  heading: z.string(),
  field: z.string().optional(),
  /** Why it was mapped so, in words; absent where a person chose it. */
  reason: z.string().optional(),
  samples: z.array(z.string()),
  /** Date columns: the order in use and those that all values allow. */
  dateOrder: z.enum(DATE_ORDERS).optional(),
  dateOrders: z.array(z.enum(DATE_ORDERS)).optional(),
  empty: z.number(),
});

/** One table found in the dropped files (a CSV file or one sheet of a workbook). */
export const sheetSchema = z.strictObject({
  sheetId: z.string(),
  file: z.string(),
  sheet: z.string().optional(),
  rows: z.number(),
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  /** Record type(s) that its rows become; `series`: values of an external data source; absent: left out. */
  into: z.union([tableSchema, z.literal('series')]).optional(),
  /** Further types made from the same rows (a subscription row makes contract, product and sold product). */
  also: z.array(tableSchema),
  reason: z.string(),
  columns: z.array(columnSchema),
});

export const problemSchema = z.strictObject({
  sheetId: z.string(),
  line: z.number().int(),
  column: z.string().optional(),
  value: z.string().optional(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
});

/**
 * A value that resembles a known record but is not it: asked, never guessed. Value `*`: all values of the column that are like
 * nothing known (candidates are examples without key). Question `date:…`: the values allow several orders of dates, the
 * candidates' keys are those, and the answer in use is given.
 */
export const questionSchema = z.strictObject({
  questionId: z.string(),
  sheetId: z.string(),
  column: z.string(),
  value: z.string(),
  rows: z.number(),
  candidates: z.array(z.strictObject({ key: z.string(), label: z.string(), similarity: z.number() })),
  /** `candidate key`, `new` (make a new record) or `hold` (hold the rows back). */
  answer: z.string().optional(),
});

export const sessionSchema = z.strictObject({
  sessionId: idSchema,
  state: z.enum(['reading', 'ready', 'committing', 'done', 'failed']),
  profile: z.string().optional(),
  sheets: z.array(sheetSchema),
  questions: z.array(questionSchema),
  counts: z.array(
    z.strictObject({
      table: z.string(),
      label: z.string(),
      create: z.number(),
      update: z.number(),
      unchanged: z.number(),
      held: z.number(),
    }),
  ),
  problems: z.strictObject({ errors: z.number(), warnings: z.number() }),
  engagements: z.enum(['none', 'perAccount', 'perAccountAndProduct']),
  /** How many engagements the choice would make. */
  engagementCounts: z.strictObject({ perAccount: z.number(), perAccountAndProduct: z.number() }),
});

const session = z.strictObject({ sessionId: idSchema });
const refusals = ['file', 'limit', 'validation', 'not-found'] as const;

export const importing = {
  /** Reads dropped files as one set (caps of design.md apply), recognises and maps them. */
  'import.open': job(
    z.strictObject({
      files: z
        .array(z.strictObject({ name: z.string().max(300), bytes: z.instanceof(Uint8Array) }))
        .min(1)
        .max(50),
      profile: z.string().max(100).optional(),
      /** The choice to begin with, where neither a profile says otherwise nor the files bring engagements of their own. */
      engagements: z.enum(['none', 'perAccount', 'perAccountAndProduct']).optional(),
      /** What the rows of a single sheet become, and those of sheets that are not recognised. */
      into: tableSchema.optional(),
      /** The account of the rows where the file has no column of accounts. */
      account: idSchema.optional(),
    }),
    sessionSchema,
    refusals,
  ),
  'import.session': query(session, sessionSchema, ['not-found']),
  /** Imports that were begun and not brought in, newest first: a reload goes on where it was. */
  'import.drafts': query(
    z.strictObject({}),
    z.strictObject({ drafts: z.array(z.strictObject({ sessionId: idSchema, savedAt: z.string(), files: z.array(z.string()) })) }),
  ),
  /** Changes the target of a sheet or the field of a column, the date order, or the engagements choice; answers with the new state. */
  'import.change': job(
    session.extend({
      sheetId: z.string().optional(),
      into: z.union([tableSchema, z.literal('series'), z.null()]).optional(),
      column: z.number().int().optional(),
      field: z.string().nullable().optional(),
      dateOrder: z.enum(DATE_ORDERS).optional(),
      engagements: z.enum(['none', 'perAccount', 'perAccountAndProduct']).optional(),
      /** The account (by its number or name) of the rows of sheets that have no column of accounts. */
      account: z.string().max(300).optional(),
      answer: z.strictObject({ questionId: z.string(), answer: z.string() }).optional(),
      repair: z.strictObject({ line: z.number().int(), column: z.number().int(), value: z.string() }).optional(),
    }),
    sessionSchema,
    refusals,
  ),
  'import.problems': query(
    session.extend({ sheetId: z.string().optional(), offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
    z.strictObject({ total: z.number(), problems: z.array(problemSchema) }),
    ['not-found'],
  ),
  'import.preview': query(
    session.extend({ sheetId: z.string(), offset: z.number().int().min(0), limit: z.number().int().min(1).max(200) }),
    z.strictObject({
      total: z.number(),
      rows: z.array(
        z.strictObject({ line: z.number(), status: z.enum(['create', 'update', 'unchanged', 'held']), cells: z.array(z.string()) }),
      ),
    }),
    ['not-found'],
  ),
  /** Takes the good rows in as one change set; bad ones are held back. */
  'import.commit': job(
    session.extend({
      /** The activity of a playbook that it is for: its log says what came in, and it is done where no row was held back (PLY-07). */
      activity: z.strictObject({ run: idSchema, activity: z.string().min(1).max(60) }).optional(),
    }),
    z.strictObject({ changeSetId: idSchema, created: z.number(), updated: z.number(), held: z.number(), points: z.number() }),
    [...refusals, 'rule'],
  ),
  'import.discard': command(session, z.strictObject({})),
  'import.saveProfile': command(session.extend({ name: z.string().min(1).max(100) }), z.strictObject({ id: idSchema }), refusals),
  /** Repairs a row that an earlier import held back, and takes it in. `cells` by the position of their column, from 0. */
  'import.repairHeld': command(
    z.strictObject({ id: idSchema, cells: z.record(z.string(), z.string()) }),
    z.strictObject({ changeSetId: idSchema, takenIn: z.boolean() }),
    [...refusals, 'rule'],
  ),
  /** Records of a type as a file, all of them or those named; tells its progress and can be cancelled. */
  'export.table': readingJob(
    z.strictObject({ table: tableSchema, format: z.enum(['csv', 'xlsx']), ids: z.array(idSchema).max(100_000).optional() }),
    z.strictObject({ fileName: z.string(), bytes: z.instanceof(Uint8Array) }),
    ['limit'],
  ),
  /** An empty file with the headings of a record type, an example row and the allowed choices. */
  'export.template': query(
    z.strictObject({ table: tableSchema, format: z.enum(['csv', 'xlsx']) }),
    z.strictObject({ fileName: z.string(), bytes: z.instanceof(Uint8Array) }),
  ),
} as const;
