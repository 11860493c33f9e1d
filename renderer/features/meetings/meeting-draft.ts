import type { Row, TableName } from '#shared/model/dictionary.ts';
import type { CADENCES, MEETING_TYPES } from '#shared/model/tables/meeting.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import { instantToLocal, localToInstant } from '#shared/util/zoned-time.ts';
import type { FormDraft } from '../../ui/record-form/form-draft.ts';
import type { RawValue } from '../../ui/record-form/raw-values.ts';
import type { Reference } from '../../ui/reference.ts';

export type Repeats = 'once' | keyof typeof CADENCES;

/** A meeting as it is typed. */
export type MeetingDraft = {
  readonly subject: string;
  readonly type: string;
  readonly day: string;
  /** `14:30` on the clock of the zone. */
  readonly time: string;
  readonly minutes: string;
  readonly repeats: Repeats;
  readonly until: string;
  readonly contacts: readonly Reference[];
  readonly users: readonly Reference[];
  readonly locations: readonly Reference[];
  readonly virtual: boolean;
  readonly provider: string;
  readonly link: string;
  readonly agenda: string;
  readonly internalNotes: string;
  /** Not to be announced yet. */
  readonly isDraft: boolean;
  /** Everyone invited is told by mail. */
  readonly mail: boolean;
};

export const NEW_MEETING: MeetingDraft = {
  subject: '',
  type: 'adHoc' satisfies keyof typeof MEETING_TYPES,
  day: '',
  time: '09:00',
  minutes: '30',
  repeats: 'once',
  until: '',
  contacts: [],
  users: [],
  locations: [],
  virtual: false,
  provider: '',
  link: '',
  agenda: '',
  internalNotes: '',
  isDraft: false,
  mail: true,
};

const PEOPLE = { contacts: 'contact', users: 'user', locations: 'location' } as const satisfies Partial<
  Record<keyof MeetingDraft, TableName>
>;
type People = keyof typeof PEOPLE;
const isPeople = (name: string): name is People => Object.hasOwn(PEOPLE, name);

/** What was typed on top of what the dialog began with. */
export function withTyped(start: MeetingDraft, { values, picked }: FormDraft): MeetingDraft {
  const typed = Object.entries(values).map(([name, value]) => {
    if (!isPeople(name) || !Array.isArray(value)) return [name, value] as const;
    const before = new Map(start[name].map((one) => [one.id, one]));
    const ids: readonly unknown[] = value;
    return [
      name,
      ids
        .filter((id): id is string => typeof id === 'string')
        .map((id): Reference => before.get(id) ?? { table: PEOPLE[name], id, label: picked[id] ?? 'someone' }),
    ] as const;
  });
  // the dialog itself has written these values, under the names of the draft's fields
  return { ...start, ...(Object.fromEntries(typed) as Partial<MeetingDraft>) };
}

/** The form draft with a part of the meeting typed into it. */
export function typedInto(draft: FormDraft, part: Partial<MeetingDraft>): FormDraft {
  const values: Record<string, RawValue> = {};
  const picked: Record<string, string> = {};
  for (const [name, value] of Object.entries(part)) {
    if (typeof value === 'string' || typeof value === 'boolean') values[name] = value;
    else {
      values[name] = value.map(({ id }) => id);
      for (const { id, label } of value) picked[id] = label;
    }
  }
  return { ...draft, values: { ...draft.values, ...values }, picked: { ...draft.picked, ...picked } };
}

type NameOf = (table: TableName, id: string) => string | undefined;
const refs = (table: TableName, ids: readonly string[] | undefined, nameOf: NameOf): readonly Reference[] =>
  (ids ?? []).map((id) => ({ table, id, label: nameOf(table, id) ?? 'someone' }));

/** A meeting that exists, for its dialog. */
export function draftOf(meeting: Row<'meeting'>, zone: string, nameOf: NameOf): MeetingDraft {
  const [day = '', time = ''] = instantToLocal(meeting.startsAt, zone).split(' ');
  const { subject, type, link, agenda, provider, internalNotes } = meeting;
  return {
    ...NEW_MEETING,
    subject,
    ...(type === undefined ? {} : { type }),
    day,
    time,
    minutes: String(Math.round((Date.parse(meeting.endsAt) - Date.parse(meeting.startsAt)) / 60_000)),
    contacts: refs('contact', meeting.contacts, nameOf),
    users: refs('user', meeting.users, nameOf),
    locations: refs('location', meeting.locations, nameOf),
    virtual: meeting.virtual === true,
    provider: provider ?? '',
    link: link ?? '',
    agenda: agenda ?? '',
    internalNotes: internalNotes ?? '',
  };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
const idsOf = (list: readonly Reference[]) => (list.length === 0 ? null : list.map(({ id }) => id));

/** The fields of a meeting beside its times; `null` where there is nothing. */
export function fieldsOf(draft: MeetingDraft): Readonly<Record<string, unknown>> {
  return {
    subject: draft.subject.trim(),
    type: draft.type,
    contacts: idsOf(draft.contacts),
    users: idsOf(draft.users),
    locations: idsOf(draft.locations),
    virtual: draft.virtual,
    provider: draft.virtual ? orNull(draft.provider) : null,
    link: orNull(draft.link),
    agenda: orNull(draft.agenda),
  };
}

/** The fields of a new meeting: only what was given. */
export function valuesOf(draft: MeetingDraft): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fieldsOf(draft)).filter(([, value]) => value !== null && value !== false));
}

/** What of a meeting was changed in its dialog. */
export function patchOf(before: MeetingDraft, draft: MeetingDraft, { startsAt, endsAt }: Read): Record<string, unknown> {
  const was = fieldsOf(before);
  const changed = Object.entries(fieldsOf(draft)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]));
  const moved = before.day !== draft.day || before.time !== draft.time || before.minutes !== draft.minutes;
  return { ...Object.fromEntries(changed), ...(moved ? { startsAt, endsAt } : {}) };
}

export type Read = { readonly startsAt: string; readonly endsAt: string; readonly until: string | undefined };

/** What was typed as times, or what is wrong with it, by the field. */
export function readDraft(
  draft: MeetingDraft,
  today: string,
  zone: string,
): Read | { readonly field: keyof MeetingDraft; readonly problem: string } {
  if (draft.subject.trim() === '') return { field: 'subject', problem: 'Say what it is about.' };
  const day = parseDate(draft.day, today);
  if (day === undefined) return { field: 'day', problem: 'Type a day such as fri or 2025-03-31.' };
  const startsAt = /^\d{1,2}:\d{2}$/.test(draft.time.trim()) ? localToInstant(`${day} ${draft.time.trim()}`, zone) : undefined;
  if (startsAt === undefined) return { field: 'time', problem: 'Type a time such as 14:30.' };
  const minutes = Number(draft.minutes);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1_440) return { field: 'minutes', problem: 'Between 1 and 1440 minutes.' };
  const until = draft.until.trim() === '' ? undefined : parseDate(draft.until, today);
  if (draft.repeats !== 'once' && until === undefined) return { field: 'until', problem: 'Say until which day it is repeated.' };
  return { startsAt, endsAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString(), until };
}
