import type { Handlers, ReadsOf } from '../context.ts';
import { figuresOf } from '../jobs/figures.ts';
import { analyse } from './analyser.ts';
import { riskList } from './risk-list.ts';
import { riskOverview } from './risk-overview.ts';
import { riskPage } from './risk-page.ts';
import { previewRisk } from './risk-preview.ts';

type Names = 'risk.overview' | 'risk.list' | 'risk.page' | 'risk.analyse' | 'risk.preview';

/** Risk signals: overview, list, page, analyser, preview of a definition (RSK-01…06, RSK-10). */
export const riskHandlers: Handlers<Names> = {
  'risk.overview': (context) => riskOverview(context),
  'risk.list': async (context, input) => {
    // conditions and columns may ask for the health of the engagement
    await figuresOf(context).settled();
    return riskList(context, input);
  },
  'risk.page': async (context, { id }) => {
    const figures = figuresOf(context);
    await figures.settled();
    return riskPage(context, figures, id);
  },
  'risk.analyse': (context, _input, { commandId }) => analyse(context, figuresOf(context), commandId),
  'risk.preview': async (context, draft) => {
    const figures = figuresOf(context);
    await figures.settled();
    return previewRisk(context, figures, draft);
  },
};

export const riskReads: ReadsOf<Names> = {
  'risk.overview': ['riskSignal', 'riskOccurrence', 'engagement', 'engagementContract', 'contract', 'setting'],
  'risk.list': ['riskSignal', 'riskOccurrence', 'engagement', 'engagementContract', 'contract', 'user', 'setting', 'derived:health'],
  'risk.page': ['derived:risk', 'riskOccurrence', 'riskDefinition'],
  'risk.preview': ['derived:risk'],
};
