/** Counts for the metrics page; labels are names and codes of ours, never of customers. */
export type Metrics = {
  readonly count: (name: string, labels: Readonly<Record<string, string>>, by?: number) => void;
  readonly text: (gauges: Readonly<Record<string, number>>) => string;
};

/** Opens the counters of this instance. */
export function openMetrics(): Metrics {
  const counters = new Map<string, number>();
  const line = (name: string, labels: Readonly<Record<string, string>>): string => {
    const parts = Object.entries(labels).map(([label, value]) => `${label}="${value.replaceAll(/[^\w/:.-]/g, '_')}"`);
    return parts.length === 0 ? name : `${name}{${parts.join(',')}}`;
  };
  return {
    count: (name, labels, by = 1) => {
      const key = line(name, labels);
      counters.set(key, (counters.get(key) ?? 0) + by);
    },
    text: (gauges) =>
      [...counters, ...Object.entries(gauges)]
        .map(([name, value]) => `satchel_${name} ${value}`)
        .toSorted((a, b) => a.localeCompare(b, 'en'))
        .join('\n')
        .concat('\n'),
  };
}
