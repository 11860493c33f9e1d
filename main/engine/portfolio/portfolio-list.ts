import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { EngineContext } from '../context.ts';
import { bandLookup } from '../health/band-lookup.ts';
import type { Figures } from '../jobs/figures.ts';
import { listLines } from '../records/list-handlers.ts';
import { lineOf } from './portfolio-line.ts';

/**
 * A window of the portfolio (DSH-01): the list of engagements with their figures. Throws AppError `validation` where a field or the
 * condition does not fit.
 */
export function portfolioList(context: EngineContext, figures: Figures, input: Parsed<'portfolio.list'>): Output<'portfolio.list'> {
  const { rows, ...around } = listLines(context, { ...input, table: 'engagement' });
  const bands = bandLookup(context.view);
  return {
    ...around,
    rows: rows.map((listed) =>
      // a row of that table
      listed.kind === 'group' ? listed : { ...listed, line: lineOf(figures, bands, listed.row as Row<'engagement'>) },
    ),
  };
}
