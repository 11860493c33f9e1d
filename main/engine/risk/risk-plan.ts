import { AppError } from '#shared/errors/app-error.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { RiskTemplate } from '#shared/model/indicator.ts';
import { compileCondition, type Predicate } from '#shared/domain/condition/compile-condition.ts';
import { conditionInWords } from '#shared/domain/condition/condition-in-words.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import type { CauseTable } from '#shared/domain/portfolio/record-engagements.ts';
import { readTemplate } from '#shared/domain/risk/signal-texts.ts';
import { inOrderOfRank, type Override, type ThresholdCondition } from '#shared/domain/risk/threshold.ts';
import { LOOK_BACK_DAYS } from '#shared/domain/series/periods.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { SourceReader } from '../metrics/source-reader.ts';
import type { SourceSet } from '../metrics/source-set.ts';

type RiskRow = Row<'riskDefinition'>;
/** The part of a `riskDefinition` that decides: a saved one, or a draft that is being tried. */
export type RiskShape = Pick<RiskRow, 'id' | 'name' | 'type' | 'source' | 'condition' | 'threshold' | 'lookBackDays' | 'applicable'> &
  Pick<RiskRow, 'sourceTable' | 'sourceCondition'> & { readonly category?: RiskRow['category'] };

type Common = {
  readonly id: string;
  readonly name: string;
  readonly category: RiskRow['category'];
  readonly applicable: Predicate | undefined;
  readonly template: RiskTemplate | undefined;
};
export type MetricRisk = Common & {
  readonly type: 'metric';
  readonly reader: SourceReader;
  readonly condition: ThresholdCondition;
  readonly threshold: number;
  readonly lookBackDays: number;
  readonly overrides: readonly (Override & { readonly matches: Predicate })[];
};
export type TableRisk = Common & {
  readonly type: 'table';
  readonly table: CauseTable;
  readonly matches: Predicate;
  /** The condition in words. */
  readonly words: string;
};
export type PlannedRisk = MetricRisk | TableRisk;

/** What belongs to a saved definition beside its own fields; of its overrides only the published count. */
export type RiskParts = { readonly template?: unknown; readonly overrides?: readonly Row<'thresholdOverride'>[] };

/** What definitions are made ready with; `more`: the fields that the engine works out, such as health. */
export type PlanScope = { readonly view: ReadView; readonly sources: SourceSet; readonly more: DerivedTables };

/** Makes a definition ready. Throws AppError `validation` saying what is missing or does not fit. */
export function planRisk(shape: RiskShape, parts: RiskParts, scope: PlanScope): PlannedRisk {
  const common: Common = {
    id: shape.id,
    name: shape.name,
    category: shape.category ?? 'other',
    applicable: shape.applicable && compileCondition(shape.applicable, 'engagement', scope.more),
    template: readTemplate(parts.template),
  };
  return shape.type === 'table' ? planTable(shape, common, scope) : planMetric(shape, common, parts.overrides ?? [], scope);
}

function planTable(shape: RiskShape, common: Common, { view, more }: PlanScope): TableRisk {
  const { sourceTable, sourceCondition } = shape;
  if (sourceTable === undefined) throw missing('sourceTable', 'Choose the records that the risk is about.');
  if (sourceCondition === undefined) throw missing('sourceCondition', 'Say which records are a risk.');
  const matches = compileCondition(sourceCondition, sourceTable, more);
  return { ...common, type: 'table', table: sourceTable, matches, words: conditionInWords(sourceCondition, sourceTable, view) };
}

function planMetric(
  shape: RiskShape,
  common: Common,
  overrides: readonly Row<'thresholdOverride'>[],
  { sources, more }: PlanScope,
): MetricRisk {
  const { source, condition, threshold, lookBackDays } = shape;
  if (source === undefined) throw missing('source', 'Choose the data source.');
  if (condition === undefined) throw missing('condition', 'Choose the threshold condition.');
  if (threshold === undefined) throw missing('threshold', 'Give the threshold.');
  const reader = sources.readers.get(source);
  if (!reader) throw missing('source', 'This data source delivers nothing yet: publish it, with a context that leads to engagements.');
  return {
    ...common,
    type: 'metric',
    reader,
    condition,
    threshold,
    lookBackDays: lookBackDays ?? LOOK_BACK_DAYS[reader.source.frequency],
    overrides: inOrderOfRank(overrides).map((override) => ({
      ...override,
      matches: compileCondition(override.filter, 'engagement', more),
    })),
  };
}

const missing = (field: string, message: string): AppError => new AppError('validation', message, { table: 'riskDefinition', field });
