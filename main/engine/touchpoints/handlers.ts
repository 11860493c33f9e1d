import type { Handlers, ReadsOf } from '../context.ts';
import { logCall, meetingNow, readCall } from './log-call.ts';

type Names = 'calls.read' | 'calls.now' | 'calls.log';

/** Conversations with customers: logging them, meetings and their series (TCH-*, T3). */
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
};

export const touchpointReads: ReadsOf<Names> = {
  'calls.read': ['user', 'contact', 'engagement'],
  'calls.now': ['meeting', 'engagement'],
};
