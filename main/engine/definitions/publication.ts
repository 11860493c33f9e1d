import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type Row, type TableName } from '#shared/model/dictionary.ts';
import type { Indicator } from '#shared/model/indicator.ts';
import { planIndicator } from '#shared/domain/indicator/indicator-plan.ts';
import type { Call, Draft, EngineContext } from '../context.ts';
import { nextRunAfter } from '../jobs/collection.ts';

export type Publishable = 'dataSource' | 'healthDefinition' | 'riskDefinition' | 'thresholdOverride';
type Target = { readonly table: Publishable; readonly id: string };

/** Publishes a definition: from then on it scores, raises risks or delivers. The rules refuse what is incomplete (BR-25, 32, 33, 37). */
export async function publish(context: EngineContext, target: Target, call: Call): Promise<{ changeSetId: string }> {
  const { asOf } = context.settings();
  const { changeSetId } = await context.records.run(meta(context, target, call, 'Publish'), (draft) => {
    needed(draft, target);
    setState(draft, target, 'published');
    const source = target.table === 'dataSource' ? draft.view.get('dataSource', target.id) : undefined;
    if (source) startSource(draft, source, asOf);
  });
  return { changeSetId };
}

/** Retires a definition: it stays readable and does nothing any more. */
export async function retire(context: EngineContext, target: Target, call: Call): Promise<{ changeSetId: string }> {
  const { changeSetId } = await context.records.run(meta(context, target, call, 'Retire'), (draft) => {
    needed(draft, target);
    setState(draft, target, 'retired');
    if (target.table === 'dataSource') draft.setSystemFields('dataSource', target.id, { nextRun: null });
  });
  return { changeSetId };
}

/** A source that counts records is due at once; what it counts has to fit them. Throws AppError `validation`. */
function startSource(draft: Draft, source: Row<'dataSource'>, asOf: string): void {
  if (source.kind !== 'indicator') return;
  planIndicator(source.indicator as unknown as Indicator, source.breakdown); // the rules have checked that there is one
  draft.setSystemFields('dataSource', source.id, { lastRun: asOf, nextRun: nextRunAfter(asOf, source.frequency) });
}

function meta({ view }: EngineContext, { table, id }: Target, call: Call, verb: string) {
  const row = view.get(table, id);
  const name = row && 'name' in row ? ` “${row.name}”` : '';
  return { commandId: call.commandId, actor: call.actor, label: `${verb} ${tableOf(table).label.toLowerCase()}${name}` };
}

function needed(draft: Draft, { table, id }: Target): void {
  if (draft.view.get(table, id)) return;
  throw new AppError('not-found', `This ${labelIn(table)} does not exist any more.`, { table, recordId: id });
}

const labelIn = (table: TableName): string => tableOf(table).label.toLowerCase();

function setState(draft: Draft, { table, id }: Target, state: 'published' | 'retired'): void {
  // one call a table: the patch's type follows from it
  switch (table) {
    case 'dataSource':
      return draft.update('dataSource', id, { state });
    case 'healthDefinition':
      return draft.update('healthDefinition', id, { state });
    case 'riskDefinition':
      return draft.update('riskDefinition', id, { state });
    case 'thresholdOverride':
      return draft.update('thresholdOverride', id, { state });
    default:
      return table satisfies never;
  }
}
