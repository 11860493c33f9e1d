import type { Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { localDay, onDay } from '#shared/domain/recurrence/occurrences.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import type { Draft } from '../context.ts';

type Moving = {
  readonly timeZone: string;
  readonly asOf: string;
  /** Tells the guests of a meeting, where the workspace wants that by itself; answers whether a mail goes out. */
  readonly tell: (meeting: string) => boolean;
};
/** The new day, how many mails tell guests of it, and the meetings that moved. */
export type Moved = { readonly day: string; readonly updates: number; readonly meetings: string[] };

const OPEN: ReadonlySet<unknown> = new Set(['draft', 'scheduled']);
const ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);

const zoneOf = ({ timeZone }: Row<'meeting'>, fallback: string): string => timeZone ?? fallback;
const dayOf = (meeting: Row<'meeting'>, fallback: string): string => localDay(meeting.startsAt, zoneOf(meeting, fallback));

/** The day that a touchpoint is to be held on; undefined where it was held or has ended. */
function plannedOn({ heldOn, state }: Row<'touchpoint'>, asOf: string): string | undefined {
  return heldOn !== undefined && heldOn >= asOf && !ENDED.has(state) ? heldOn : undefined;
}

function refuseBack(day: string, { asOf }: Moving, about: { readonly table: 'touchpoint' | 'meeting'; readonly recordId: string }): void {
  if (day >= asOf) return;
  throw new AppError('rule', 'What is planned cannot be moved into the past. Log what was held (Ctrl+L), or set its day on its page.', {
    rule: 'TCH-06',
    ...about,
  });
}

/** Puts a meeting on a day; where the workspace always tells guests, they are told in the same step (TCH-04). Answers the number of mails. */
function putMeeting(draft: Draft, meeting: Row<'meeting'>, day: string, { timeZone, tell }: Moving): number {
  const { id, startsAt, endsAt } = meeting;
  const moved = onDay({ startsAt, endsAt, timeZone: zoneOf(meeting, timeZone) }, day);
  draft.update('meeting', id, { startsAt: moved.startsAt, endsAt: moved.endsAt });
  return tell(id) ? 1 : 0;
}

function moveTouchpoint(draft: Draft, touchpoint: Row<'touchpoint'>, days: number, moving: Moving): Moved {
  const { id, heldOn, dueDate, createdAt } = touchpoint;
  const planned = plannedOn(touchpoint, moving.asOf);
  const day = addDays(heldOn ?? dueDate ?? createdAt.slice(0, 10), days);
  if (planned !== undefined) refuseBack(day, moving, { table: 'touchpoint', recordId: id });
  draft.update('touchpoint', id, heldOn === undefined ? { dueDate: day } : { heldOn: day });
  // its meeting goes with it; those of a series have their rhythm
  const meetings = planned === undefined ? [] : draft.view.by('meeting', 'touchpoint', id);
  const together = meetings.filter(
    (meeting) => OPEN.has(meeting.state) && meeting.series === undefined && dayOf(meeting, moving.timeZone) === planned,
  );
  const updates = together.reduce((sum, meeting) => sum + putMeeting(draft, meeting, day, moving), 0);
  return { day, updates, meetings: together.map((meeting) => meeting.id) };
}

function moveMeeting(draft: Draft, meeting: Row<'meeting'>, days: number, moving: Moving): Moved {
  const { id, state, series } = meeting;
  const about = { table: 'meeting', recordId: id } as const;
  if (!OPEN.has(state))
    throw new AppError('rule', `This meeting was ${state === 'completed' ? 'held' : 'cancelled'} and cannot be moved.`, {
      rule: 'TCH-06',
      ...about,
    });
  const from = dayOf(meeting, moving.timeZone);
  const day = addDays(from, days);
  if (from >= moving.asOf) refuseBack(day, moving, about);
  const updates = putMeeting(draft, meeting, day, moving);
  const touchpoint = draft.view.get('touchpoint', meeting.touchpoint);
  // the conversation that it is planned for is on its day
  if (touchpoint && series === undefined && plannedOn(touchpoint, moving.asOf) === from)
    draft.update('touchpoint', touchpoint.id, { heldOn: day });
  return { day, updates, meetings: [id] };
}

/**
 * Moves a touchpoint or a meeting by days; a planned touchpoint and its meeting of the same day stay together, and guests who were
 * invited are told (T7). Throws AppError `not-found` or `rule`.
 */
export function moveItem(draft: Draft, { table, id, days }: Parsed<'planner.move'>, moving: Moving): Moved {
  const gone = () => new AppError('not-found', `This ${table} does not exist any more.`, { table, recordId: id });
  if (table === 'touchpoint') {
    const touchpoint = draft.view.get('touchpoint', id);
    if (!touchpoint) throw gone();
    return moveTouchpoint(draft, touchpoint, days, moving);
  }
  const meeting = draft.view.get('meeting', id);
  if (!meeting) throw gone();
  return moveMeeting(draft, meeting, days, moving);
}
