import { SETTING_DEFAULTS } from '../../model/settings.ts';
import { daysBetween } from '../../util/calendar-days.ts';

/** What stands on Today (DSH-13). The order decides between equals. */
export const TODAY_KINDS = {
  meeting: 'Meeting',
  touchpoint: 'Touchpoint',
  task: 'Task',
  risk: 'Risk',
  renewal: 'Renewal',
  cadence: 'Cadence',
} as const;
export type TodayKind = keyof typeof TODAY_KINDS;
// Object.keys loses the literal type of a constant object's keys
export const todayKinds = Object.keys(TODAY_KINDS) as readonly TodayKind[];

/** What makes a line weigh more, each as a share from 0 to 1. */
export const STAKES = {
  money: 'Contract value',
  danger: 'Risk',
  nearness: 'Renewal is near',
  debt: 'Cadence is late',
} as const;
export type Stake = keyof typeof STAKES;
// as above
export const stakeNames = Object.keys(STAKES) as readonly Stake[];
export type Stakes = Readonly<Record<Stake, number>>;

/** Points by kind and weights by stake, as the setting has them; what it leaves out has its default. */
export type TodayFormula = Readonly<Record<TodayKind | Stake, number>>;

/** The formula that holds: the setting over the defaults. */
export function formulaOf(setting: Readonly<Record<string, number>>): TodayFormula {
  // the defaults name every kind and every stake
  return { ...SETTING_DEFAULTS.todayFormula, ...setting } as TodayFormula;
}

const MOST_LATE = 30;
const SOON_DAYS = 3;
/** Renewals weigh within so many days before them. */
const RENEWAL_DAYS = 90;

/** 1 for what is due today or has no day; grows to 2 over 30 days late; sinks for what is due later. */
export function timingOf(due: string | undefined, asOf: string): number {
  if (due === undefined) return 1;
  const late = daysBetween(due, asOf);
  return late >= 0 ? 1 + Math.min(late, MOST_LATE) / MOST_LATE : SOON_DAYS / (SOON_DAYS - late);
}

/** In which range a value lies, as a share of how many ranges there are: 0 below the first limit, 1 from the last on. */
export function moneyShare(majorUnits: number, limits: readonly number[]): number {
  let below = 0;
  for (const limit of limits) if (majorUnits >= limit) below += 1;
  return limits.length === 0 ? 0 : below / limits.length;
}

const DANGER: Readonly<Record<string, number>> = { critical: 1, high: 0.75, medium: 0.5, low: 0.25, veryLow: 0.1 };

/** How dangerous a risk signal of a priority is. */
export function dangerOf(priority: string | undefined): number {
  return DANGER[priority ?? 'medium'] ?? 0.5;
}

/** 1 on the day of the renewal, 0 from 90 days before it and once it has passed. */
export function nearnessOf(daysToRenewal: number | undefined): number {
  if (daysToRenewal === undefined || daysToRenewal < 0) return 0;
  return Math.max(0, 1 - daysToRenewal / RENEWAL_DAYS);
}

/** One factor of a score, as it is shown: the score is their product, in this order. */
export type Factor = { readonly name: 'points' | 'timing' | Stake; readonly share?: number; readonly times: number };

/** `points(kind) × timing × Π (1 + weight × share)`; `timing` is {@link timingOf} the day it is due. */
export function scoreOf(kind: TodayKind, timing: number, stakes: Stakes, formula: TodayFormula): number {
  let score = formula[kind] * timing;
  for (const name of stakeNames) score *= 1 + formula[name] * stakes[name];
  return score;
}

/** The factors of {@link scoreOf}, multiplied in this order. */
export function factorsOf(
  kind: TodayKind,
  due: string | undefined,
  stakes: Stakes,
  formula: TodayFormula,
  asOf: string,
): readonly Factor[] {
  return [
    { name: 'points', times: formula[kind] },
    { name: 'timing', times: timingOf(due, asOf) },
    ...stakeNames.map((name) => ({ name, share: stakes[name], times: 1 + formula[name] * stakes[name] })),
  ];
}
