import type { CalendarEntry } from '#shared/domain/calendar/read-calendar.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type Row } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { addressBook } from './people.ts';
import type { ReadIncoming } from './read-file.ts';

type Meeting = Row<'meeting'>;

/**
 * What a calendar entry would do: `answer` – who was invited says whether they come; `change` – the meeting is newer than ours; `cancel`;
 * `add` – a meeting that is not here; `known` – nothing new; `nothing` – an answer to a meeting that is not here.
 */
export type EntryDeed = 'answer' | 'change' | 'cancel' | 'add' | 'known' | 'nothing';
export type PlannedEntry = { readonly entry: CalendarEntry; readonly deed: EntryDeed; readonly meeting: Meeting | undefined };
export type Place = { readonly ref: string; readonly label: string; readonly type: string; readonly reason: string };

/** What would be made of a dropped file. */
export type IncomingPlan = {
  /** The mail is here already. */
  readonly known: Row<'email'> | undefined;
  /** The mail of ours that it answers. */
  readonly answered: Row<'email'> | undefined;
  readonly entries: readonly PlannedEntry[];
  /** Where it may belong, the likeliest first. */
  readonly places: readonly Place[];
  /** The first place is certain: nobody has to be asked. */
  readonly isSure: boolean;
};

const MOST_PLACES = 50;
const OWN = '@satchel';

/** The meeting that a calendar knows by this name: ours, or one that came from outside. */
export function meetingOfUid(view: ReadView, uid: string): Meeting | undefined {
  const own = uid.endsWith(OWN) ? view.get('meeting', uid.slice(0, -OWN.length)) : undefined;
  return own ?? view.by('meeting', 'externalId', uid)[0];
}

/** The highest version of a meeting that a calendar file brought or took. */
export function knownVersion(view: ReadView, meeting: Meeting): number {
  const mailed = view
    .by('email', 'touchpoint', meeting.touchpoint)
    .filter(({ calendar }) => calendar?.includes(meeting.externalId ?? `${meeting.id}${OWN}`));
  return Math.max(
    meeting.calendarVersion ?? -1,
    meeting.externalId === undefined ? meeting.rev - 1 : -1,
    ...mailed.map(({ sequence = -1 }) => sequence),
  );
}

function saysTheSame(entry: CalendarEntry, meeting: Meeting): boolean {
  return (
    entry.startsAt === meeting.startsAt &&
    entry.endsAt === meeting.endsAt &&
    entry.summary === meeting.subject &&
    (entry.url ?? meeting.link) === meeting.link
  );
}

function deedOf(view: ReadView, entry: CalendarEntry): PlannedEntry {
  const meeting = meetingOfUid(view, entry.uid);
  const planned = (deed: EntryDeed): PlannedEntry => ({ entry, deed, meeting });
  if (entry.method === 'REPLY' || entry.method === 'COUNTER') return planned(meeting === undefined ? 'nothing' : 'answer');
  if (meeting === undefined) return planned(entry.isCancelled ? 'nothing' : 'add');
  // an older version is overtaken, whatever it says (RFC 5546)
  if (entry.sequence < knownVersion(view, meeting)) return planned('known');
  if (entry.isCancelled) return planned(meeting.state === 'cancelled' ? 'known' : 'cancel');
  return planned(meeting.state === 'cancelled' || saysTheSame(entry, meeting) ? 'known' : 'change');
}

function placeAt(view: ReadView, ref: string, reason: string): readonly Place[] {
  const at = parseRef(ref);
  const row: AnyRow | undefined = at && view.get(at.table, at.id);
  if (at === undefined || row === undefined) return [];
  // a touchpoint that has ended takes nothing new: its engagement does (TCH-01)
  const engagement = row['engagement'];
  if (at.table === 'touchpoint' && row['active'] === false && typeof engagement === 'string')
    return placeAt(view, refTo('engagement', engagement), reason);
  return [{ ref, label: labelOf(at.table, row, view), type: tableOf(at.table).label, reason }];
}

const refOfMail = ({ touchpoint, about }: Row<'email'>): string =>
  touchpoint === undefined ? (about ?? '') : refTo('touchpoint', touchpoint);

function placesOfPeople(view: ReadView, contacts: readonly string[]): readonly Place[] {
  const found = new Map<string, Place>();
  for (const id of contacts) {
    const contact = view.get('contact', id);
    if (contact === undefined) continue;
    for (const { id: engagement, active } of view.by('engagement', 'account', contact.account))
      if (active !== false)
        for (const place of placeAt(view, refTo('engagement', engagement), `${contact.name} is of its customer`))
          found.set(place.ref, place);
  }
  return [...found.values()].slice(0, MOST_PLACES);
}

/** Works out where a mail or calendar file belongs and what it would do. Nothing is changed. */
export function planIncoming(view: ReadView, { mail, entries }: ReadIncoming): IncomingPlan {
  const known = mail?.messageId === undefined ? undefined : view.by('email', 'messageId', mail.messageId)[0];
  const answered = (mail?.answers ?? []).flatMap((id) => view.by('email', 'messageId', id)).find((one) => refOfMail(one) !== '');
  const planned = entries.map((entry) => deedOf(view, entry));
  const meeting = planned.find((one) => one.meeting !== undefined)?.meeting;
  const sure = [
    ...(answered === undefined ? [] : placeAt(view, refOfMail(answered), `It answers “${answered.subject}”`)),
    ...(meeting === undefined
      ? []
      : placeAt(view, refTo('touchpoint', meeting.touchpoint), `It is about the meeting “${meeting.subject}”`)),
  ];
  const find = addressBook(view);
  const from = mail?.from === undefined ? [] : [mail.from];
  const organisers = entries.flatMap(({ organiser }) => organiser ?? []);
  const first = placesOfPeople(view, find([...from, ...organisers]).contacts);
  const others = [...(mail?.to ?? []), ...(mail?.cc ?? []), ...entries.flatMap(({ guests }) => guests)];
  const people = first.length > 0 ? first : placesOfPeople(view, find(others).contacts);
  const places = [...new Map([...sure, ...people].map((place) => [place.ref, place])).values()].slice(0, MOST_PLACES);
  return { known, answered, entries: planned, places, isSure: sure.length > 0 || people.length === 1 };
}
