import type { Call, Draft, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { followRecord } from '../playbooks/advance.ts';
import { playWorld } from '../playbooks/play.ts';
import { calendarFile, calendarOfDays } from './calendar-file.ts';
import { queueMeetingMail } from '../mail/meeting-mails.ts';
import { senderOf } from '../mail/queue-mail.ts';
import { agree, attend, judge, settle } from './held-meeting.ts';
import { logCall, meetingNow, readCall } from './log-call.ts';
import { meetingById, meetingPage } from './meeting-page.ts';
import { tellGuests } from './tell-guests.ts';
import { cancelSeries, changeSeries, createSeries, type Done } from './series.ts';

type Names =
  | 'calls.read'
  | 'calls.now'
  | 'calls.log'
  | 'meetings.plan'
  | 'series.create'
  | 'series.change'
  | 'series.cancel'
  | 'meetings.calendar'
  | 'meetings.page'
  | 'meetings.week'
  | 'meetings.complete'
  | 'meetings.attend'
  | 'meetings.judge'
  | 'meetings.agree'
  | 'meetings.settle';

type Doing = { readonly label: string; readonly mail: boolean | undefined };

/** One change set for the meetings and, where it is wished, the mails that tell of them (TCH-04): undo takes back both while they wait. */
async function onSeries(context: EngineContext, call: Call, { label, mail }: Doing, work: (draft: Draft) => Done) {
  const { timeZone } = context.settings();
  const { changeSetId, result } = await context.records.run({ ...call, label }, (draft) => {
    const { id, meetings, standing, cancelled } = work(draft);
    if (mail === true) {
      const by = senderOf(context, call);
      if (cancelled.length > 0) queueMeetingMail(draft, by, 'cancellation', cancelled, { timeZone });
      if (standing.length > 0) queueMeetingMail(draft, by, 'invitation', standing, { timeZone });
    }
    return { id, meetings };
  });
  return { changeSetId, ...result };
}

const SETTLED = { converted: 'Make tasks of action items', dropped: 'Drop action items', open: 'Take action items up again' } as const;

/** Conversations with customers: logging them, and series of meetings (TCH-03, T3). */
export const touchpointHandlers: Handlers<Names> = {
  'calls.read': (context, input, call) => readCall(context, input, call.actor),
  'calls.now': (context, _input, call) => meetingNow(context, call.actor),
  'calls.log': async (context, input, call) => {
    const { asOf } = context.settings();
    const { changeSetId, result } = await context.records.run({ ...call, label: 'Log a call' }, (draft) => {
      const { id, tasks } = logCall(draft, input, asOf, call.actor);
      const number = draft.view.get('touchpoint', id)?.number;
      return { id, tasks, ...(number === undefined ? {} : { number }) };
    });
    return { changeSetId, ...result };
  },
  'meetings.calendar': calendarFile,
  'meetings.week': calendarOfDays,
  'meetings.page': (context, input, call) => meetingPage(context, input, call.actor),
  'meetings.complete': async (context, { meeting, notes, tell }, call) => {
    const { timeZone } = context.settings();
    const { changeSetId, result } = await context.records.run({ ...call, label: 'Complete a meeting' }, (draft) => {
      const before = meetingById(draft.view, meeting);
      const text = notes?.trim();
      const noted = text === undefined || text === (before.notes ?? '') ? {} : { notes: text === '' ? null : text };
      draft.update('meeting', meeting, { state: 'completed', ...noted });
      followRecord(playWorld(context, draft, call), 'meeting', meeting);
      if (tell) return queueMeetingMail(draft, senderOf(context, call), 'minutes', [meeting], { timeZone });
      tellGuests(context, draft, call, meeting);
      return undefined;
    });
    return { changeSetId, ...(result === undefined ? {} : { mail: result }) };
  },
  'meetings.attend': async (context, input, call) => {
    const label = input.attendance === undefined ? 'Note an answer to an invitation' : 'Note who came';
    const { changeSetId } = await context.records.run({ ...call, label }, (draft) => attend(draft, input, context.host.now()));
    return { changeSetId };
  },
  'meetings.judge': async (context, input, call) => {
    const { changeSetId } = await context.records.run({ ...call, label: 'Note how a meeting was' }, (draft) => judge(draft, input));
    return { changeSetId };
  },
  'meetings.agree': async (context, input, call) => {
    const { asOf } = context.settings();
    const { changeSetId, result } = await context.records.run({ ...call, label: 'Add action items' }, (draft) =>
      agree(draft, input, asOf, call.actor),
    );
    return { changeSetId, items: result };
  },
  'meetings.settle': async (context, input, call) => {
    const { changeSetId, result } = await context.records.run({ ...call, label: SETTLED[input.to] }, (draft) =>
      settle(draft, input, call.actor),
    );
    return { changeSetId, items: result };
  },
  'meetings.plan': (context, { values, mail }, call) =>
    onSeries(context, call, { label: 'Plan a meeting', mail }, (draft) => {
      const id = draft.create('meeting', values);
      return { id, meetings: 1, standing: [id], cancelled: [] };
    }),
  'series.create': (context, input, call) =>
    onSeries(context, call, { label: 'Plan a series of meetings', mail: input.mail }, (draft) =>
      createSeries(draft, input, context.settings()),
    ),
  'series.change': (context, input, call) =>
    onSeries(
      context,
      call,
      { label: input.scope === 'one' ? 'Change a meeting' : 'Change a series of meetings', mail: input.mail },
      (draft) => changeSeries(draft, input, context.settings()),
    ),
  'series.cancel': (context, input, call) =>
    onSeries(
      context,
      call,
      { label: input.scope === 'one' ? 'Cancel a meeting' : 'Cancel a series of meetings', mail: input.mail },
      (draft) => cancelSeries(draft, input, context.settings()),
    ),
};

export const touchpointReads: ReadsOf<Names> = {
  'calls.read': ['user', 'contact', 'engagement'],
  'calls.now': ['meeting', 'engagement'],
  'meetings.calendar': ['meeting', 'contact', 'user', 'location'],
  'meetings.week': ['meeting', 'contact', 'user', 'location', 'email', 'setting'],
  'meetings.page': [
    'meeting',
    'meetingGuest',
    'meetingChecklist',
    'actionItem',
    'meetingSeries',
    'contact',
    'user',
    'successTask',
    'email',
    'location',
  ],
};
