import type { Condition } from '../../model/condition.ts';

const ACTIVE: Condition = { field: 'isActive', op: 'is', value: true };

/** What each view of the portfolio holds, as conditions of an engagement (DSH-01); `all` is everything. */
export const PORTFOLIO_VIEW_CONDITIONS = {
  active: ACTIVE,
  new: { all: [ACTIVE, { field: 'state', op: 'is', value: 'new' }] },
  poorHealth: { all: [ACTIVE, { field: 'healthBand', op: 'is', value: 'poor' }] },
  escalated: { all: [ACTIVE, { field: 'account.escalated', op: 'is', value: true }] },
  renewalsIn90Days: {
    all: [ACTIVE, { field: 'daysToRenewal', op: 'atLeast', value: 0 }, { field: 'daysToRenewal', op: 'atMost', value: 90 }],
  },
  all: undefined,
} as const satisfies Readonly<Record<string, Condition | undefined>>;
export type PortfolioView = keyof typeof PORTFOLIO_VIEW_CONDITIONS;

/** How the portfolio is narrowed: by a view, by a stage of the engagement, and by conditions of a person. */
export type PortfolioNarrowing = {
  readonly view: PortfolioView;
  readonly stage?: string | undefined;
  readonly condition?: Condition | undefined;
};

const inStage = (stage: string): Condition => ({ field: 'stage', op: 'is', value: stage });

/** The one condition that a narrowed portfolio comes to; undefined: everything. */
export function portfolioCondition({ view, stage, condition }: PortfolioNarrowing): Condition | undefined {
  const parts = [PORTFOLIO_VIEW_CONDITIONS[view], stage === undefined ? undefined : inStage(stage), condition].filter(
    (part) => part !== undefined,
  );
  return parts.length > 1 ? { all: parts } : parts[0];
}

// Object.keys loses the literal type of a constant object's keys
const VIEWS = Object.keys(PORTFOLIO_VIEW_CONDITIONS) as readonly PortfolioView[];
const isSame = (one: Condition | undefined, other: Condition | undefined) => JSON.stringify(one) === JSON.stringify(other);

/** The view, the stage and the rest that {@link portfolioCondition} was made of: a kept condition shows again as it was chosen. */
export function portfolioNarrowing(condition: Condition | undefined): PortfolioNarrowing {
  if (condition === undefined) return { view: 'all' };
  const viewOf = (part: Condition | undefined) => VIEWS.find((view) => view !== 'all' && isSame(PORTFOLIO_VIEW_CONDITIONS[view], part));
  const whole = viewOf(condition);
  if (whole !== undefined) return { view: whole };
  const parts = 'all' in condition ? condition.all : [condition];
  const view = viewOf(parts[0]);
  const afterView = view === undefined ? parts : parts.slice(1);
  const [first, ...others] = afterView;
  const stage =
    first !== undefined && 'field' in first && first.field === 'stage' && typeof first.value === 'string' ? first.value : undefined;
  const isStage = stage !== undefined && isSame(first, inStage(stage)) && (view !== undefined || others.length > 0);
  const rest = isStage ? others : afterView;
  const known = { view: view ?? ('all' as const), ...(isStage ? { stage } : {}) };
  if (view === undefined && !isStage) return { view: 'all', condition };
  return rest.length === 0 ? known : { ...known, condition: rest.length > 1 ? { all: rest } : rest[0] };
}
