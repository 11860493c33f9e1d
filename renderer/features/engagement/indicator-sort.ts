import type { MetricPart } from './explanation-words.ts';

export type IndicatorSortKey = 'source' | 'value' | 'target' | 'gap' | 'score' | 'weight' | 'part' | 'change' | 'age';
export type IndicatorSort = { readonly key: IndicatorSortKey; readonly down: boolean };

function keyOf(metric: MetricPart, key: IndicatorSortKey): number | string | undefined {
  switch (key) {
    case 'source':
      return metric.source.toLowerCase();
    case 'value':
      return metric.value;
    case 'target':
      return metric.target;
    case 'gap':
      return metric.gapPercent;
    case 'score':
      return metric.score;
    case 'weight':
      return metric.weight;
    case 'part':
      return metric.part;
    case 'change':
      return metric.score === undefined || metric.previousScore === undefined ? undefined : metric.score - metric.previousScore;
    case 'age':
      return metric.ageDays;
  }
}

/** HLT-04: the indicators in the chosen order; those without the figure come last either way. */
export function sortedMetrics(metrics: readonly MetricPart[], { key, down }: IndicatorSort): readonly MetricPart[] {
  return metrics.toSorted((a, b) => {
    const [left, right] = [keyOf(a, key), keyOf(b, key)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    const order = left < right ? -1 : left > right ? 1 : 0;
    return down ? -order : order;
  });
}
