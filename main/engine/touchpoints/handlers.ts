import type { Call, Draft, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { calendarFile } from './calendar-file.ts';
import { logCall, meetingNow, readCall } from './log-call.ts';
import { cancelSeries, changeSeries, createSeries, type Done } from './series.ts';

type Names = 'calls.read' | 'calls.now' | 'calls.log' | 'series.create' | 'series.change' | 'series.cancel' | 'meetings.calendar';

async function onSeries(context: EngineContext, call: Call, label: string, work: (draft: Draft) => Done) {
  const { changeSetId, result } = await context.records.run({ ...call, label }, work);
  return { changeSetId, ...result };
}

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
  'series.create': (context, input, call) =>
    onSeries(context, call, 'Plan a series of meetings', (draft) => createSeries(draft, input, context.settings())),
  'series.change': (context, input, call) =>
    onSeries(context, call, input.scope === 'one' ? 'Change a meeting' : 'Change a series of meetings', (draft) =>
      changeSeries(draft, input, context.settings()),
    ),
  'series.cancel': (context, input, call) =>
    onSeries(context, call, input.scope === 'one' ? 'Cancel a meeting' : 'Cancel a series of meetings', (draft) =>
      cancelSeries(draft, input, context.settings()),
    ),
};

export const touchpointReads: ReadsOf<Names> = {
  'calls.read': ['user', 'contact', 'engagement'],
  'calls.now': ['meeting', 'engagement'],
  'meetings.calendar': ['meeting', 'contact', 'user', 'location'],
};
