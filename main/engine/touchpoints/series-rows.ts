import { AppError } from '#shared/errors/app-error.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { localDay, onDay, type SeriesTimes } from '#shared/domain/recurrence/occurrences.ts';
import type { Draft } from '../context.ts';

export type Meeting = Row<'meeting'>;
export type Series = Row<'meetingSeries'>;

/** Fields that a series gives its meetings beside their times. */
const GIVEN = [
  'subject',
  'touchpoint',
  'type',
  'timeZone',
  'organiser',
  'contacts',
  'users',
  'virtual',
  'provider',
  'link',
  'locations',
  'agenda',
] as const;
export type GivenField = (typeof GIVEN)[number];
export const givenFields: readonly GivenField[] = GIVEN;

/** The series' times on the clock that counts: its own zone, else the workspace's. */
export function timesOf(series: Series, workspaceZone: string): SeriesTimes {
  const { startsAt, endsAt, timeZone, cadence, repeatUntil } = series;
  return { startsAt, endsAt, timeZone: timeZone ?? workspaceZone, cadence, repeatUntil };
}

/** What the series gives a meeting of one of its days. */
export function valuesOn(series: Series, day: string, workspaceZone: string) {
  const { startsAt, endsAt } = onDay(timesOf(series, workspaceZone), day);
  const given = Object.fromEntries(GIVEN.flatMap((field) => (series[field] === undefined ? [] : [[field, series[field]]])));
  return { ...given, subject: series.subject, touchpoint: series.touchpoint, startsAt, endsAt };
}

/** Makes the meeting of a day; answers its ID. */
export function addMeeting(draft: Draft, series: Series, day: string, workspaceZone: string): string {
  const id = draft.create('meeting', { ...valuesOn(series, day, workspaceZone), state: 'scheduled' });
  draft.setSystemFields('meeting', id, { series: series.id, occurrence: day });
  return id;
}

/** A meeting of a series, and the series. Throws AppError `not-found`, or `rule` where it belongs to none. */
export function meetingOfSeries(draft: Draft, id: string): { readonly meeting: Meeting; readonly series: Series } {
  const meeting = draft.view.get('meeting', id);
  if (!meeting) throw new AppError('not-found', 'This meeting does not exist any more.', { table: 'meeting', recordId: id });
  const series = meeting.series === undefined ? undefined : draft.view.get('meetingSeries', meeting.series);
  if (series) return { meeting, series };
  throw new AppError('rule', `“${meeting.subject}” is a single meeting. Change it on its own.`, {
    rule: 'TCH-03',
    table: 'meeting',
    recordId: id,
  });
}

/** The day that names a meeting within its series; that of its start where it has none. */
export function dayIn(meeting: Meeting, workspaceZone: string): string {
  return meeting.occurrence ?? localDay(meeting.startsAt, meeting.timeZone ?? workspaceZone);
}

/** Meetings of a series that are still to come: planned, from a day on, in their order. */
export function upcoming(draft: Draft, series: Series, from: string, workspaceZone: string): readonly Meeting[] {
  return draft.view
    .by('meeting', 'series', series.id)
    .filter((meeting) => (meeting.state === 'scheduled' || meeting.state === 'draft') && dayIn(meeting, workspaceZone) >= from)
    .toSorted((a, b) => (dayIn(a, workspaceZone) < dayIn(b, workspaceZone) ? -1 : 1));
}
