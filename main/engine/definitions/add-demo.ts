import { AppError } from '#shared/errors/app-error.ts';
import { demoSteps, type DemoOptions } from '#shared/domain/demo/demo-portfolio.ts';
import type { DemoRow } from '#shared/domain/demo/demo-row.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { fold } from '#shared/util/folding.ts';
import type { Call, Draft, EngineContext } from '../context.ts';
import { inTurns } from '../host/in-turns.ts';
import { addStarter } from './add-starter.ts';

const SEED = 20_240;
const ENGAGEMENTS = 500;
/** Records and customers between two tellings of how far it is. */
const TELL_EVERY = 500;

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
    const options: DemoOptions = {
      seed: input.seed ?? SEED,
      engagements,
      asOf,
      currency,
      usage: sourceNamed(draft.view, 'Product usage'),
      nps: sourceNamed(draft.view, 'NPS'),
      newId: host.newId,
    };
    await inTurns(addAll(draft, options, call), host.yieldTurn, call.signal);
  });
  return { changeSetId, engagements };
}

/** Invents the portfolio and puts it into the command, one customer or record a step. */
function* addAll(draft: Draft, options: DemoOptions, { progress }: Call): Generator<void, void, void> {
  const inventing = demoSteps(options);
  let customers = 0;
  let next = inventing.next();
  for (; next.done !== true; next = inventing.next()) {
    if (customers % TELL_EVERY === 0) progress({ step: 'Inventing customers', done: customers, total: options.engagements });
    customers += 1;
    yield;
  }
  const { rows, series } = next.value;
  for (const [done, row] of rows.entries()) {
    if (done % TELL_EVERY === 0) progress({ step: 'Making the demo portfolio', done, total: rows.length });
    addRow(draft, row);
    yield;
  }
  for (const { series: id, points } of series) {
    draft.putPoints(id, points);
    yield;
  }
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
