import type { Handlers, ReadsOf } from '../context.ts';
import { figuresOf } from '../jobs/figures.ts';
import { engagementById } from './engagement-by-id.ts';
import { engagementOverview } from './engagement-overview.ts';
import { peekAt } from './peek.ts';
import { portfolioList } from './portfolio-list.ts';
import { portfolioOverview, prepareOverview } from './portfolio-overview.ts';

type Names = 'portfolio.overview' | 'portfolio.list' | 'portfolio.peek' | 'engagement.overview';

/** The portfolio and the engagement page (DSH-01, WSP-01). */
export const portfolioHandlers: Handlers<Names> = {
  'portfolio.overview': async (context) => {
    const figures = figuresOf(context);
    await figures.settled();
    await prepareOverview(context, figures);
    return portfolioOverview(context, figures);
  },
  'portfolio.list': async (context, input) => {
    const figures = figuresOf(context);
    await figures.settled();
    return portfolioList(context, figures, input);
  },
  'portfolio.peek': async (context, { id }) => {
    const figures = figuresOf(context);
    await figures.settled();
    return peekAt(context, figures, engagementById(context.view, id));
  },
  'engagement.overview': async (context, { id }) => {
    const figures = figuresOf(context);
    await figures.settled();
    return engagementOverview(context, figures, engagementById(context.view, id));
  },
};

// every committed change is announced as derived once the figures have followed it
export const portfolioReads: ReadsOf<Names> = {
  'portfolio.overview': ['derived:portfolio'],
  'portfolio.list': ['derived:portfolio'],
  'portfolio.peek': ['derived:portfolio'],
  'engagement.overview': ['derived:portfolio'],
};
