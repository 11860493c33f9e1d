import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { meetingDay } from '#shared/domain/cadence/contacts.ts';
import { bySorts } from '#shared/domain/portfolio/sort-rows.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { fold } from '#shared/util/folding.ts';
import type { EngineContext } from '../context.ts';

export type Item = Output<'planner.rows'>['rows'][number]['items'][number];
/** Which touchpoints and meetings the planner shows; all where nothing is asked for. */
export type Wanted = Pick<Parsed<'planner.rows'>, 'type' | 'priority' | 'state'>;
/** An item with what it is chosen by. */
type Judged = Item & { readonly priority: string };

const ENDED: ReadonlySet<string> = new Set(['closed', 'completed']);

/** Whether an item is asked for: by its record type or its category, by its priority (of a meeting that of its touchpoint), by whether it is over. */
function isWanted({ table, type, priority, state }: Judged, wanted: Wanted): boolean {
  if (wanted.type !== undefined && wanted.type !== table && wanted.type !== `${table}/${type ?? ''}`) return false;
  if (wanted.priority !== undefined && wanted.priority !== priority) return false;
  return wanted.state === undefined || (wanted.state === 'over') === ENDED.has(state);
}

/** Whether any filter narrows what is shown. */
export const narrows = ({ type, priority, state }: Wanted): boolean => type !== undefined || priority !== undefined || state !== undefined;

function meetingItem(meeting: Row<'meeting'>, day: string, priority: string): Judged {
  const { id, subject, touchpoint, startsAt, endsAt, state, type } = meeting;
  return {
    table: 'meeting',
    id,
    label: subject,
    touchpoint,
    day,
    startsAt,
    endsAt,
    state: state ?? '',
    priority,
    ...(type === undefined ? {} : { type }),
  };
}

/**
 * What stands on an engagement's days, by day and time: touchpoints by their day, meetings by the day on which they begin (TCH-06).
 * Cancelled ones are left out. Both days are included.
 */
export function itemsOf(
  { view, settings }: EngineContext,
  engagement: string,
  days: { readonly from: string; readonly to: string },
  wanted: Wanted = {},
): readonly Item[] {
  const { timeZone } = settings();
  const isIn = (day: string | undefined): day is string => day !== undefined && day >= days.from && day <= days.to;
  const items: Judged[] = [];
  for (const { id, subject, heldOn, dueDate, state = '', category, priority = '' } of view.by('touchpoint', 'engagement', engagement)) {
    const day = heldOn ?? dueDate;
    if (state !== 'cancelled' && isIn(day))
      items.push({ table: 'touchpoint', id, label: subject, day, state, priority, ...(category === undefined ? {} : { type: category }) });
  }
  for (const meeting of view.by('meeting', 'engagement', engagement)) {
    const day = meetingDay(meeting, timeZone);
    if (meeting.state === 'cancelled' || !isIn(day)) continue;
    items.push(meetingItem(meeting, day, view.get('touchpoint', meeting.touchpoint)?.priority ?? ''));
  }
  return bySorts(
    items.filter((item) => isWanted(item, wanted)),
    [
      { direction: 'up', keyOf: ({ day }) => day },
      { direction: 'up', keyOf: ({ startsAt }) => startsAt },
      { direction: 'up', keyOf: ({ id }) => id },
    ],
  ).map(({ priority: _priority, ...item }) => item);
}

/** The items of a row that a text is looked for in; all where the engagement itself answers to it. */
export function itemsNamed(items: readonly Item[], text: string): readonly Item[] {
  return items.filter(({ label }) => fold(label).includes(text));
}
