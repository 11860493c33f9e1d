import { AppError } from '#shared/errors/app-error.ts';
import type { Parsed } from '#shared/contract/engine-contract.ts';
import { refTo } from '#shared/model/any-reference.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { QUALITY_MARKS } from '#shared/domain/touchpoints/quality-marks.ts';
import { readCallNotes } from '#shared/domain/touchpoints/call-notes.ts';
import type { Draft } from '../context.ts';
import { peopleOf } from './call-people.ts';
import { meetingById } from './meeting-page.ts';

/** Notes answers and attendance of a meeting's people, whether they were invited or not (TCH-02). */
export function attend(draft: Draft, { meeting: id, people, attendance, response }: Parsed<'meetings.attend'>, now: string): void {
  meetingById(draft.view, id);
  const known = new Map(draft.view.by('meetingGuest', 'meeting', id).map((guest) => [guest.person, guest.id]));
  const values = { ...(attendance === undefined ? {} : { attendance }), ...(response === undefined ? {} : { response }) };
  for (const person of new Set(people)) {
    const guest = known.get(person) ?? draft.create('meetingGuest', { meeting: id, person });
    draft.update('meetingGuest', guest, values);
    if (response !== undefined) draft.setSystemFields('meetingGuest', guest, { respondedAt: now });
  }
}

/** Notes how a meeting was; the quality of its engagement is made of it (ENG-04, scoring.md section 2). */
export function judge(draft: Draft, { meeting: id, quality }: Parsed<'meetings.judge'>): void {
  meetingById(draft.view, id);
  const about = refTo('meeting', id);
  const marks = Object.fromEntries(QUALITY_MARKS.map((mark) => [mark, quality.includes(mark)]));
  const [known] = draft.view.by('meetingChecklist', 'about', about);
  if (known) draft.update('meetingChecklist', known.id, marks);
  else draft.create('meetingChecklist', { about, ...marks });
}

/** Keeps what was agreed in a meeting, an item a line, with or without `[]`. Answers how many. */
export function agree(draft: Draft, { meeting: id, text }: Parsed<'meetings.agree'>, today: string, actor: string): number {
  const { view } = draft;
  const meeting = meetingById(view, id);
  const lines = text.split(/\r?\n/u).map((line) => line.replace(/^\s*(?:[-*•]\s+)?(?:\[\s?\])?\s*/u, ''));
  const { tasks } = readCallNotes(lines.map((line) => `[] ${line}`).join('\n'), today);
  const meant = peopleOf(view, meeting.engagement, actor);
  for (const task of tasks) {
    const { user, contact, unknown } = meant(task);
    draft.create('actionItem', {
      subject: unknown === undefined ? task.subject : `${task.subject} @${unknown}`,
      meeting: id,
      ...(task.due === undefined ? {} : { dueDate: task.due }),
      ...(user ? { assignedTo: user.id } : {}),
      ...(contact ? { contact: contact.id } : {}),
    });
  }
  return tasks.length;
}

function itemById(draft: Draft, id: string): Row<'actionItem'> {
  const item = draft.view.get('actionItem', id);
  if (item) return item;
  throw new AppError('not-found', 'This action item does not exist any more.', { table: 'actionItem', recordId: id });
}

/** Makes tasks of action items, drops them or takes them up again; what became a task stays one. Answers how many changed. */
export function settle(draft: Draft, { items, to, reason }: Parsed<'meetings.settle'>, actor: string): number {
  const me = draft.view.get('user', actor)?.id;
  let changed = 0;
  for (const id of items) {
    const item = itemById(draft, id);
    if (item.state === to || item.state === 'converted') continue;
    changed += 1;
    if (to === 'converted') convert(draft, item, me);
    else
      draft.update('actionItem', id, { state: to, dropReason: to === 'dropped' && reason !== undefined && reason !== '' ? reason : null });
  }
  return changed;
}

function convert(draft: Draft, item: Row<'actionItem'>, me: string | undefined): void {
  const meeting = meetingById(draft.view, item.meeting);
  const assignedTo = item.assignedTo ?? me;
  const task = draft.create('successTask', {
    subject: item.subject,
    description: `Agreed in “${meeting.subject}” on ${meeting.startsAt.slice(0, 10)}.`,
    parent: refTo('touchpoint', meeting.touchpoint),
    ...(item.dueDate === undefined ? {} : { dueDate: item.dueDate }),
    ...(assignedTo === undefined ? {} : { assignedTo }),
    ...(item.contact === undefined ? {} : { contact: item.contact }),
  });
  draft.update('actionItem', item.id, { state: 'converted', dropReason: null });
  draft.setSystemFields('actionItem', item.id, { task });
}
