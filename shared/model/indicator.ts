import type { Condition } from './condition.ts';

/**
 * What a data source counts over our own records (DCE-01). Dates decide the past: with `during` the records whose `field`
 * lies in the half-open window (asOf − days, asOf]; with `open` those with (no `from` or `from` ≤ asOf) and (no `to` or `to` > asOf).
 */
export type Indicator = {
  readonly table: string;
  readonly fn: 'count' | 'sum' | 'average' | 'min' | 'max' | 'share' | 'ratio' | 'npsScore';
  /** Field that is summed, averaged …; may be a derived field such as `daysToRenewal`. Not for `count`. */
  readonly field?: string;
  /** `ratio` only: the sum it is taken in percent of. */
  readonly per?: string;
  /** `share` only: the records counted in percent of those of `filter`. */
  readonly matching?: Condition;
  readonly filter?: Condition;
  readonly time?:
    | { readonly kind: 'during'; readonly field: string; readonly days: number }
    | { readonly kind: 'open'; readonly from: string; readonly to: string };
  /** How often it can be counted sensibly; absent: every day. A source's frequency is never finer (BR-43). */
  readonly every?: 'daily' | 'weekly' | 'monthly' | 'quarterly';
  /** Value where no record qualifies; absent: the value is missing. */
  readonly whenNone?: number;
};

/** The fields of a signal that a risk definition raises; texts may hold {value}, {threshold}, {source}, {engagement}. */
export type RiskTemplate = {
  readonly shortDescription: string;
  readonly description: string;
  readonly priority?: string;
  readonly probability?: string;
  readonly scope?: string;
  readonly riskOrIssue?: string;
  /** A user's ID. */
  readonly reportedBy?: string;
  readonly dueInDays?: number;
};
