import type { Row } from '../../model/dictionary.ts';
import { dateOfInstant } from '../../util/calendar-days.ts';
import { touchpointHeld } from '../derived/engagement-facts.ts';
import type { ReadView } from '../view.ts';
import type { CadenceKind } from './rhythm.ts';

type Days = { readonly [K in CadenceKind]?: string | undefined };
/** The newest day on which each kind of contact was held, and the nearest on which one is planned. */
export type Contacts = { readonly last: Days; readonly next: Days };

const OPEN_ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);
const MEETING_KINDS: Readonly<Record<string, CadenceKind>> = { qbr: 'review', executive: 'executive', renewal: 'renewal' };

/** The day on which a meeting begins, in the zone that counts for days. */
export function meetingDay(meeting: Pick<Row<'meeting'>, 'startsAt'>, timeZone: string): string {
  return timeZone === 'UTC' ? meeting.startsAt.slice(0, 10) : dateOfInstant(meeting.startsAt, timeZone);
}

/** The day that a touchpoint is planned for: not yet over, not ended; undefined where it is not. */
export function plannedDay(touchpoint: Row<'touchpoint'>, asOf: string): string | undefined {
  if (OPEN_ENDED.has(touchpoint.state)) return undefined;
  const { heldOn, dueDate } = touchpoint;
  if (heldOn !== undefined) return heldOn > asOf ? heldOn : undefined;
  return dueDate !== undefined && dueDate >= asOf ? dueDate : undefined;
}

/**
 * What was held with an engagement up to `asOf` and what is planned after it (TCH-07). Touchpoints count by their day, meetings once
 * they are completed, planned ones as long as they are scheduled. Days of meetings are those of `timeZone`.
 */
export function contactsOf(engagement: string, view: ReadView, asOf: string, timeZone: string): Contacts {
  const last: { [K in CadenceKind]?: string } = {};
  const next: { [K in CadenceKind]?: string } = {};
  const held = (kind: CadenceKind, day: string): void => {
    const known = last[kind];
    if (known === undefined || day > known) last[kind] = day;
  };
  const planned = (kind: CadenceKind, day: string): void => {
    const known = next[kind];
    if (known === undefined || day < known) next[kind] = day;
  };
  for (const touchpoint of view.by('touchpoint', 'engagement', engagement)) {
    const tell = touchpointHeld(touchpoint, asOf) ? held : planned;
    const day = tell === held ? touchpoint.heldOn : plannedDay(touchpoint, asOf);
    if (day === undefined) continue;
    tell('touch', day);
    if (touchpoint.category === 'renewal') tell('renewal', day);
  }
  for (const meeting of view.by('meeting', 'engagement', engagement)) {
    if (meeting.state !== 'completed' && meeting.state !== 'scheduled') continue;
    const day = meetingDay(meeting, timeZone);
    const isHeld = meeting.state === 'completed' && day <= asOf;
    if (!isHeld && (meeting.state === 'completed' || day < asOf)) continue;
    const tell = isHeld ? held : planned;
    tell('touch', day);
    const kind = meeting.type === undefined ? undefined : MEETING_KINDS[meeting.type];
    if (kind !== undefined) tell(kind, day);
  }
  return { last, next };
}
