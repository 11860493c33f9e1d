import { addDays, addMonths, daysInMonth, isDate, mondayOf } from '#shared/util/calendar-days.ts';

export const SPANS = { week: 'Week', month: 'Month' } as const;
export type Span = keyof typeof SPANS;
export const SORTS = { title: 'Name', value: 'Contract value', health: 'Health', lastTouch: 'Last touch' } as const;
export type PlannerSort = keyof typeof SORTS;
export type PlannerSearch = {
  readonly span?: Span;
  readonly day?: string;
  readonly text?: string;
  readonly by?: PlannerSort;
  readonly due?: true;
  readonly whose?: 'all';
};

const isSpan = (value: unknown): value is Span => typeof value === 'string' && Object.hasOwn(SPANS, value);
const isSort = (value: unknown): value is PlannerSort => typeof value === 'string' && Object.hasOwn(SORTS, value);

/** Reads an address that anyone may have typed: what does not fit is left out. */
export function readPlannerSearch(search: Readonly<Record<string, unknown>>): PlannerSearch {
  const { span, day, text, by, due, whose } = search;
  return {
    ...(isSpan(span) ? { span } : {}),
    ...(typeof day === 'string' && isDate(day) ? { day } : {}),
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 200) } : {}),
    ...(isSort(by) ? { by } : {}),
    ...(due === true ? { due } : {}),
    ...(whose === 'all' ? { whose } : {}),
  };
}

/** The days that are shown around a day: its ISO week, or its month. */
export function daysShown(span: Span, day: string): { readonly from: string; readonly days: number } {
  if (span === 'week') return { from: mondayOf(day), days: 7 };
  return { from: `${day.slice(0, 8)}01`, days: daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7))) };
}

/** A day in the next week or month, or the one before. */
export function stepped(span: Span, day: string, by: 1 | -1): string {
  return span === 'week' ? addDays(day, 7 * by) : addMonths(`${day.slice(0, 8)}01`, by);
}

/** An address with a part changed; what is undefined or empty is left out. */
export function withPlannerPart(
  search: PlannerSearch,
  part: { readonly [K in keyof PlannerSearch]?: PlannerSearch[K] | undefined },
): PlannerSearch {
  const merged: Readonly<Record<string, unknown>> = { ...search, ...part };
  return readPlannerSearch(merged);
}
