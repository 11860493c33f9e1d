import { addDays, addMonths, daysBetween, daysInMonth, isDate, mondayOf } from '#shared/util/calendar-days.ts';

export const SPANS = { week: 'Week', month: 'Month', range: 'Range' } as const;
export type Span = keyof typeof SPANS;
export const SORTS = { title: 'Name', value: 'Contract value', health: 'Health', lastTouch: 'Last touch' } as const;
export type PlannerSort = keyof typeof SORTS;
export const STATES = { open: 'Still to come', over: 'Held or done' } as const;
export type PlannerSearch = {
  readonly span?: Span;
  readonly day?: string;
  /** The last day of a range. */
  readonly until?: string;
  readonly text?: string;
  readonly by?: PlannerSort;
  readonly due?: true;
  readonly whose?: 'all';
  /** `touchpoint`, `meeting/qbr`: as `planner.rows` takes it. */
  readonly type?: string;
  readonly priority?: string;
  readonly state?: keyof typeof STATES;
  /** One under the other instead of on a calendar. */
  readonly as?: 'list';
};

/** So many days can be shown at once. */
const MOST_DAYS = 62;

const isIn =
  <K extends string>(choices: Readonly<Record<K, string>>) =>
  (value: unknown): value is K =>
    typeof value === 'string' && Object.hasOwn(choices, value);
const isSpan = isIn(SPANS);
const isSort = isIn(SORTS);
const isState = isIn(STATES);
const TYPE = /^(touchpoint|meeting)(\/[A-Za-z0-9]{1,60})?$/;
const CHOICE = /^[A-Za-z0-9]{1,60}$/;
const fits = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);

/** Reads an address that anyone may have typed: what does not fit is left out. */
export function readPlannerSearch(search: Readonly<Record<string, unknown>>): PlannerSearch {
  const { span, day, until, text, by, due, whose, type, priority, state, as } = search;
  return {
    ...(isSpan(span) ? { span } : {}),
    ...(typeof day === 'string' && isDate(day) ? { day } : {}),
    ...(typeof until === 'string' && isDate(until) ? { until } : {}),
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 200) } : {}),
    ...(isSort(by) ? { by } : {}),
    ...(due === true ? { due } : {}),
    ...(whose === 'all' ? { whose } : {}),
    ...(fits(type, TYPE) ? { type } : {}),
    ...(fits(priority, CHOICE) ? { priority } : {}),
    ...(isState(state) ? { state } : {}),
    ...(as === 'list' ? { as } : {}),
  };
}

export type Shown = { readonly from: string; readonly days: number };

/** The days that are shown around a day: its ISO week, its month, or from it on to another one. */
export function daysShown(span: Span, day: string, until?: string): Shown {
  if (span === 'week') return { from: mondayOf(day), days: 7 };
  if (span === 'month') return { from: `${day.slice(0, 8)}01`, days: daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7))) };
  const days = until === undefined ? 14 : daysBetween(day, until) + 1;
  return { from: day, days: Math.min(MOST_DAYS, Math.max(1, days)) };
}

/** Why a range cannot end on a day; undefined where it can. */
export function rangeProblem(from: string, until: string): string | undefined {
  const days = daysBetween(from, until) + 1;
  if (days < 1) return 'Before the first day';
  return days > MOST_DAYS ? `At most ${MOST_DAYS} days` : undefined;
}

/** The part of the address that shows the next days, or the ones before. */
export function stepped(span: Span, { from, days }: Shown, by: 1 | -1): Pick<PlannerSearch, 'day' | 'until'> {
  if (span === 'month') return { day: addMonths(from, by) };
  const day = addDays(from, days * by);
  return span === 'week' ? { day } : { day, until: addDays(day, days - 1) };
}

/** An address with a part changed; what is undefined or empty is left out. */
export function withPlannerPart(
  search: PlannerSearch,
  part: { readonly [K in keyof PlannerSearch]?: PlannerSearch[K] | undefined },
): PlannerSearch {
  const merged: Readonly<Record<string, unknown>> = { ...search, ...part };
  return readPlannerSearch(merged);
}
