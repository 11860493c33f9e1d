// The portfolio of 10,000 engagements after a change, sorted and narrowed by what is computed.
import type { EngineContext, Touched } from '#engine/context.ts';
import { openFigures } from '#engine/jobs/figures.ts';
import { withWhole } from '#engine/people/with-whole.ts';
import { portfolioList } from '#engine/portfolio/portfolio-list.ts';
import type { Parsed } from '#shared/contract/engine-contract.ts';
import { portfolioCondition, type PortfolioNarrowing } from '#shared/domain/portfolio/portfolio-views.ts';
import { defineBench, timed } from './define.ts';
import { benchContext } from './scoring-records.ts';

const ROUNDS = 15;
const COLUMNS = ['contractValue', 'health', 'healthChange', 'openRisks', 'lastHeld', 'nextRenewal'];
const around = { columns: COLUMNS, sums: ['contractValue', 'openRisks', 'health'], window: { offset: 0, limit: 300 } };
type Ask = Pick<Parsed<'portfolio.list'>, 'search' | 'sort' | 'group'>;

export const bench = defineBench({
  name: 'portfolio-list',
  where: 'node',
  limits: { 'list-sort': { value: 20 }, 'list-filter': { value: 20 } },
  run: async ({ size }) => {
    const plain = benchContext(size === 'full' ? 10_000 : 500);
    const listeners = new Set<(touched: Touched) => void>();
    const feed: EngineContext['feed'] = { ...plain.feed, subscribe: (listener) => (listeners.add(listener), () => undefined) };
    const figures = openFigures(plain);
    await figures.settled();
    const context = withWhole({ ...plain, feed });
    const touched: Touched = {
      seq: 1,
      changeSetId: 'x',
      rows: new Map(),
      series: new Set(),
      kind: 'do',
      before: () => undefined,
      after: () => undefined,
    };
    const best = async (narrowing: PortfolioNarrowing, ask: Ask): Promise<number> => {
      const condition = portfolioCondition(narrowing);
      const input = { ...around, ...(condition === undefined ? {} : { condition }), ...ask };
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const listener of listeners) listener(touched);
        times.push(await timed(() => portfolioList(context, figures, input)));
      }
      return Math.min(...times);
    };
    const sorted = (field: string): Ask => ({ sort: [{ field, direction: 'down' }] });
    const active = { view: 'active' } as const;
    return [
      { name: 'list-sort', value: await best(active, sorted('healthChange')), unit: 'ms' },
      { name: 'list-sort-money', value: await best(active, sorted('contractValue')), unit: 'ms' },
      { name: 'list-sort-text', value: await best(active, sorted('title')), unit: 'ms' },
      { name: 'list-filter', value: await best({ ...active, condition: { field: 'health', op: 'below', value: 60 } }, {}), unit: 'ms' },
      { name: 'list-renewals', value: await best({ view: 'renewalsIn90Days' }, {}), unit: 'ms' },
      { name: 'list-group', value: await best(active, { group: 'healthBand', ...sorted('health') }), unit: 'ms' },
      { name: 'list-search', value: await best({ view: 'all' }, { search: '77' }), unit: 'ms' },
    ];
  },
});
