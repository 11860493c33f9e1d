import { AppError } from '#shared/errors/app-error.ts';
import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import { compileCondition, type Predicate } from '#shared/domain/condition/compile-condition.ts';
import { fieldsIn, refuseCircular } from '#shared/domain/condition/computed-in.ts';
import { chooseDefinition, HEALTH_IS_CIRCULAR, inOrderOfChoice } from '#shared/domain/health/definition-choice.ts';
import type { Direction } from '#shared/domain/health/attainment.ts';
import { dependsOnToday } from '#shared/domain/indicator/depends-on-today.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Aggregate } from '../metrics/metric-values.ts';
import { trackingView } from '../metrics/tracking-view.ts';

/** One metric of a definition, saved or drafted. */
export type PlannedMetric = {
  readonly id: string;
  readonly source: string;
  readonly target: number;
  readonly weight: number;
  readonly direction: Direction;
  readonly aggregate: Aggregate;
};

export type PlannedDefinition = {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly global: boolean;
  readonly state: 'published';
  readonly matches: Predicate | undefined;
  /** Whom it applies to may change with the day. */
  readonly daily: boolean;
  /** In the order of their IDs, which is the order in which they are added up. */
  readonly metrics: readonly PlannedMetric[];
  readonly weight: number;
};

/** Which definition scores which engagement. */
export type HealthPlan = {
  readonly definitions: readonly PlannedDefinition[];
  readonly choose: (engagement: Row<'engagement'>, asOf: string) => PlannedDefinition | undefined;
  /** Whether the choice may differ from day to day. */
  readonly daily: boolean;
  /** Tables beside the engagement that the filters have read. */
  readonly alsoReads: () => ReadonlySet<TableName>;
};

/** A metric's row, seen as a planned metric. */
export function plannedMetric(row: Row<'healthMetric'>): PlannedMetric {
  const { id, source, target, weight, direction, aggregate } = row;
  return { id, source, target, weight, direction, aggregate };
}

/** A definition made ready. Throws AppError `validation` where its filter does not fit engagements. */
export function plannedDefinition(
  row: Pick<Row<'healthDefinition'>, 'id' | 'name' | 'rank' | 'global' | 'filter'>,
  metrics: readonly PlannedMetric[],
): PlannedDefinition {
  const { id, name, rank, filter } = row;
  if (filter !== undefined) refuseCircular(fieldsIn(filter), 'engagement', HEALTH_IS_CIRCULAR);
  return {
    id,
    name,
    rank,
    global: row.global === true,
    state: 'published',
    matches: filter && compileCondition(filter, 'engagement'),
    daily: filter !== undefined && dependsOnToday(filter, 'engagement'),
    metrics,
    weight: metrics.reduce((sum, { weight }) => sum + weight, 0),
  };
}

/** The published definitions as they stand. One whose filter does not fit any more (told to `report`) applies to nobody. */
export function publishedDefinitions(
  view: ReadView,
  report: (definition: string, problem: AppError) => void,
): readonly PlannedDefinition[] {
  return [...view.all('healthDefinition')]
    .filter(({ state }) => state === 'published')
    .flatMap((row) => {
      try {
        return [plannedDefinition(row, view.by('healthMetric', 'definition', row.id).map(plannedMetric))];
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        report(row.id, thrown);
        return [];
      }
    });
}

/** Decides between definitions. */
export function healthPlan(definitions: readonly PlannedDefinition[], view: ReadView): HealthPlan {
  const inOrder = inOrderOfChoice(definitions);
  const tracked = trackingView(view);
  const matches = ({ matches: passes }: PlannedDefinition, engagement: AnyRow, asOf: string): boolean =>
    passes?.(engagement, tracked.view, asOf) === true;
  const [first] = inOrder;
  return {
    definitions: inOrder,
    // where the first applies to all, there is nothing to choose
    choose: (engagement, asOf) =>
      first?.global === true ? first : chooseDefinition(inOrder, (definition) => matches(definition, engagement, asOf)),
    daily: inOrder.some(({ daily }) => daily),
    alsoReads: () => tracked.reads,
  };
}
