import { z } from 'zod';
import { query } from '../define.ts';
import { bandSchema } from './health.ts';
import { aroundLines, linesInput, listedGroup, listedRow } from './lists.ts';
import { dateSchema, idSchema, rowSchema } from './schemas.ts';
import { refSchema } from './records.ts';

/** Sum of money by currency, the workspace's first; minor units. */
export const moneySum = z.array(z.strictObject({ amount: z.number(), currency: z.string() }));

export const PORTFOLIO_VIEWS = ['active', 'new', 'poorHealth', 'escalated', 'renewalsIn90Days', 'all'] as const;

/** One line of the portfolio: the manual's columns and what sorting needs. */
export const portfolioLine = z.strictObject({
  id: idSchema,
  number: z.string().optional(),
  title: z.string(),
  accountId: idSchema,
  account: z.string(),
  csm: z.string().optional(),
  stage: z.string(),
  state: z.string(),
  contractValue: moneySum,
  health: z.number().optional(),
  healthStatus: z.enum(['known', 'unknown', 'notScored']),
  band: bandSchema.optional(),
  /** Last twelve weekly scores, oldest first; absent weeks are null. */
  trend: z.array(z.number().nullable()),
  change7: z.number().optional(),
  perceivedHealth: z.string(),
  openRisks: z.number(),
  lastTouchpoint: dateSchema.optional(),
  renewalDate: dateSchema.optional(),
  daysToRenewal: z.number().optional(),
  escalated: z.boolean(),
});

export const portfolio = {
  'portfolio.overview': query(
    z.strictObject({}),
    z.strictObject({
      asOf: dateSchema,
      total: z.number(),
      active: z.number(),
      /** Accounts with at least one contract that is active at asOf. */
      accounts: z.number(),
      /** Yearly value of the contracts active at asOf. */
      contractValue: moneySum,
      /** Monthly value and number of contracts active at asOf (scoring.md section 7). */
      activeContracts: z.number(),
      monthlyValue: moneySum,
      overallHealth: z.number().optional(),
      overallBand: bandSchema.optional(),
      known: z.number(),
      openRisks: z.number(),
      valueAtRisk: moneySum,
      renewalsIn90Days: z.number(),
      /** Submitted in the window (asOf − 30 days, asOf], and in the calendar month of asOf up to asOf. */
      ticketsLast30Days: z.number(),
      ticketsThisMonth: z.number(),
      openP1Tickets: z.number(),
      /** Over all scored tickets submitted up to asOf. */
      csat: z.strictObject({ mean: z.number(), scored: z.number() }).optional(),
      usageLast30Days: z.array(z.strictObject({ sourceId: idSchema, source: z.string(), unit: z.string().optional(), total: z.number() })),
      byStage: z.array(
        z.strictObject({
          stage: z.string(),
          label: z.string(),
          count: z.number(),
          health: z.number().optional(),
          band: bandSchema.optional(),
          bands: z.array(z.strictObject({ category: z.string(), colour: z.string(), count: z.number() })),
        }),
      ),
      views: z.array(z.strictObject({ view: z.enum(PORTFOLIO_VIEWS), count: z.number() })),
    }),
  ),
  /** The list of engagements, as `records.lines` answers it, with the portfolio's figures in every row. */
  'portfolio.list': query(
    linesInput.omit({ table: true }),
    z.strictObject({
      ...aroundLines,
      rows: z.array(z.discriminatedUnion('kind', [z.strictObject({ ...listedRow.shape, line: portfolioLine }), listedGroup])),
    }),
    ['validation', 'permission'],
  ),
  /** The peek panel: what moved and why. */
  'portfolio.peek': query(
    z.strictObject({ id: idSchema }),
    z.strictObject({
      line: portfolioLine,
      cause: z.string(),
      risks: z.array(z.strictObject({ id: idSchema, label: z.string(), priority: z.string(), dueDate: dateSchema.optional() })),
      touchpoints: z.array(z.strictObject({ id: idSchema, label: z.string(), heldOn: dateSchema.optional() })),
      contracts: z.array(
        z.strictObject({ id: idSchema, label: z.string(), endDate: dateSchema.optional(), renewalDate: dateSchema.optional() }),
      ),
    }),
    ['not-found'],
  ),
  /** Engagement page: header, teams, upcoming touchpoints, risks, contracts, products. */
  'engagement.overview': query(
    z.strictObject({ id: idSchema }),
    z.strictObject({
      row: rowSchema,
      line: portfolioLine,
      refs: z.record(z.string(), refSchema),
      parents: z.array(refSchema),
      children: z.array(portfolioLine),
      /** Rollup over all active descendants, where there are any (scoring.md 1.6). */
      descendants: z.strictObject({ count: z.number(), health: z.number().optional(), contractValue: moneySum }).optional(),
      contracts: z.array(z.strictObject({ linkId: idSchema.optional(), row: rowSchema, active: z.boolean() })),
      soldProducts: z.array(z.strictObject({ row: rowSchema, product: z.string() })),
      contacts: z.array(rowSchema),
      upcoming: z.array(rowSchema),
      recent: z.array(rowSchema),
      risks: z.array(rowSchema),
      tickets: z.strictObject({ open: z.number(), openP1: z.number(), last30Days: z.number() }),
    }),
    ['not-found'],
  ),
} as const;
