import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { conditionInWords } from '#shared/domain/condition/condition-in-words.ts';
import { roundHalfAway } from '#shared/util/rounding.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { Handlers, ReadsOf } from '../context.ts';
import { figuresOf } from '../jobs/figures.ts';
import { engagementById } from '../portfolio/engagement-by-id.ts';
import { explain } from './explain.ts';
import { weeklyHistory } from './history.ts';
import { metricWithin } from './metric-within.ts';
import { previewDefinition } from './preview.ts';

type Names = 'health.explain' | 'health.history' | 'health.refresh' | 'health.preview' | 'health.matching';

const FIRST_SHOWN = 10;

/** Health scores: explanation, history, refresh, previews (HLT-01…08). */
export const healthHandlers: Handlers<Names> = {
  'health.explain': async (context, { engagementId }) => {
    const figures = figuresOf(context);
    await figures.settled();
    return explain(context.view, figures, engagementById(context.view, engagementId));
  },
  'health.history': async (context, { engagementId, weeks }) => {
    const figures = figuresOf(context);
    await figures.settled();
    return { weeks: weeklyHistory(figures, engagementById(context.view, engagementId), weeks) };
  },
  'health.refresh': async (context, { engagementId }) => {
    const figures = figuresOf(context);
    if (engagementId === undefined) return { computed: await figures.recompute() };
    await figures.recomputeOne(engagementById(context.view, engagementId));
    return { computed: 1 };
  },
  'health.preview': async (context, draft) => {
    const figures = figuresOf(context);
    await figures.settled();
    return previewDefinition(context, figures, draft);
  },
  'health.matching': async (context, { condition, score, value }) => {
    const { view, settings, derivedFields } = context;
    const passes = condition && compileCondition(condition, 'engagement', derivedFields.all());
    const { asOf } = settings();
    const figures = figuresOf(context);
    await figures.settled();
    // a global band reads the rounded score (scoring.md, section 1.7); an unknown one lies in none
    const inScore = (id: string) => {
      const rounded = roundHalfAway(figures.health().score(id, figures.grid().now));
      return score === undefined || (rounded >= score.min && rounded <= score.max);
    };
    const inValue = value === undefined ? undefined : metricWithin(view, figures, value);
    const matching = [...view.all('engagement')].filter(
      (engagement) => (!passes || passes(engagement, view, asOf)) && inScore(engagement.id) && (!inValue || inValue(engagement)),
    );
    return {
      count: matching.length,
      of: view.count('engagement'),
      first: matching.slice(0, FIRST_SHOWN).map((engagement) => ({ id: engagement.id, label: labelOf('engagement', engagement, view) })),
      words: condition ? conditionInWords(condition, 'engagement', view) : 'all engagements',
    };
  },
};

export const healthReads: ReadsOf<Names> = {
  'health.explain': ['derived:health', 'colourBand'],
  'health.history': ['derived:health'],
  'health.preview': ['derived:health'],
  'health.matching': ['engagement', 'derived:health', 'colourBand'],
};
