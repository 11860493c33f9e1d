import { z } from 'zod';
import { command, query } from '../define.ts';
import { conditionSchema, dateSchema, idSchema } from './schemas.ts';

/** Colour band as looked up: never colour alone, the category word goes with it. */
export const bandSchema = z.strictObject({ colour: z.string(), category: z.string(), highlight: z.string().optional() });

/** One metric in an explanation; `part` is what it adds to the score: the parts add up to the score exactly (HLT-07). */
export const metricPartSchema = z.strictObject({
  metricId: idSchema,
  sourceId: idSchema,
  source: z.string(),
  unit: z.string().optional(),
  target: z.number(),
  weight: z.number(),
  direction: z.enum(['maximise', 'minimise']),
  aggregate: z.enum(['average', 'sum']),
  /** Absent: missing, `missing` says why. */
  value: z.number().optional(),
  missing: z.enum(['noData', 'stale', 'noSource']).optional(),
  /** End of the newest point used and its age in days at asOf. */
  lastEnd: dateSchema.optional(),
  ageDays: z.number().optional(),
  score: z.number().optional(),
  gapPercent: z.number().optional(),
  part: z.number().optional(),
  /** Metric score one week earlier, and the band of the value. */
  previousScore: z.number().optional(),
  band: bandSchema.optional(),
  /** The source records and values that were combined (at most 20, `inputCount` says how many there are). */
  inputs: z.array(z.strictObject({ table: z.string(), id: z.string(), label: z.string(), value: z.number(), end: dateSchema })),
  inputCount: z.number(),
});

export const explanationSchema = z.strictObject({
  status: z.enum(['known', 'unknown', 'notScored']),
  asOf: dateSchema,
  definitionId: idSchema.optional(),
  definition: z.string().optional(),
  /** Unrounded score, 0–100; present when known. */
  score: z.number().optional(),
  rounded: z.number().optional(),
  band: bandSchema.optional(),
  coverage: z.number(),
  metrics: z.array(metricPartSchema),
  /** Sources that are missing, by name. */
  missing: z.array(z.string()),
  /** The formula with the numbers in, as a person would write it. */
  formula: z.string(),
  previous: z.strictObject({ asOf: dateSchema, score: z.number().optional() }).optional(),
});

const weekSchema = z.strictObject({ week: dateSchema, score: z.number().optional() });

const draftMetric = z.strictObject({
  source: idSchema,
  target: z.number(),
  weight: z.number(),
  direction: z.enum(['maximise', 'minimise']),
  aggregate: z.enum(['average', 'sum']),
});

/** How many, and the first of them. */
const counted = z.strictObject({ count: z.number(), first: z.array(z.strictObject({ id: idSchema, label: z.string() })) });

export const health = {
  'health.explain': query(z.strictObject({ engagementId: idSchema }), explanationSchema, ['not-found']),
  /** Weekly scores, oldest first; weeks 1–260. */
  'health.history': query(
    z.strictObject({ engagementId: idSchema, weeks: z.number().int().min(1).max(260) }),
    z.strictObject({ weeks: z.array(weekSchema) }),
    ['not-found'],
  ),
  'health.refresh': command(z.strictObject({ engagementId: idSchema.optional() }), z.strictObject({ computed: z.number() })),
  /** Who is affected by a draft before it is saved, and how the portfolio would shift (HLT-08 in outline). */
  'health.preview': query(
    z.strictObject({
      definitionId: idSchema.optional(),
      global: z.boolean(),
      rank: z.number(),
      filter: conditionSchema.optional(),
      metrics: z.array(draftMetric).max(50),
    }),
    z.strictObject({
      matching: z.number(),
      of: z.number(),
      weightTotal: z.number(),
      before: z.strictObject({ mean: z.number().optional(), known: z.number() }),
      after: z.strictObject({ mean: z.number().optional(), known: z.number() }),
      /** Whose known score moves furthest. */
      most: z.array(z.strictObject({ id: idSchema, label: z.string(), before: z.number(), after: z.number() })),
      /** Whose score is known before and not after, and the other way round. */
      becomingUnknown: counted,
      becomingKnown: counted,
    }),
    ['validation'],
  ),
  /** How many engagements match a condition, and how many of them have a rounded score from `min` to `max`, with the first labels. */
  'health.matching': query(
    z.strictObject({
      condition: conditionSchema.optional(),
      score: z.strictObject({ min: z.number(), max: z.number() }).optional(),
      /** Those whose metric of a data source has a value from `min` to `max` now, as in a metric's band. */
      value: z.strictObject({ source: idSchema, min: z.number(), max: z.number() }).optional(),
    }),
    z.strictObject({
      count: z.number(),
      of: z.number(),
      first: z.array(z.strictObject({ id: idSchema, label: z.string() })),
      words: z.string(),
    }),
    ['validation'],
  ),
  /** Checks and publishes a definition (data source, health or risk definition, override), or retires it. */
  'definitions.publish': command(
    z.strictObject({ table: z.enum(['dataSource', 'healthDefinition', 'riskDefinition', 'thresholdOverride']), id: idSchema }),
    z.strictObject({ changeSetId: idSchema }),
    ['rule', 'validation', 'not-found'],
  ),
  'definitions.retire': command(
    z.strictObject({ table: z.enum(['dataSource', 'healthDefinition', 'riskDefinition', 'thresholdOverride']), id: idSchema }),
    z.strictObject({ changeSetId: idSchema }),
    ['rule', 'validation', 'not-found'],
  ),
} as const;
