import { AppError } from '#shared/errors/app-error.ts';
import { demoPortfolio } from '#shared/domain/demo/demo-portfolio.ts';
import type { DemoRow } from '#shared/domain/demo/demo-row.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { fold } from '#shared/util/folding.ts';
import type { Call, Draft, EngineContext } from '../context.ts';
import { addStarter } from './add-starter.ts';

const SEED = 20_240;
const ENGAGEMENTS = 500;
/** Records created before other work gets its turn. */
const SLICE = 2000;

/** Fills an empty workspace with the demo portfolio and the ready-made definitions, as one change set that can be undone (UX-06). */
export async function addDemo(
  context: EngineContext,
  input: { readonly seed?: number | undefined; readonly engagements?: number | undefined },
  call: Call,
): Promise<{ changeSetId: string; engagements: number }> {
  const { view, host, records, settings } = context;
  const engagements = input.engagements ?? ENGAGEMENTS;
  const { asOf, currency } = settings();
  const meta = { commandId: call.commandId, actor: call.actor, label: 'Demo portfolio', progress: call.progress, signal: call.signal };
  refuseFull(view);
  const { changeSetId } = await records.run(meta, async (draft) => {
    refuseFull(draft.view);
    addStarter(draft, asOf);
    const demo = demoPortfolio({
      seed: input.seed ?? SEED,
      engagements,
      asOf,
      currency,
      usage: sourceNamed(draft.view, 'Product usage'),
      nps: sourceNamed(draft.view, 'NPS'),
      newId: host.newId,
    });
    for (const [index, row] of demo.rows.entries()) {
      addRow(draft, row);
      if (index % SLICE !== SLICE - 1) continue;
      call.progress({ step: 'Making the demo portfolio', done: index + 1, total: demo.rows.length });
      await host.yieldTurn();
      if (call.signal.aborted) throw new AppError('cancelled', 'The demo portfolio was not made. Nothing was changed.');
    }
    for (const { series, points } of demo.series) draft.putPoints(series, points);
  });
  return { changeSetId, engagements };
}

/** The demo never mixes with somebody's own customers. */
function refuseFull(view: ReadView): void {
  if (view.count('engagement') + view.count('account') === 0) return;
  throw new AppError('rule', 'The demo portfolio is for an empty workspace, and this one has customers already.', {
    rule: 'UX-06',
    wayOut: 'Open Satchel in another profile, or undo what brought the customers in.',
  });
}

function sourceNamed(view: ReadView, name: string): string {
  for (const source of view.all('dataSource')) if (source.state !== 'retired' && fold(source.name) === fold(name)) return source.id;
  throw new AppError('not-found', `There is no data source “${name}”.`, { table: 'dataSource' });
}

function addRow(draft: Draft, { table, id, values, closes }: DemoRow): void {
  draft.create(table, values, { id });
  if (closes) draft.close(table, id, closes.code, closes.notes);
}
