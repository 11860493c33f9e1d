import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { dictionary, type Row } from '#shared/model/dictionary.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { EngineContext } from '../context.ts';
import type { Figures } from '../jobs/figures.ts';
import { activeEngagements, findBreaches, isApplicable, type BreachScope } from './find-breaches.ts';
import { planRisk } from './risk-plan.ts';

const FIRST_SHOWN = 10;

/** Which engagements a draft would flag now; writes nothing. */
export async function previewRisk(
  { view, settings, host, derivedFields }: EngineContext,
  figures: Figures,
  draft: Parsed<'risk.preview'>,
): Promise<Output<'risk.preview'>> {
  const { sourceTable, ...rest } = draft;
  const table = sourceTable === undefined ? undefined : causeTable(sourceTable);
  const scope: BreachScope = { view, sources: figures.sources(), asOf: settings().asOf };
  const risk = planRisk(
    { id: 'draft', name: 'Draft', ...rest, ...(table && { sourceTable: table }) },
    {},
    { ...scope, more: derivedFields.all() },
  );
  const applicable = activeEngagements(view).filter((engagement) => isApplicable(risk, engagement, scope));
  const found = await findBreaches(risk, scope, host.yieldTurn);
  return {
    applicable: applicable.length,
    breaches: found.length,
    first: found.slice(0, FIRST_SHOWN).flatMap(({ engagement: id, value, because }) => {
      const engagement = view.get('engagement', id);
      return engagement
        ? [{ id, label: labelOf('engagement', engagement, view), ...(value === undefined ? {} : { value }), words: because }]
        : [];
    }),
  };
}

function causeTable(name: string): NonNullable<Row<'riskDefinition'>['sourceTable']> {
  const { choices } = dictionary.riskDefinition.fields.sourceTable;
  if (!Object.hasOwn(choices ?? {}, name))
    throw new AppError('validation', 'Risks cannot be raised for these records.', { field: 'sourceTable' });
  return name as NonNullable<Row<'riskDefinition'>['sourceTable']>; // one of the choices
}
