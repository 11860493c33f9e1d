import { PORTFOLIO_VIEWS } from '#shared/contract/areas/portfolio.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { dictionary } from '#shared/model/dictionary.ts';
import { riskOpen, valueAtRisk } from '#shared/domain/derived/engagement-facts.ts';
import { meanKnown } from '#shared/domain/health/means.ts';
import type { EngineContext } from '../context.ts';
import { bandLookup, type BandLookup } from '../health/band-lookup.ts';
import type { Figures } from '../jobs/figures.ts';
import { isInView, standingOf, type Standing } from './portfolio-line.ts';
import { contractFigures, ticketFigures, usageFigures } from './store-figures.ts';

type Overview = Output<'portfolio.overview'>;
type Stage = Overview['byStage'][number];

const STAGES = Object.entries(dictionary.engagement.fields.stage.choices ?? {});

/** Sums over whole tables, each kept until one of them changes. */
function wholeStore({ view, series, settings }: EngineContext, figures: Figures) {
  const { asOf, currency } = settings();
  return {
    contracts: () => figures.kept('contracts', ['contract'], () => contractFigures(view, asOf, currency)),
    tickets: () => figures.kept('tickets', ['supportTicket'], () => ticketFigures(view, asOf)),
    usage: () => figures.kept('usage', ['dataSource', 'dataPointSeries'], () => usageFigures(view, series, asOf)),
  };
}

/** Works out what {@link portfolioOverview} takes from whole tables, each in a turn of its own. */
export async function prepareOverview(context: EngineContext, figures: Figures): Promise<void> {
  for (const sum of Object.values(wholeStore(context, figures))) {
    sum();
    await context.host.yieldTurn();
  }
  // what has changed meanwhile
  await figures.settled();
}

/** The figures of the portfolio page, all as of one day (DSH-01). */
export function portfolioOverview(context: EngineContext, figures: Figures): Overview {
  const { view, settings } = context;
  const { asOf, currency } = settings();
  const bands = bandLookup(view);
  const standings = Array.from(view.all('engagement'), (engagement) => standingOf(figures, engagement));
  const active = standings.filter(({ facts }) => facts.active);
  const mean = meanKnown(active.map(({ health }) => health));
  const overallBand = mean && bands.ofScore(mean.mean);
  const views = PORTFOLIO_VIEWS.map((which) => ({
    view: which,
    count: standings.filter((standing) => isInView(which, standing, bands)).length,
  }));
  const open = [...view.all('riskSignal')].filter(riskOpen);
  const whole = wholeStore(context, figures);
  const [contracts, tickets, usage] = [whole.contracts(), whole.tickets(), whole.usage()];
  return {
    asOf,
    total: standings.length,
    active: active.length,
    accounts: contracts.accounts,
    contractValue: [...contracts.value],
    activeContracts: contracts.active,
    monthlyValue: [...contracts.monthly],
    ...(mean ? { overallHealth: mean.mean } : {}),
    ...(overallBand ? { overallBand } : {}),
    known: mean?.known ?? 0,
    openRisks: open.length,
    valueAtRisk: [...valueAtRisk(open, view, asOf, currency)],
    renewalsIn90Days: views.find(({ view: which }) => which === 'renewalsIn90Days')?.count ?? 0,
    ticketsLast30Days: tickets.last30Days,
    ticketsThisMonth: tickets.thisMonth,
    openP1Tickets: tickets.openP1,
    ...(tickets.csat ? { csat: { ...tickets.csat } } : {}),
    usageLast30Days: usage.map((each) => ({ ...each })),
    byStage: stagesOf(active, bands),
    views,
  };
}

/** Active engagements by stage, with the mean of their known health and how many lie in each band. */
function stagesOf(active: readonly Standing[], bands: BandLookup): Stage[] {
  const byStage = Map.groupBy(active, ({ engagement }): string => engagement.stage ?? '');
  return STAGES.flatMap(([stage, label]) => {
    const here = byStage.get(stage) ?? [];
    if (here.length === 0) return [];
    const scores = here.map(({ health }) => health);
    const mean = meanKnown(scores)?.mean;
    const band = mean === undefined ? undefined : bands.ofScore(mean);
    const found = Map.groupBy(scores, (score) => bands.ofScore(score)?.colour ?? '');
    return [
      {
        stage,
        label,
        count: here.length,
        ...(mean === undefined ? {} : { health: mean }),
        ...(band ? { band } : {}),
        bands: bands.global.flatMap(({ category, colour }) => {
          const count = found.get(colour)?.length ?? 0;
          return count === 0 ? [] : [{ category, colour, count }];
        }),
      },
    ];
  });
}
