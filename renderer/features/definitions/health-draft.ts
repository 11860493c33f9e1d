import type { Input } from '#shared/contract/engine-contract.ts';
import type { Condition } from '#shared/model/condition.ts';
import type { Row } from '#shared/model/dictionary.ts';

/** A metric as it is edited; `id` only where it is stored. */
export type MetricDraft = {
  readonly key: string;
  readonly id?: string;
  readonly source: string;
  readonly target: number | undefined;
  readonly weight: number | undefined;
  readonly direction: 'maximise' | 'minimise';
  readonly aggregate: 'average' | 'sum';
};
export type HealthDraft = {
  readonly name: string;
  readonly description: string;
  readonly rank: number | undefined;
  readonly global: boolean;
  readonly filter: Condition | undefined;
  readonly metrics: readonly MetricDraft[];
};

export const EMPTY_HEALTH: HealthDraft = { name: '', description: '', rank: 100, global: false, filter: undefined, metrics: [] };

/** The stored definition as a draft. */
export function draftOf(definition: Row<'healthDefinition'>, metrics: readonly Row<'healthMetric'>[]): HealthDraft {
  return {
    name: definition.name,
    description: definition.description ?? '',
    rank: definition.rank,
    global: definition.global === true,
    filter: definition.filter,
    metrics: metrics.map(({ id, source, target, weight, direction, aggregate }) => ({
      key: id,
      id,
      source,
      target,
      weight,
      direction,
      aggregate,
    })),
  };
}

/** Sum of the weights; a definition can be published when it is 100 (BR-37). */
export function weightTotal({ metrics }: HealthDraft): number {
  return metrics.reduce((sum, metric) => sum + (metric.weight ?? 0), 0);
}

/** What the preview is asked; undefined while the draft is too unfinished to be computed. */
export function previewInput(draft: HealthDraft, definitionId: string | undefined): Input<'health.preview'> | undefined {
  if (!draft.global && draft.filter === undefined) return undefined;
  const metrics = draft.metrics.flatMap(({ source, target, weight, direction, aggregate }) =>
    source === '' || target === undefined || weight === undefined ? [] : [{ source, target, weight, direction, aggregate }],
  );
  if (metrics.length === 0) return undefined;
  return {
    ...(definitionId !== undefined && { definitionId }),
    global: draft.global,
    rank: draft.rank ?? 100,
    ...(draft.filter && !draft.global && { filter: draft.filter }),
    metrics,
  };
}

type Values = Readonly<Record<string, unknown>>;
export type MetricChange =
  | { readonly kind: 'create'; readonly values: Values }
  | { readonly kind: 'update'; readonly id: string; readonly patch: Values }
  | { readonly kind: 'delete'; readonly id: string };

const valuesOf = ({ source, target, weight, direction, aggregate }: MetricDraft): Values => ({
  source,
  target,
  weight,
  direction,
  aggregate,
});

/** What has to be done to the stored metrics so that they are those of the draft. */
export function metricChanges(stored: readonly MetricDraft[], draft: readonly MetricDraft[]): readonly MetricChange[] {
  const removed = stored
    .filter((before) => !draft.some((after) => after.id === before.id))
    .map(({ key }): MetricChange => ({ kind: 'delete', id: key }));
  const others = draft.flatMap((metric): MetricChange[] => {
    if (metric.id === undefined) return [{ kind: 'create', values: valuesOf(metric) }];
    const before = stored.find((each) => each.id === metric.id);
    return before && JSON.stringify(valuesOf(before)) === JSON.stringify(valuesOf(metric))
      ? []
      : [{ kind: 'update', id: metric.id, patch: valuesOf(metric) }];
  });
  return [...removed, ...others];
}
