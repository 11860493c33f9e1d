import { AppError } from '#shared/errors/app-error.ts';
import type { Parsed } from '#shared/contract/engine-contract.ts';
import type { NewValues, Patch } from '#shared/model/dictionary.ts';
import { expandSeries, localDay, occurrenceDays, onDay, type SeriesTimes } from '#shared/domain/recurrence/occurrences.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import type { Draft } from '../context.ts';
import { addMeeting, dayIn, givenFields, meetingOfSeries, timesOf, upcoming, valuesOn, type Meeting, type Series } from './series-rows.ts';

/** The day that counts as today and the zone of what names none. */
export type Place = { readonly asOf: string; readonly timeZone: string };
/** What was done: how many meetings it concerned, which stand now as they were made or changed, and which were cancelled. */
export type Done = {
  readonly id: string;
  readonly meetings: number;
  readonly standing: readonly string[];
  readonly cancelled: readonly string[];
};

function seriesById(draft: Draft, id: string): Series {
  const series = draft.view.get('meetingSeries', id);
  if (series) return series;
  throw new AppError('not-found', 'This series does not exist any more.', { table: 'meetingSeries', recordId: id });
}

/** Plans a series with all its meetings (TCH-03). The rules refuse one that is too long. */
export function createSeries(draft: Draft, { values, cadence, repeatUntil }: Parsed<'series.create'>, place: Place): Done {
  // the validators check every value before anything is kept
  const id = draft.create('meetingSeries', { ...(values as NewValues<'meetingSeries'>), cadence, repeatUntil });
  const series = seriesById(draft, id);
  const days = expandSeries(timesOf(series, place.timeZone)).map(({ day }) => day);
  const standing = days.map((day) => addMeeting(draft, series, day, place.timeZone));
  return { id, meetings: days.length, standing, cancelled: [] };
}

/** Changes one meeting of a series, it and those after it, or all that are still to come (TCH-03). */
export function changeSeries(draft: Draft, input: Parsed<'series.change'>, place: Place): Done {
  const { meeting, series } = meetingOfSeries(draft, input.meeting);
  const patch = input.patch as Patch<'meeting'>; // the validators check every value
  if (input.scope === 'one') {
    draft.update('meeting', meeting.id, patch);
    return { id: meeting.id, meetings: 1, standing: [meeting.id], cancelled: [] };
  }
  const day = dayIn(meeting, place.timeZone);
  const from = input.scope === 'following' ? day : place.asOf;
  const affected = upcoming(draft, series, from, place.timeZone);
  const begins = localDay(series.startsAt, series.timeZone ?? place.timeZone);
  const changed = input.scope === 'following' && day > begins ? splitAt(draft, series, affected, day, place) : series;
  return replan(draft, changed, affected, input, { meeting, patch, place });
}

/** Ends a series before a day and begins another one with its meetings from that day on. */
function splitAt(draft: Draft, series: Series, affected: readonly Meeting[], day: string, place: Place): Series {
  const { cadence, repeatUntil } = series;
  const values = valuesOn(series, day, place.timeZone);
  // the rule wants a day after the first meeting
  const id = draft.create('meetingSeries', { ...values, cadence, repeatUntil: repeatUntil > day ? repeatUntil : addDays(day, 1) });
  for (const each of affected) draft.setSystemFields('meeting', each.id, { series: id });
  const first = localDay(series.endsAt, 'UTC');
  const end = addDays(day, -1);
  draft.update('meetingSeries', series.id, { repeatUntil: end > first ? end : addDays(first, 1) });
  return seriesById(draft, id);
}

type Wanted = { readonly meeting: Meeting; readonly patch: Patch<'meeting'>; readonly place: Place };

/** The series' own times after a meeting of it was given others: moved by as many days, at the new time on the clock. */
function movedTimes(
  before: SeriesTimes,
  { meeting, patch, place }: Wanted,
  zone: string,
): { readonly startsAt: string; readonly endsAt: string } {
  const startsAt = patch.startsAt ?? meeting.startsAt;
  const endsAt = patch.endsAt ?? meeting.endsAt;
  const wasOn = dayIn(meeting, place.timeZone);
  const isOn = localDay(startsAt, zone);
  const shift = (Date.parse(isOn) - Date.parse(wasOn)) / 86_400_000;
  const moved = onDay({ startsAt, endsAt, timeZone: zone }, addDays(localDay(before.startsAt, before.timeZone), shift));
  return { startsAt: moved.startsAt, endsAt: moved.endsAt };
}

function replan(draft: Draft, series: Series, affected: readonly Meeting[], input: Parsed<'series.change'>, wanted: Wanted): Done {
  const { patch, place } = wanted;
  const before = timesOf(series, place.timeZone);
  const zone = typeof patch.timeZone === 'string' ? patch.timeZone : before.timeZone;
  const moves = typeof patch.startsAt === 'string' || typeof patch.endsAt === 'string';
  const times = moves ? movedTimes(before, wanted, zone) : { startsAt: series.startsAt, endsAt: series.endsAt };
  draft.update('meetingSeries', series.id, {
    ...Object.fromEntries(givenFields.filter((field) => patch[field] !== undefined).map((field) => [field, patch[field]])),
    ...times,
    ...(input.cadence === undefined ? {} : { cadence: input.cadence }),
    ...(input.repeatUntil === undefined ? {} : { repeatUntil: input.repeatUntil }),
  });
  const after = seriesById(draft, series.id);
  const now = timesOf(after, place.timeZone);
  const firstLeft = affected[0] === undefined ? place.asOf : dayIn(affected[0], place.timeZone);
  const days = occurrenceDays(localDay(now.startsAt, now.timeZone), now.cadence, now.repeatUntil);
  const wasOn = localDay(before.startsAt, before.timeZone);
  const isOn = localDay(now.startsAt, now.timeZone);
  const isAnew = isOn < wasOn || now.cadence !== before.cadence;
  const ahead = days.filter((day) => day >= (isOn === wasOn || isAnew ? (isAnew ? place.asOf : firstLeft) : firstLeft));
  return isAnew ? planAnew(draft, after, affected, ahead, place) : follow(draft, { before, after, old: series }, affected, ahead, place);
}

/** TCH-03: a series moved to an earlier day (or to another rhythm) cancels what was to come and plans it anew. */
function planAnew(draft: Draft, series: Series, affected: readonly Meeting[], days: readonly string[], place: Place): Done {
  for (const { id } of affected) draft.update('meeting', id, { state: 'cancelled' });
  const standing = days.map((day) => addMeeting(draft, series, day, place.timeZone));
  return { id: series.id, meetings: affected.length + days.length, standing, cancelled: affected.map(({ id }) => id) };
}

type Turned = { readonly before: SeriesTimes; readonly after: Series; readonly old: Series };

/** Gives the meetings that are to come what their series is now; what was changed in one of them by hand stays. */
function follow(draft: Draft, turned: Turned, affected: readonly Meeting[], days: readonly string[], place: Place): Done {
  const { before, after, old } = turned;
  const cancelled = new Set(
    draft.view
      .by('meeting', 'series', after.id)
      .filter(({ state }) => state === 'cancelled' || state === 'completed')
      .map((meeting) => dayIn(meeting, place.timeZone)),
  );
  const left = days.filter((day) => !cancelled.has(day));
  const standing: string[] = [];
  const dropped: string[] = [];
  for (const [at, meeting] of affected.entries()) {
    const day = left[at];
    if (day === undefined) {
      dropped.push(meeting.id);
      draft.update('meeting', meeting.id, { state: 'cancelled' });
    } else {
      standing.push(meeting.id);
      draft.update('meeting', meeting.id, changesFor(meeting, { before, after, old }, day, place));
      if (meeting.occurrence !== day) draft.setSystemFields('meeting', meeting.id, { occurrence: day });
    }
  }
  const more = left.slice(affected.length);
  for (const day of more) standing.push(addMeeting(draft, after, day, place.timeZone));
  return { id: after.id, meetings: affected.length + more.length, standing, cancelled: dropped };
}

function changesFor(meeting: Meeting, { before, after, old }: Turned, day: string, place: Place): Patch<'meeting'> {
  const was = onDay(before, dayIn(meeting, place.timeZone));
  const now = valuesOn(after, day, place.timeZone);
  const own = givenFields.filter((field) => sameValue(meeting[field], old[field]) && !sameValue(after[field], old[field]));
  const isInPlace = meeting.startsAt === was.startsAt && meeting.endsAt === was.endsAt;
  return {
    ...Object.fromEntries(own.map((field) => [field, after[field] ?? null])),
    ...(isInPlace ? { startsAt: now.startsAt, endsAt: now.endsAt } : {}),
  };
}

/** Cancels one meeting, it and those after it, or the series with all that is still to come (TCH-03). */
export function cancelSeries(draft: Draft, { meeting: id, scope }: Parsed<'series.cancel'>, place: Place): Done {
  const { meeting, series } = meetingOfSeries(draft, id);
  if (scope === 'one') {
    draft.update('meeting', meeting.id, { state: 'cancelled' });
    return { id: meeting.id, meetings: 1, standing: [], cancelled: [meeting.id] };
  }
  const day = dayIn(meeting, place.timeZone);
  const affected = upcoming(draft, series, scope === 'following' ? day : place.asOf, place.timeZone);
  for (const each of affected) draft.update('meeting', each.id, { state: 'cancelled' });
  const first = localDay(series.endsAt, 'UTC');
  if (scope === 'all') draft.update('meetingSeries', series.id, { state: 'cancelled' });
  else if (addDays(day, -1) > first) draft.update('meetingSeries', series.id, { repeatUntil: addDays(day, -1) });
  return { id: series.id, meetings: affected.length, standing: [], cancelled: affected.map(({ id: each }) => each) };
}
