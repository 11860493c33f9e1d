import type { CalendarAnswer } from '#shared/domain/calendar/read-calendar.ts';
import type { Draft } from '../../context.ts';

/** Notes what someone who was invited answers; whether they came is another matter. `person`: `contact/<id>` or `user/<id>`. */
export function noteAnswer(draft: Draft, meeting: string, person: string, answer: CalendarAnswer, now: string): void {
  const known = draft.view.by('meetingGuest', 'meeting', meeting).find((guest) => guest.person === person);
  const id = known?.id ?? draft.create('meetingGuest', { meeting, person });
  draft.update('meetingGuest', id, { response: answer });
  draft.setSystemFields('meetingGuest', id, { respondedAt: now });
}
