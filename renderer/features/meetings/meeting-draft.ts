import type { Row } from '#shared/model/dictionary.ts';
import type { CADENCES, MEETING_TYPES } from '#shared/model/tables/meeting.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import { instantToLocal, localToInstant } from '#shared/util/zoned-time.ts';

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
  readonly link: string;
  readonly agenda: string;
};

export const NEW_MEETING: MeetingDraft = {
  subject: '',
  type: 'adHoc' satisfies keyof typeof MEETING_TYPES,
  day: '',
  time: '09:00',
  minutes: '30',
  repeats: 'once',
  until: '',
  link: '',
  agenda: '',
};

/** A meeting that exists, for its dialog. */
export function draftOf(meeting: Row<'meeting'>, zone: string): MeetingDraft {
  const [day = '', time = ''] = instantToLocal(meeting.startsAt, zone).split(' ');
  const { subject, type, link, agenda } = meeting;
  return {
    ...NEW_MEETING,
    subject,
    ...(type === undefined ? {} : { type }),
    day,
    time,
    minutes: String(Math.round((Date.parse(meeting.endsAt) - Date.parse(meeting.startsAt)) / 60_000)),
    link: link ?? '',
    agenda: agenda ?? '',
  };
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
