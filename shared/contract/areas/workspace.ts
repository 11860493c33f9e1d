import { z } from 'zod';
import { command, job, query } from '../define.ts';
import { dateSchema, idSchema } from './schemas.ts';

export const workspace = {
  /** What the footer and the first start need. `dataAsOf`: newest data point, ticket, touchpoint or contract start known. */
  'workspace.status': query(
    z.strictObject({}),
    z.strictObject({
      today: dateSchema,
      asOfSet: z.boolean(),
      dataAsOf: dateSchema.optional(),
      unsent: z.number(),
      empty: z.boolean(),
      computing: z.strictObject({ done: z.number(), total: z.number() }).optional(),
      storage: z.strictObject({
        health: z.enum(['good', 'recovered', 'volatile', 'low']),
        message: z.string(),
        usedBytes: z.number().optional(),
        freeBytes: z.number().optional(),
      }),
      settings: z.strictObject({
        currency: z.string(),
        timeZone: z.string(),
        workspaceName: z.string(),
        currentUser: z.string().nullable(),
        /** What one unit of another currency is worth, and the day on which somebody entered that (UX-04). */
        rates: z.record(z.string(), z.number()),
        ratesOf: z.string().optional(),
      }),
    }),
  ),
  /** Limits and rules that an administrator sets (REC-44). */
  'workspace.settings': query(
    z.strictObject({}),
    z.strictObject({
      meetingSeriesDays: z.number(),
      roadmapYears: z.number(),
      stagingBackupDays: z.number(),
      approvalRequired: z.boolean(),
      onboardingMandatory: z.boolean(),
      contractValueRanges: z.array(z.number()),
      exchangeRates: z.record(z.string(), z.number()),
      cadenceTouchDays: z.record(z.string(), z.number()),
      cadenceReviewDays: z.record(z.string(), z.number()),
      cadenceExecutiveDays: z.record(z.string(), z.number()),
      renewalTalkDays: z.number(),
      todayFormula: z.record(z.string(), z.number()),
      workdayMinutes: z.number(),
      workingHours: z.string(),
      answerDays: z.number(),
      tellGuests: z.string(),
      reminderMinutes: z.number(),
      quietHours: z.string(),
    }),
  ),
  'workspace.set': command(
    z.strictObject({
      key: z.string().max(64),
      value: z.union([
        z.string().max(500),
        z.number(),
        z.boolean(),
        z.null(),
        z.array(z.number()).max(100),
        z.record(z.string().max(20), z.number()),
      ]),
    }),
    z.strictObject({ changeSetId: idSchema }),
    ['validation'],
  ),
  /** The demo portfolio: 500 engagements over three years from a seed, with a known churn mechanism (UX-06). */
  'workspace.demo': job(
    z.strictObject({ seed: z.number().int().optional(), engagements: z.number().int().min(1).max(20_000).optional() }),
    z.strictObject({ changeSetId: idSchema, engagements: z.number() }),
    ['rule', 'validation'],
  ),
  /** Ready-made definitions: data sources, health, bands, sample risks (RSK-09). Does nothing where they are there. */
  'workspace.addStarterDefinitions': command(z.strictObject({}), z.strictObject({ created: z.number() })),
} as const;
