import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { dictionary } from '#shared/model/dictionary.ts';
import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { bySorts, type SortKey } from '#shared/domain/portfolio/sort-rows.ts';
import { storedDay } from '#shared/domain/series/stored-day.ts';
import type { EngineContext } from '../context.ts';
import { bandLookup } from '../health/band-lookup.ts';
import type { Figures } from '../jobs/figures.ts';
import { change7, isInView, lineOf, standingOf, type PortfolioLine, type Standing } from './portfolio-line.ts';

type KeyOf = (standing: Standing, figures: Figures) => SortKey;

const { stage, state, perceivedHealth } = dictionary.engagement.fields;
const inOrderOf = (choices: Readonly<Record<string, string>> | undefined): ((value: string | undefined) => SortKey) => {
  const order = new Map(Object.keys(choices ?? {}).map((key, index) => [key, index]));
  return (value) => (value === undefined ? undefined : order.get(value));
};
const stageOrder = inOrderOf(stage.choices);
const stateOrder = inOrderOf(state.choices);
const perceivedOrder = inOrderOf(perceivedHealth.choices);
const number = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
const day = (date: string | undefined): number | undefined => number(storedDay(date));

/** What each column of the portfolio is sorted by. */
const SORT_KEYS: Partial<Readonly<Record<keyof PortfolioLine, KeyOf>>> = {
  number: ({ engagement }) => engagement.number,
  title: ({ engagement }) => engagement.title,
  account: ({ facts }) => facts.account,
  csm: ({ facts }) => facts.csm,
  stage: ({ engagement }) => stageOrder(engagement.stage),
  state: ({ engagement }) => stateOrder(engagement.state),
  // of several currencies the workspace's decides: it comes first
  contractValue: ({ facts }) => facts.contractValue[0]?.amount,
  health: ({ health }) => number(health),
  change7: ({ engagement }, figures) => number(change7(figures, engagement.id)),
  perceivedHealth: ({ engagement }) => perceivedOrder(engagement.perceivedHealth),
  openRisks: ({ facts }) => facts.openRisks,
  lastTouchpoint: ({ facts }) => day(facts.lastTouchpoint),
  renewalDate: ({ facts }) => day(facts.renewalDate),
  daysToRenewal: ({ facts }) => facts.daysToRenewal,
  escalated: ({ facts }) => (facts.escalated ? 0 : 1),
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
  const passes = input.condition && compileCondition(input.condition, 'engagement', derivedFields.all());
  const text = input.search?.trim().toLowerCase() ?? '';
  const found: Standing[] = [];
  for (const engagement of view.all('engagement')) {
    const standing = standingOf(figures, engagement);
    if (!isInView(input.view, standing, bands)) continue;
    if (input.stage !== undefined && engagement.stage !== input.stage) continue;
    if (passes && !passes(engagement, view, asOf)) continue;
    if (text === '' || holdsText(standing, text)) found.push(standing);
  }
  const sorts = (input.sort ?? []).map(({ field, direction }) => {
    const key = keyOf(field);
    return { direction, keyOf: (standing: Standing) => key(standing, figures) };
  });
  const sorted = bySorts(found, sorts);
  const { offset, limit } = input.window;
  return {
    total: sorted.length,
    rows: sorted.slice(offset, offset + limit).map(({ engagement }) => lineOf(figures, bands, engagement)),
  };
}

function holdsText({ engagement, facts }: Standing, text: string): boolean {
  return [engagement.title, engagement.number, facts.account, facts.csm].some((each) => each?.toLowerCase().includes(text) === true);
}
