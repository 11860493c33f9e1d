import { z } from 'zod';
import { command, query } from '../define.ts';
import { moneySum } from './portfolio.ts';
import { conditionSchema, idSchema, rowSchema, sortSchema, windowSchema } from './schemas.ts';
import { refSchema } from './records.ts';

export const RISK_VIEWS = ['all', 'newThisWeek', 'dueIn14Days', 'overdue', 'issues', 'unaddressed', 'assignedToMe'] as const;
const slice = z.strictObject({ key: z.string(), label: z.string(), count: z.number(), share: z.number() });

export const risk = {
  /** Open signals with the contract value at risk (scoring.md section 3), by scope, probability and category. */
  'risk.overview': query(
    z.strictObject({}),
    z.strictObject({
      open: z.number(),
      value: moneySum,
      byScope: z.array(slice),
      byProbability: z.array(slice),
      byCategory: z.array(slice),
      views: z.array(z.strictObject({ view: z.enum(RISK_VIEWS), count: z.number(), value: moneySum })),
    }),
  ),
  'risk.list': query(
    z.strictObject({ view: z.enum(RISK_VIEWS), condition: conditionSchema.optional(), sort: sortSchema.optional(), window: windowSchema }),
    z.strictObject({
      total: z.number(),
      rows: z.array(
        z.strictObject({
          row: rowSchema,
          engagement: refSchema.optional(),
          assignedTo: z.string().optional(),
          value: moneySum,
          occurrences: z.number(),
          overdue: z.boolean(),
        }),
      ),
    }),
  ),
  'risk.page': query(
    z.strictObject({ id: idSchema }),
    z.strictObject({
      row: rowSchema,
      refs: z.record(z.string(), refSchema),
      engagement: z
        .strictObject({
          id: idSchema,
          title: z.string(),
          stage: z.string(),
          contractValue: moneySum,
          goLiveDate: z.string().optional(),
          renewalDate: z.string().optional(),
          lastTouchpoint: z.string().optional(),
          health: z.number().optional(),
          account: z.string(),
        })
        .optional(),
      value: moneySum,
      /** Why it was raised, in words: the definition's condition with its numbers, or the matching record. */
      because: z.string(),
      occurrences: z.array(rowSchema),
    }),
    ['not-found'],
  ),
  /** Runs the analyser now over all published definitions; running it twice adds nothing (RSK-05). */
  'risk.analyse': command(z.strictObject({}), z.strictObject({ opened: z.number(), occurrences: z.number(), evaluated: z.number() })),
  /** Which engagements a draft definition would flag now. */
  'risk.preview': query(
    z.strictObject({
      type: z.enum(['metric', 'table']),
      source: idSchema.optional(),
      condition: z.enum(['below', 'above', 'fellBy', 'roseBy']).optional(),
      threshold: z.number().optional(),
      lookBackDays: z.number().int().optional(),
      applicable: conditionSchema.optional(),
      sourceTable: z.string().optional(),
      sourceCondition: conditionSchema.optional(),
    }),
    z.strictObject({
      applicable: z.number(),
      breaches: z.number(),
      first: z.array(z.strictObject({ id: idSchema, label: z.string(), value: z.number().optional(), words: z.string() })),
    }),
    ['validation'],
  ),
} as const;
