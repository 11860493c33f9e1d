import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { EngineContext, Handlers, ReadsOf } from '../context.ts';
import { bandLookup } from '../health/band-lookup.ts';
import { explain } from '../health/explain.ts';
import { figuresOf, type Figures } from '../jobs/figures.ts';
import { engagementById } from '../portfolio/engagement-by-id.ts';
import { causeOf } from '../portfolio/peek.ts';
import { change7, healthNow } from '../portfolio/portfolio-line.ts';
import { refOf } from '../portfolio/record-refs.ts';
import { lastContacts, objectivesOf, openPromises, openRisks, peopleOf, renewalsOf } from './brief-parts.ts';
import { questionsFor } from './questions.ts';

type Brief = Output<'brief.read'>;

function meetingOf({ view }: EngineContext, id: string | undefined) {
  if (id === undefined) return undefined;
  const meeting = view.get('meeting', id);
  if (meeting) return meeting;
  throw new AppError('not-found', 'This meeting does not exist any more.', { table: 'meeting', recordId: id });
}

function readBrief(context: EngineContext, figures: Figures, input: Parsed<'brief.read'>): Brief {
  const { view } = context;
  const { asOf } = context.settings();
  const meeting = meetingOf(context, input.meeting);
  const id = meeting?.engagement ?? input.engagement;
  if (id === undefined) throw new AppError('validation', 'Say for which engagement or meeting the brief is.', { field: 'engagement' });
  const engagement = engagementById(view, id);
  const account = view.get('account', engagement.account);
  const [score, change] = [healthNow(figures, id), change7(figures, id)];
  const band = bandLookup(view).ofScore(score);
  const { startsAt, endsAt, timeZone, agenda } = meeting ?? {};
  const brief = {
    asOf,
    engagement: refOf(view, 'engagement', engagement),
    ...(account && { account: refOf(view, 'account', account) }),
    ...(meeting &&
      startsAt !== undefined &&
      endsAt !== undefined && {
        meeting: {
          about: refOf(view, 'meeting', meeting),
          startsAt,
          endsAt,
          ...(timeZone === undefined ? {} : { timeZone }),
          ...(agenda === undefined ? {} : { agenda }),
        },
      }),
    health: {
      ...(Number.isNaN(score) ? {} : { score }),
      ...(band ? { band } : {}),
      ...(Number.isNaN(change) ? {} : { change7: change }),
      cause: causeOf(explain(view, figures, engagement)),
    },
    people: [...peopleOf(view, engagement, meeting, asOf)],
    contacts: [...lastContacts(view, engagement, asOf)],
    promises: [...openPromises(view, engagement, asOf)],
    risks: [...openRisks(view, engagement, asOf)],
    objectives: [...objectivesOf(view, engagement, asOf)],
    renewal: [...renewalsOf(view, engagement, asOf)],
  };
  const known = {
    renewalOn: figures.facts(engagement).renewalDate,
    hasSponsor: view.by('contact', 'account', engagement.account).some(({ stakeholderRole }) => stakeholderRole === 'executiveSponsor'),
  };
  return { ...brief, questions: [...questionsFor(brief, known)] };
}

/** The page to read before a call (T2, TCH-08). */
export const briefHandlers: Handlers<'brief.read'> = {
  'brief.read': async (context, input) => {
    const figures = figuresOf(context);
    await figures.settled();
    return readBrief(context, figures, input);
  },
};

// every committed change is announced as derived once the figures have followed it
export const briefReads: ReadsOf<'brief.read'> = { 'brief.read': ['derived:portfolio'] };
