import type { Row } from '../../model/dictionary.ts';
import { refTo } from '../../model/any-reference.ts';
import { addDays } from '../../util/calendar-days.ts';
import { meetingDay } from '../cadence/contacts.ts';
import { touchpointHeld } from '../derived/engagement-facts.ts';
import { QUALITY_MARKS } from '../touchpoints/quality-marks.ts';
import type { ReadView } from '../view.ts';

/** Days that the quality of an engagement looks back (scoring.md section 2). */
export const QUALITY_DAYS = 90;

/** What each observation of a held conversation adds; together 100. */
export const MARK_POINTS: Readonly<Record<(typeof QUALITY_MARKS)[number], number>> = {
  onTime: 20,
  participation: 20,
  executive: 25,
  followedThrough: 25,
  strategic: 10,
};

/** Points of a response rate: the first step that it reaches. */
const STEPS = [
  { least: 1, points: 100 },
  { least: 0.75, points: 80 },
  { least: 0.5, points: 60 },
  { least: 0.25, points: 40 },
  { least: 0, points: 20 },
] as const;

/** A conversation whose quality was noted. */
export type Judged = { readonly table: 'meeting' | 'touchpoint'; readonly id: string; readonly day: string; readonly points: number };

/** The quality part of the engagement score, opened to its inputs (ENG-04). */
export type QualityPart = {
  /** The first day that counts. */
  readonly from: string;
  /** 0 to 100, exact; undefined: nothing that could fill it was ever recorded. */
  readonly score: number | undefined;
  readonly responses: { readonly asked: number; readonly answered: number; readonly points: number | undefined };
  readonly meetings: { readonly judged: readonly Judged[]; readonly points: number | undefined };
};

/** Points of a response rate: 100 %, from 75, from 50, from 25 %, below. */
export function responsePoints(answered: number, asked: number): number {
  const rate = answered / asked;
  return STEPS.find(({ least }) => rate >= least)?.points ?? 20;
}

/** Points of one conversation. */
export function markPoints(checklist: Row<'meetingChecklist'>): number {
  return QUALITY_MARKS.reduce((sum, mark) => sum + (checklist[mark] === true ? MARK_POINTS[mark] : 0), 0);
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0) / values.length;

/**
 * Quality of an engagement over 90 days (ENG-04): the mean of its response rate and of what its held conversations were like, of those of the
 * two that exist. Where both are silent now but something was recorded before, it is 0. What was not delivered was not asked.
 */
export function qualityOf(view: ReadView, engagement: string, asOf: string, timeZone: string): QualityPart {
  const from = addDays(asOf, 1 - QUALITY_DAYS);
  const counts = (day: string): boolean => day >= from && day <= asOf;
  let known = false;
  let asked = 0;
  let answered = 0;
  for (const outreach of view.by('outreach', 'engagement', engagement)) {
    if (outreach.result === 'bounced') continue;
    known = true;
    if (!counts(outreach.sentOn)) continue;
    asked += 1;
    if (outreach.result === 'answered' || outreach.result === 'declined') answered += 1;
  }
  const judged: Judged[] = [];
  const judge = (table: Judged['table'], id: string, day: string): void => {
    const [checklist] = view.by('meetingChecklist', 'about', refTo(table, id));
    if (checklist === undefined) return;
    known = true;
    if (counts(day)) judged.push({ table, id, day, points: markPoints(checklist) });
  };
  for (const meeting of view.by('meeting', 'engagement', engagement))
    if (meeting.state === 'completed') judge('meeting', meeting.id, meetingDay(meeting, timeZone));
  for (const touchpoint of view.by('touchpoint', 'engagement', engagement))
    if (touchpointHeld(touchpoint, asOf)) judge('touchpoint', touchpoint.id, touchpoint.heldOn ?? asOf);
  const responses = asked === 0 ? undefined : responsePoints(answered, asked);
  const meetings = mean(judged.map(({ points }) => points));
  return {
    from,
    score: mean([responses, meetings].filter((part) => part !== undefined)) ?? (known ? 0 : undefined),
    responses: { asked, answered, points: responses },
    meetings: { judged: judged.toSorted((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? 1 : -1)), points: meetings },
  };
}
