// The portfolio of 10,000 engagements, sorted and narrowed by what is computed.
import { openFigures } from '#engine/jobs/figures.ts';
import { portfolioList } from '#engine/portfolio/portfolio-list.ts';
import type { Parsed } from '#shared/contract/engine-contract.ts';
import { defineBench, timed } from './define.ts';
import { benchContext } from './scoring-records.ts';

const ROUNDS = 15;
const window = { offset: 0, limit: 50 };
type Ask = Parsed<'portfolio.list'>;

const sorted = (field: string): Ask => ({ view: 'active', window, sort: [{ field, direction: 'down' }] });

export const bench = defineBench({
  name: 'portfolio-list',
  where: 'node',
  limits: { 'list-sort': { value: 20 }, 'list-filter': { value: 20 } },
  run: async ({ size }) => {
    const context = benchContext(size === 'full' ? 10_000 : 500);
    const figures = openFigures(context);
    await figures.settled();
    const best = async (ask: Ask): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(() => portfolioList(context, figures, ask)));
      return Math.min(...times);
    };
    const narrowed: Ask = { view: 'active', window, condition: { field: 'health', op: 'below', value: 60 } };
    return [
      { name: 'list-sort', value: await best(sorted('change7')), unit: 'ms' },
      { name: 'list-sort-money', value: await best(sorted('contractValue')), unit: 'ms' },
      { name: 'list-sort-text', value: await best(sorted('title')), unit: 'ms' },
      { name: 'list-filter', value: await best(narrowed), unit: 'ms' },
      { name: 'list-search', value: await best({ view: 'all', window, search: '77' }), unit: 'ms' },
    ];
  },
});
