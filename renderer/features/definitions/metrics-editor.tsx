import { Button, NativeSelect, VisuallyHidden } from '@mantine/core';
import type { Row } from '#shared/model/dictionary.ts';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import names from './definitions.module.css';
import type { MetricDraft } from './health-draft.ts';
import { NumberField } from './number-field.tsx';

type Props = {
  readonly metrics: readonly MetricDraft[];
  readonly sources: readonly Row<'dataSource'>[];
  readonly locked: boolean;
  readonly onChange: (metrics: readonly MetricDraft[]) => void;
};

/** HLT-02: source, target, weight, direction and aggregate of every metric; the weights' total is always in sight. */
export function MetricsEditor({ metrics, sources, locked, onChange }: Props) {
  const set = (key: string, part: Partial<MetricDraft>) =>
    onChange(metrics.map((metric) => (metric.key === key ? { ...metric, ...part } : metric)));
  const total = metrics.reduce((sum, metric) => sum + (metric.weight ?? 0), 0);
  const usable = sources.filter((source) => source.state !== 'retired');
  const add = () => {
    const free = usable.find((source) => !metrics.some((metric) => metric.source === source.id));
    onChange([
      ...metrics,
      {
        key: crypto.randomUUID(),
        source: free?.id ?? '',
        target: undefined,
        weight: Math.max(0, 100 - total),
        direction: 'maximise',
        aggregate: 'average',
      },
    ]);
  };
  return (
    <>
      <div className={names.scroll} tabIndex={0} role="group" aria-label="Metrics">
        <table className={names.table}>
          <thead>
            <tr>
              <th scope="col">Data source</th>
              <th scope="col">Target</th>
              <th scope="col">Weight</th>
              <th scope="col">Direction</th>
              <th scope="col">Several records</th>
              <th scope="col">
                <VisuallyHidden>Take away</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric, index) => {
              const source = sources.find((each) => each.id === metric.source);
              const of = `of metric ${index + 1}`;
              return (
                <tr key={metric.key}>
                  <td>
                    <NativeSelect
                      aria-label={`Data source ${of}`}
                      disabled={locked}
                      value={metric.source}
                      onChange={(event) => set(metric.key, { source: event.currentTarget.value })}
                      data={[{ value: '', label: 'Choose…' }, ...usable.map((each) => ({ value: each.id, label: each.name }))]}
                    />
                  </td>
                  <td className={names.cellField}>
                    <NumberField
                      label={`Target ${of}`}
                      hiddenLabel
                      disabled={locked}
                      value={metric.target}
                      unit={source?.unit}
                      onChange={(target) => set(metric.key, { target })}
                    />
                  </td>
                  <td className={names.cellField}>
                    <NumberField
                      label={`Weight ${of}`}
                      hiddenLabel
                      disabled={locked}
                      value={metric.weight}
                      unit="%"
                      onChange={(weight) => set(metric.key, { weight })}
                    />
                  </td>
                  <td>
                    <NativeSelect
                      aria-label={`Direction ${of}`}
                      disabled={locked}
                      value={metric.direction}
                      onChange={(event) =>
                        set(metric.key, { direction: event.currentTarget.value === 'minimise' ? 'minimise' : 'maximise' })
                      }
                      data={[
                        { value: 'maximise', label: 'Higher is better' },
                        { value: 'minimise', label: 'Lower is better' },
                      ]}
                    />
                  </td>
                  <td>
                    <NativeSelect
                      aria-label={`Aggregate ${of}`}
                      disabled={locked}
                      value={metric.aggregate}
                      onChange={(event) => set(metric.key, { aggregate: event.currentTarget.value === 'sum' ? 'sum' : 'average' })}
                      data={[
                        { value: 'average', label: 'Average' },
                        { value: 'sum', label: 'Sum' },
                      ]}
                    />
                  </td>
                  <td>
                    {!locked && (
                      <IconButton
                        icon="trash"
                        label={`Take metric ${index + 1} away`}
                        onClick={() => onChange(metrics.filter((each) => each.key !== metric.key))}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <td>
                {!locked && (
                  <Button size="compact-xs" onClick={add}>
                    Add a metric
                  </Button>
                )}
              </td>
              <td />
              <td colSpan={4} role="status" className={names.total} data-off={total !== 100 || undefined}>
                {formatNumber(total, 2)} % in all{total !== 100 && '; 100 % is needed to publish'}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}
