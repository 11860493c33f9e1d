import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { dictionary, type Row } from '#shared/model/dictionary.ts';
import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { bySorts, type SortKey } from '#shared/domain/portfolio/sort-rows.ts';
import type { EngineContext } from '../context.ts';
import { bandLookup } from '../health/band-lookup.ts';
import type { Figures } from '../jobs/figures.ts';
import { change7, healthNow, lineOf, portfolioFilter, type PortfolioLine } from './portfolio-line.ts';

type Engagement = Row<'engagement'>;
type KeyOf = (figures: Figures, engagement: Engagement) => SortKey;

const number = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
const { stage, state, perceivedHealth } = dictionary.engagement.fields;
const inOrderOf = (choices: Readonly<Record<string, string>> | undefined): ((value: string | undefined) => SortKey) => {
  const order = new Map(Object.keys(choices ?? {}).map((key, index) => [key, index]));
  return (value) => (value === undefined ? undefined : order.get(value));
};
const stageOrder = inOrderOf(stage.choices);
const stateOrder = inOrderOf(state.choices);
const perceivedOrder = inOrderOf(perceivedHealth.choices);

/** What each column of the portfolio is sorted by. */
const SORT_KEYS: Partial<Readonly<Record<keyof PortfolioLine, KeyOf>>> = {
  number: (_figures, engagement) => engagement.number,
  title: (_figures, engagement) => engagement.title,
  account: (figures, engagement) => figures.facts(engagement).account,
  csm: (figures, engagement) => figures.facts(engagement).csm,
  stage: (_figures, engagement) => stageOrder(engagement.stage),
  state: (_figures, engagement) => stateOrder(engagement.state),
  // of several currencies the workspace's decides: it comes first
  contractValue: (figures, engagement) => figures.facts(engagement).contractValue[0]?.amount,
  health: (figures, engagement) => number(healthNow(figures, engagement.id)),
  change7: (figures, engagement) => number(change7(figures, engagement.id)),
  perceivedHealth: (_figures, engagement) => perceivedOrder(engagement.perceivedHealth),
  openRisks: (figures, engagement) => figures.facts(engagement).openRisks,
  lastTouchpoint: (figures, engagement) => figures.facts(engagement).lastTouchpoint,
  renewalDate: (figures, engagement) => figures.facts(engagement).renewalDate,
  daysToRenewal: (figures, engagement) => figures.facts(engagement).daysToRenewal,
  escalated: (figures, engagement) => (figures.facts(engagement).escalated ? 0 : 1),
};

function keyOf(field: string): KeyOf {
  const key = Object.hasOwn(SORT_KEYS, field) ? SORT_KEYS[field as keyof PortfolioLine] : undefined; // tested before
  if (!key) throw new AppError('validation', `The portfolio cannot be sorted by “${field.slice(0, 80)}”.`, { field });
  return key;
}

/** A window of the portfolio (DSH-01): view, stage, condition and text narrow it; equal ones come in the order of their IDs. */
export function portfolioList(
  { view, settings, derivedFields }: EngineContext,
  figures: Figures,
  input: Parsed<'portfolio.list'>,
): Output<'portfolio.list'> {
  const bands = bandLookup(view);
  const { asOf } = settings();
  const inView = portfolioFilter(input.view, figures, bands);
  const passes = input.condition && compileCondition(input.condition, 'engagement', derivedFields.all());
  const text = input.search?.trim().toLowerCase() ?? '';
  const found: Engagement[] = [];
  for (const engagement of view.all('engagement')) {
    if (!inView(engagement)) continue;
    if (input.stage !== undefined && engagement.stage !== input.stage) continue;
    if (passes && !passes(engagement, view, asOf)) continue;
    if (text !== '' && !holdsText(figures, engagement, text)) continue;
    found.push(engagement);
  }
  const sorts = (input.sort ?? []).map(({ field, direction }) => {
    const key = keyOf(field);
    return { direction, keyOf: (engagement: Engagement) => key(figures, engagement) };
  });
  const sorted = bySorts(found, sorts);
  const { offset, limit } = input.window;
  return { total: sorted.length, rows: sorted.slice(offset, offset + limit).map((engagement) => lineOf(figures, bands, engagement)) };
}

function holdsText(figures: Figures, engagement: Engagement, text: string): boolean {
  const { account, csm } = figures.facts(engagement);
  return [engagement.title, engagement.number, account, csm].some((each) => each?.toLowerCase().includes(text) === true);
}
