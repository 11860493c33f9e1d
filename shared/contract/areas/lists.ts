import { z } from 'zod';
import { job, query, readingJob } from '../define.ts';
import { refSchema } from './records.ts';
import { conditionSchema, idSchema, rowSchema, sortSchema, tableSchema, valuesSchema, windowSchema } from './schemas.ts';

const path = z.string().min(1).max(200);
const money = z.strictObject({ amount: z.number(), currency: z.string() });
const filter = { table: tableSchema, condition: conditionSchema.optional(), search: z.string().max(200).optional() };

/** Groups that are closed: all but those named, or only those named. */
const closed = z.strictObject({ all: z.boolean(), except: z.array(z.string().max(300)).max(2_000) });
const arrangement = { ...filter, sort: sortSchema.optional(), group: path.optional(), closed: closed.optional() };
const columns = z.array(path).max(100);

/** How a list is asked for, whatever its rows show beside the record. */
export const linesInput = z.strictObject({ ...arrangement, columns, sums: columns, window: windowSchema });

/** The records that something is done to: chosen one by one, or all that match but some. */
export const targetSchema = z.union([
  z.strictObject({ ids: z.array(idSchema).max(100_000) }),
  z.strictObject({
    condition: conditionSchema.optional(),
    search: z.string().max(200).optional(),
    except: z.array(idSchema).max(100_000).optional(),
  }),
]);
export type Target = z.output<typeof targetSchema>;

/** What a column comes to: how many rows have a value; amounts of money by currency, never mixed. */
const sumSchema = z.strictObject({
  field: z.string(),
  filled: z.number(),
  sum: z.number().optional(),
  least: z.number().optional(),
  most: z.number().optional(),
  money: z.array(money).optional(),
  /** Several currencies as one by the workspace's rates (`ratesOf`: the day they were entered), but for those without a rate. */
  converted: z.strictObject({ total: money, without: z.array(z.string()), ratesOf: z.string().optional() }).optional(),
});

export const listedRow = z.strictObject({
  kind: z.literal('row'),
  row: rowSchema,
  label: z.string(),
  /** Values of the asked columns that no field of the row holds: derived ones, and those of records referred to. */
  derived: z.record(z.string(), z.unknown()),
});
export const listedGroup = z.strictObject({
  kind: z.literal('group'),
  key: z.string(),
  /** Undefined: the rows whose field is empty. */
  label: z.string().optional(),
  count: z.number(),
  closed: z.boolean(),
  sums: z.array(sumSchema),
});

/** What a list is beside its lines. */
export const aroundLines = {
  /** Lines: rows of open groups and the heads of all groups. */
  total: z.number(),
  /** Rows that match, whatever is closed. */
  count: z.number(),
  groups: z.number(),
  sums: z.array(sumSchema),
  refs: z.record(z.string(), refSchema),
};

const bulkChange = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('set'), patch: valuesSchema }),
  z.strictObject({ action: z.literal('close'), closureCode: z.string().max(100), closeNotes: z.string().max(20_000) }),
  z.strictObject({ action: z.literal('cancel'), closeNotes: z.string().max(20_000) }),
  z.strictObject({ action: z.literal('reopen') }),
  z.strictObject({ action: z.literal('delete') }),
]);
export type BulkChange = z.output<typeof bulkChange>;
const bulk = { table: tableSchema, target: targetSchema, change: bulkChange, reason: z.string().max(500).optional() };

/** Records that stay as they are, by the reason why. */
const refused = z.array(z.strictObject({ message: z.string(), rule: z.string().optional(), count: z.number(), first: z.array(refSchema) }));

export const lists = {
  /** A window of a list as it is shown: rows in their order, with the heads of groups between them, and what the columns come to. */
  'records.lines': query(
    linesInput,
    z.strictObject({ ...aroundLines, rows: z.array(z.discriminatedUnion('kind', [listedRow, listedGroup])) }),
    ['validation', 'permission'],
  ),
  /** IDs of the rows from one line to another, both included, in the list's order; heads of groups are passed over. */
  'records.ids': query(
    z.strictObject({ ...arrangement, from: z.number().int().min(0), to: z.number().int().min(0) }),
    z.strictObject({ ids: z.array(idSchema) }),
    ['validation', 'limit', 'permission'],
  ),
  /** The rows of one group. */
  'records.groupIds': query(
    z.strictObject({ ...filter, sort: sortSchema.optional(), group: path, key: z.string().max(300) }),
    z.strictObject({ ids: z.array(idSchema) }),
    ['validation', 'limit', 'permission'],
  ),
  /** Rows as texts, to be put on the clipboard; plain decimals and days, as spreadsheets read them. */
  'records.cells': query(
    z.strictObject({ table: tableSchema, target: targetSchema, sort: sortSchema.optional(), columns: columns.min(1) }),
    z.strictObject({ headings: z.array(z.string()), numeric: z.array(z.boolean()), rows: z.array(z.array(z.string())), total: z.number() }),
    ['validation', 'permission'],
  ),
  /** The list as a file: the columns and the order that are shown. */
  'records.export': readingJob(
    z.strictObject({
      table: tableSchema,
      target: targetSchema,
      sort: sortSchema.optional(),
      columns: columns.min(1),
      format: z.enum(['csv', 'xlsx']),
    }),
    z.strictObject({ fileName: z.string(), bytes: z.instanceof(Uint8Array) }),
    ['validation', 'limit', 'permission'],
  ),
  /** REC-37: what a change of many records would do; nothing is changed. */
  'records.bulkPreview': job(
    z.strictObject(bulk),
    z.strictObject({
      total: z.number(),
      changing: z.number(),
      /** Records that are already as they would become. */
      unchanged: z.number(),
      refused,
      refusedCount: z.number(),
      sample: z.array(
        z.strictObject({
          record: refSchema,
          changes: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
        }),
      ),
      /** Other records that change as a consequence. */
      also: z.array(z.strictObject({ table: tableSchema, count: z.number(), first: z.array(refSchema) })),
      refs: z.record(z.string(), refSchema),
    }),
    ['validation', 'rule', 'limit', 'permission', 'not-found', 'conflict'],
  ),
  /** REC-37: changes many records as one command: one change set, one undo. Records that are refused are left out and named. */
  'records.bulk': job(
    z.strictObject(bulk),
    z.strictObject({ changeSetId: idSchema.optional(), changed: z.number(), unchanged: z.number(), refused, refusedCount: z.number() }),
    ['validation', 'rule', 'limit', 'permission', 'not-found', 'conflict'],
  ),
} as const;
