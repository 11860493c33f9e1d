import type { Row } from '../../model/dictionary.ts';
import { dateOfInstant } from '../../util/calendar-days.ts';
import { touchpointHeld } from '../derived/engagement-facts.ts';
import type { ReadView } from '../view.ts';
import type { CadenceKind } from './rhythm.ts';

type Days = { readonly [K in CadenceKind]?: string | undefined };
/** The newest day on which each kind of contact was held, and the nearest on which one is planned. */
export type Contacts = { readonly last: Days; readonly next: Days };

/** Of an engagement with which nothing was held and nothing is planned. */
export const NO_CONTACTS: Contacts = { last: {}, next: {} };

const OPEN_ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);
/** What counts as more than a touch: meetings by their type, touchpoints by their category. */
const MEETING_KINDS: Readonly<Record<string, CadenceKind>> = { qbr: 'review', executive: 'executive', renewal: 'renewal' };
const TOUCHPOINT_KINDS: Readonly<Record<string, CadenceKind>> = { review: 'review', executive: 'executive', renewal: 'renewal' };

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

type Noted = { readonly last: { [K in CadenceKind]?: string }; readonly next: { [K in CadenceKind]?: string } };

function note({ last, next }: Noted, isHeld: boolean, kind: CadenceKind, day: string): void {
  const days = isHeld ? last : next;
  const known = days[kind];
  if (known === undefined || (isHeld ? day > known : day < known)) days[kind] = day;
}

function noteTouchpoint(noted: Noted, touchpoint: Row<'touchpoint'>, asOf: string): void {
  const isHeld = touchpointHeld(touchpoint, asOf);
  const day = isHeld ? touchpoint.heldOn : plannedDay(touchpoint, asOf);
  if (day === undefined) return;
  note(noted, isHeld, 'touch', day);
  const kind = touchpoint.category === undefined ? undefined : TOUCHPOINT_KINDS[touchpoint.category];
  if (kind !== undefined) note(noted, isHeld, kind, day);
}

function noteMeeting(noted: Noted, meeting: Row<'meeting'>, asOf: string, timeZone: string): void {
  const { state, type } = meeting;
  if (state !== 'completed' && state !== 'scheduled') return;
  const day = meetingDay(meeting, timeZone);
  const isHeld = state === 'completed' && day <= asOf;
  if (!isHeld && (state === 'completed' || day < asOf)) return;
  note(noted, isHeld, 'touch', day);
  const kind = type === undefined ? undefined : MEETING_KINDS[type];
  if (kind !== undefined) note(noted, isHeld, kind, day);
}

/**
 * What was held with an engagement up to `asOf` and what is planned after it (TCH-07). Touchpoints count by their day, meetings once
 * they are completed, planned ones as long as they are scheduled. Days of meetings are those of `timeZone`.
 */
export function contactsOf(engagement: string, view: ReadView, asOf: string, timeZone: string): Contacts {
  const noted: Noted = { last: {}, next: {} };
  for (const touchpoint of view.by('touchpoint', 'engagement', engagement)) noteTouchpoint(noted, touchpoint, asOf);
  for (const meeting of view.by('meeting', 'engagement', engagement)) noteMeeting(noted, meeting, asOf, timeZone);
  return noted;
}

const RECORDS_A_STEP = 64;

/** {@link contactsOf} for all engagements at once, step by step: for thousands of them much less work than one by one. */
export function* contactsOfAll(view: ReadView, asOf: string, timeZone: string): Generator<void, ReadonlyMap<string, Contacts>, void> {
  let records = 0;
  const all = new Map<string, Noted>();
  const of = (engagement: string): Noted => {
    const known = all.get(engagement);
    if (known !== undefined) return known;
    const noted: Noted = { last: {}, next: {} };
    all.set(engagement, noted);
    return noted;
  };
  for (const touchpoint of view.all('touchpoint')) {
    noteTouchpoint(of(touchpoint.engagement), touchpoint, asOf);
    records += 1;
    if (records % RECORDS_A_STEP === 0) yield;
  }
  for (const meeting of view.all('meeting')) {
    if (meeting.engagement !== undefined) noteMeeting(of(meeting.engagement), meeting, asOf, timeZone);
    records += 1;
    if (records % RECORDS_A_STEP === 0) yield;
  }
  return all;
}
