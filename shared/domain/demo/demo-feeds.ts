import { dateOf } from '../../util/calendar-days.ts';
import { packSeries } from '../series/series-operations.ts';
import type { DemoSink } from './demo-row.ts';
import { within, type Chance } from './random.ts';

/** What a customer's observable traces are made from: the hidden mood, week by week from `start` (a day number) on. */
export type Traces = {
  readonly mood: readonly number[];
  readonly start: number;
  /** Day on which the customer left, or today. */
  readonly end: number;
  readonly account: string;
  readonly by: Chance;
  readonly sink: DemoSink;
};

export type Term = { readonly contract: string; readonly start: number; readonly end: number };

/** The mood on a day, some weeks late. */
export function moodOn({ mood, start }: Pick<Traces, 'mood' | 'start'>, day: number, weeksLate = 0): number {
  const week = Math.floor((day - start) / 7) - weeksLate;
  return mood[within(week, 0, mood.length - 1)] ?? 0.5;
}

const TYPICAL_USES_A_WEEK = 5;

/** Weekly use of each contract: follows the mood at once. */
export function addUsage(traces: Traces, terms: readonly Term[], source: string): void {
  const { by, sink, end } = traces;
  const size = 0.8 + 0.5 * by.uniform();
  for (const term of terms) {
    const points = [];
    for (let day = term.start + 6; day < Math.min(term.end, end + 1); day += 7) {
      points.push({ start: day - 7, end: day, value: by.events(TYPICAL_USES_A_WEEK * size * moodOn(traces, day)) });
    }
    if (points.length === 0) continue;
    const series = sink.add('dataPointSeries', { source, sourceTable: 'contract', sourceRecord: term.contract });
    sink.points(series, packSeries(points));
  }
}

const QUARTER = 91;

/** Net promoter score, asked once a quarter: follows the mood of four weeks ago. */
export function addNps(traces: Traces, source: string): void {
  const { by, sink, start, end, account } = traces;
  const points = [];
  for (let day = start + by.whole(60, 120); day <= end; day += QUARTER) {
    const value = within(Math.round(by.normal(-25 + 105 * moodOn(traces, day, 4), 8)), -100, 100);
    points.push({ start: day - QUARTER, end: day, value });
  }
  if (points.length === 0) return;
  const series = sink.add('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account });
  sink.points(series, packSeries(points));
}

const SUBJECTS = [
  'Sign-in fails after the update',
  'Report shows yesterday’s numbers',
  'Export stops half-way',
  'Question about permissions',
  'Import rejects a column',
  'Screen stays empty',
  'Notification comes twice',
  'Slow since this morning',
] as const;

/** Support tickets: the lower the mood, the more and the more urgent; satisfaction follows the mood of three weeks ago. */
export function addTickets(traces: Traces): void {
  const { by, sink, start, end, account } = traces;
  for (let day = start + 7; day <= end; day += 7) {
    const mood = moodOn(traces, day);
    for (let index = by.events(0.12 + 0.3 * (1 - mood)); index > 0; index -= 1) addTicket(traces, day - by.whole(0, 6), mood);
  }
  function addTicket(of: Traces, day: number, mood: number): void {
    const urgent = by.happens(0.04 + 0.16 * (1 - mood));
    const hours = by.whole(2, urgent ? 240 : 160);
    const closed = day + Math.ceil((9 + hours) / 24);
    const answered = by.happens(0.55);
    sink.add('supportTicket', {
      subject: by.oneOf(SUBJECTS),
      account,
      priority: urgent ? 'p1' : by.oneOf(['p2', 'p3', 'p3', 'p4']),
      state: closed <= end ? 'closed' : 'open',
      submittedAt: `${dateOf(day)}T09:00:00.000Z`,
      ...(closed <= end ? { closedAt: `${dateOf(closed)}T12:00:00.000Z`, resolutionHours: hours } : {}),
      ...(closed <= end && answered ? { satisfaction: within(Math.round(by.normal(1.3 + 4.3 * moodOn(of, day, 3), 0.7)), 1, 5) } : {}),
      firstResponseMinutes: by.happens(0.04 + 0.1 * (1 - mood)) ? by.whole(250, 900) : by.whole(5, 200),
      escalated: urgent && by.happens(0.3),
    });
  }
}

const TALKS = [
  ['Weekly catch-up', 'general'],
  ['Adoption review', 'value'],
  ['Roadmap and next steps', 'expansion'],
  ['Renewal preparation', 'renewal'],
  ['Onboarding session', 'value'],
] as const;

/** Touchpoints held so far and the one arranged next, which is answered: an unhappy customer cancels more of them. */
export function addTouchpoints(
  traces: Traces,
  engagement: string,
  assignedTo: string,
  today: number,
): { readonly touchpoint: string; readonly day: number } | undefined {
  const { by, sink, start, end } = traces;
  const every = by.whole(21, 45);
  for (let day = start + by.whole(5, 20); day <= end; day += by.whole(every - 7, every + 10)) {
    if (by.happens(0.5 * (1 - moodOn(traces, day)))) continue;
    addTalk(day, { code: 'addressed', notes: 'Held as planned.' });
  }
  if (end !== today || !by.happens(0.7)) return undefined;
  const day = today + by.whole(2, 28);
  return { touchpoint: addTalk(day), day };
  function addTalk(day: number, closes?: { readonly code: string; readonly notes: string }): string {
    const [subject, category] = by.oneOf(TALKS);
    const channel = by.oneOf(['phone', 'meeting', 'email', 'web']);
    return sink.add('touchpoint', { subject, engagement, category, channel, assignedTo, heldOn: dateOf(day) }, closes);
  }
}
