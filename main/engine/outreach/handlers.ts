import type { Handlers, ReadsOf } from '../context.ts';
import { figuresOf } from '../jobs/figures.ts';
import { unansweredList } from './unanswered-list.ts';

/** Attempts to reach customers and what came of them (T6). */
export const outreachHandlers: Handlers<'outreach.unanswered'> = {
  'outreach.unanswered': async (context, input, { actor }) => {
    const figures = figuresOf(context);
    await figures.settled();
    return unansweredList(context, figures, input, actor);
  },
};

export const outreachReads: ReadsOf<'outreach.unanswered'> = {
  'outreach.unanswered': ['derived:portfolio', 'outreach', 'email', 'meeting', 'activity', 'contact', 'setting'],
};
