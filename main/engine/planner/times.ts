import { CONTACT_PLANS } from '#shared/domain/cadence/contact-plans.ts';
import type { CadenceKind } from '#shared/domain/cadence/rhythm.ts';
import { freeSlot, readWorkingHours, type Busy } from '#shared/domain/planner/slots.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { isTimeZone } from '#shared/util/calendar-days.ts';
import type { Draft, EngineContext } from '../context.ts';

/** Minutes of a conversation that is proposed. */
const MINUTES = 30;
const MINUTE = 60_000;
/** Where another version of Satchel has set hours that this one cannot read. */
const USUAL_HOURS = { begins: '09:00', ends: '17:00' };

export type PersonCalendar = {
  /** The first free time of a day for a talk with an engagement, which is taken from then on; undefined where there is none. */
  readonly timeFor: (engagement: Row<'engagement'>, day: string) => string | undefined;
  /** The customer's zone, where it is another one. */
  readonly zoneOf: (engagement: Row<'engagement'>) => string | undefined;
};

const zoneIn = (text: string | undefined): string | undefined => (text !== undefined && isTimeZone(text) ? text : undefined);

/**
 * When a person is free from a day on and customers work (T7): on the clock of the person, else of the workspace, and on that of whom
 * they talk with.
 */
export function calendarOf({ view, settings }: EngineContext, actor: string, from: string): PersonCalendar {
  const me = view.get('user', actor);
  const own = zoneIn(me?.timeZone) ?? settings().timeZone;
  const hours = readWorkingHours(settings().workingHours) ?? USUAL_HOURS;
  const busy: Busy[] = [];
  for (const { state, organiser, users, startsAt, endsAt } of view.all('meeting')) {
    if ((state !== 'scheduled' && state !== 'draft') || endsAt < from) continue;
    if (me !== undefined && organiser !== me.id && users?.includes(me.id) !== true) continue;
    busy.push({ from: Date.parse(startsAt), to: Date.parse(endsAt) });
  }
  const theirs = ({ keyContact, account }: Row<'engagement'>): string | undefined => {
    const contact = keyContact === undefined ? undefined : view.get('contact', keyContact);
    return zoneIn(contact?.timeZone) ?? zoneIn(view.get('account', account)?.timeZone);
  };
  return {
    timeFor: (engagement, day) => {
      const zone = theirs(engagement);
      const slot = freeSlot(day, zone === undefined ? [own] : [own, zone], busy, MINUTES, hours);
      if (slot === undefined) return undefined;
      busy.push({ from: slot, to: slot + MINUTES * MINUTE });
      return new Date(slot).toISOString();
    },
    zoneOf: (engagement) => {
      const zone = theirs(engagement);
      return zone === own ? undefined : zone;
    },
  };
}

/** Drafts the meeting of a planned touchpoint: nobody is invited before it is scheduled. */
export function draftMeeting(draft: Draft, id: string, contact: CadenceKind, startsAt: string, actor: string): void {
  const touchpoint = draft.view.get('touchpoint', id);
  if (!touchpoint) return;
  const organiser = draft.view.get('user', actor)?.id ?? touchpoint.assignedTo;
  draft.create('meeting', {
    subject: touchpoint.subject,
    touchpoint: id,
    state: 'draft',
    type: CONTACT_PLANS[contact].meeting,
    startsAt,
    endsAt: new Date(Date.parse(startsAt) + MINUTES * MINUTE).toISOString(),
    ...(touchpoint.contact === undefined ? {} : { contacts: [touchpoint.contact] }),
    ...(organiser === undefined ? {} : { organiser }),
  });
}
