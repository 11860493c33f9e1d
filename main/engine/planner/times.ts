import { freeSlot, type Busy } from '#shared/domain/planner/slots.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { isTimeZone } from '#shared/util/calendar-days.ts';
import type { Draft, EngineContext } from '../context.ts';

/** Minutes of a conversation that is proposed. */
const MINUTES = 30;
const MINUTE = 60_000;

export type ProposedTime = { readonly startsAt?: string; readonly zone?: string };
export type PersonCalendar = {
  /** The first free time of a day for a talk with an engagement; it is taken from then on. */
  readonly timeFor: (engagement: Row<'engagement'>, day: string) => ProposedTime;
};

const zoneIn = (text: string | undefined): string | undefined => (text !== undefined && isTimeZone(text) ? text : undefined);

/** When a person is free and customers work (T7): on the clock of the person, else of the workspace, and on that of whom they talk with. */
export function calendarOf({ view, settings }: EngineContext, actor: string): PersonCalendar {
  const me = view.get('user', actor);
  const own = zoneIn(me?.timeZone) ?? settings().timeZone;
  const busy: Busy[] = [];
  for (const { state, organiser, users, startsAt, endsAt } of view.all('meeting')) {
    if (state !== 'scheduled' && state !== 'draft') continue;
    if (me !== undefined && organiser !== me.id && users?.includes(me.id) !== true) continue;
    busy.push({ from: Date.parse(startsAt), to: Date.parse(endsAt) });
  }
  return {
    timeFor: ({ keyContact, account }, day) => {
      const contact = keyContact === undefined ? undefined : view.get('contact', keyContact);
      const theirs = zoneIn(contact?.timeZone) ?? zoneIn(view.get('account', account)?.timeZone);
      const from = freeSlot(day, theirs === undefined ? [own] : [own, theirs], busy, MINUTES);
      const zone = theirs === undefined || theirs === own ? {} : { zone: theirs };
      if (from === undefined) return zone;
      busy.push({ from, to: from + MINUTES * MINUTE });
      return { startsAt: new Date(from).toISOString(), ...zone };
    },
  };
}

/** Drafts the meeting of a planned touchpoint: nobody is invited before it is scheduled. */
export function draftMeeting(draft: Draft, id: string, startsAt: string, actor: string): void {
  const touchpoint = draft.view.get('touchpoint', id);
  if (!touchpoint) return;
  const organiser = draft.view.get('user', actor)?.id ?? touchpoint.assignedTo;
  draft.create('meeting', {
    subject: touchpoint.subject,
    touchpoint: id,
    state: 'draft',
    type: touchpoint.category === 'renewal' ? 'renewal' : 'adHoc',
    startsAt,
    endsAt: new Date(Date.parse(startsAt) + MINUTES * MINUTE).toISOString(),
    ...(touchpoint.contact === undefined ? {} : { contacts: [touchpoint.contact] }),
    ...(organiser === undefined ? {} : { organiser }),
  });
}
