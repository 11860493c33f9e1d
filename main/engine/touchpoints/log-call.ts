import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { refTo } from '#shared/model/any-reference.ts';
import { readCallNotes } from '#shared/domain/touchpoints/call-notes.ts';
import type { Draft, EngineContext } from '../context.ts';
import { engagementById } from '../portfolio/engagement-by-id.ts';
import { refOf } from '../portfolio/record-refs.ts';
import { peopleOf } from './call-people.ts';

/** Minutes before its start and after its end within which a meeting counts as the one that takes place. */
const AROUND_MINUTES = 20;

/** What would be made of a call's notes (T3). */
export function readCall(
  { view, settings }: EngineContext,
  { text, engagement }: Parsed<'calls.read'>,
  actor: string,
): Output<'calls.read'> {
  const { subject, tasks } = readCallNotes(text, settings().asOf);
  const meant = peopleOf(view, engagement, actor);
  return {
    subject,
    tasks: tasks.map((task) => {
      const { user, contact, unknown } = meant(task);
      return {
        subject: task.subject,
        ...(task.due === undefined ? {} : { due: task.due }),
        ...(user && { assignedTo: refOf(view, 'user', user) }),
        ...(contact && { contact: refOf(view, 'contact', contact) }),
        ...(unknown === undefined ? {} : { unknown }),
      };
    }),
  };
}

/** The meeting of a person that takes place just now, and its engagement. */
export function meetingNow({ view, host }: EngineContext, actor: string): Output<'calls.now'> {
  const now = Date.parse(host.now());
  const around = AROUND_MINUTES * 60_000;
  const known = view.get('user', actor) !== undefined;
  for (const meeting of view.all('meeting')) {
    if (meeting.state !== 'scheduled' || now < Date.parse(meeting.startsAt) - around || now > Date.parse(meeting.endsAt) + around) continue;
    if (known && meeting.organiser !== actor && meeting.users?.includes(actor) !== true) continue;
    const engagement = meeting.engagement === undefined ? undefined : view.get('engagement', meeting.engagement);
    return { meeting: refOf(view, 'meeting', meeting), ...(engagement && { engagement: refOf(view, 'engagement', engagement) }) };
  }
  return {};
}

/** Writes a call down: the touchpoint, its tasks, how good the conversation was. Answers the touchpoint and how many tasks there are. */
export function logCall(
  draft: Draft,
  input: Parsed<'calls.log'>,
  asOf: string,
  actor: string,
): { readonly id: string; readonly tasks: number } {
  const { view } = draft;
  const engagement = engagementById(view, input.engagement);
  const heldOn = input.heldOn ?? asOf;
  if (heldOn > asOf)
    throw new AppError('validation', 'A call is logged once it was held. Choose today or an earlier day, or plan it in the planner.', {
      field: 'heldOn',
    });
  const { subject, notes, tasks } = readCallNotes(input.text, asOf);
  const me = view.get('user', actor)?.id;
  const channel = input.channel ?? 'phone';
  const named = subject === '' ? `Conversation on ${heldOn}` : subject;
  const id = draft.create('touchpoint', {
    subject: named,
    engagement: engagement.id,
    // the validators refuse what is no channel
    channel,
    ...(input.category === undefined ? {} : { category: input.category }),
    heldOn,
    ...(notes === '' ? {} : { description: notes }),
    ...(me === undefined ? {} : { assignedTo: me }),
    ...(engagement.keyContact === undefined ? {} : { contact: engagement.keyContact }),
  });
  const meant = peopleOf(view, engagement.id, actor);
  for (const task of tasks) {
    const { user, contact, unknown } = meant(task);
    const assignedTo = user?.id ?? me;
    draft.create('successTask', {
      // a name that nobody has stays in the text, where a person can make sense of it
      subject: unknown === undefined ? task.subject : `${task.subject} @${unknown}`,
      description: `From “${named}” on ${heldOn}.`,
      parent: refTo('touchpoint', id),
      ...(task.due === undefined ? {} : { dueDate: task.due }),
      ...(assignedTo === undefined ? {} : { assignedTo }),
      ...(contact === undefined ? {} : { contact: contact.id }),
    });
  }
  if (input.quality !== undefined && input.quality.length > 0)
    draft.create('meetingChecklist', { about: refTo('touchpoint', id), ...Object.fromEntries(input.quality.map((mark) => [mark, true])) });
  return { id, tasks: tasks.length };
}
