import type { SegmentValues } from '#shared/sync-core/points.ts';
import type { StoredRecord } from '../../server/records/stored-record.ts';
import type { Taken } from './history.ts';

/** Whether each series has, of each day, the point that the server took in last (S4), and those of a deleted series are gone. */
export function checkPoints(
  taken: readonly Taken[],
  records: readonly StoredRecord[],
  segments: readonly SegmentValues[],
): readonly string[] {
  const should = new Map<string, Map<number, number>>();
  for (const { sent, answer } of taken) {
    if (answer.outcome === 'refused') continue;
    for (const operation of sent.operations) {
      if (operation.action !== 'points') continue;
      const points = should.get(operation.id) ?? new Map<number, number>();
      should.set(operation.id, points);
      for (const day of operation.remove) points.delete(day);
      operation.set.end.forEach((day, at) => points.set(day, operation.set.value[at] ?? 0));
    }
  }
  const is = new Map<string, Map<number, number>>();
  for (const { series, end, value } of segments) {
    const points = is.get(series) ?? new Map<number, number>();
    is.set(series, points);
    end.forEach((day, at) => points.set(day, value[at] ?? 0));
  }
  const live = new Set(records.flatMap(({ table, id, row }) => (table === 'dataPointSeries' && row ? [id] : [])));
  const text = (points: ReadonlyMap<number, number> | undefined): string =>
    JSON.stringify([...(points ?? [])].toSorted(([a], [b]) => a - b));
  return [...new Set([...should.keys(), ...is.keys()])].flatMap((series) => {
    if (!live.has(series)) return is.has(series) ? [`points of the series ${series}, which is gone, are left`] : [];
    const [wanted, found] = [text(should.get(series)), text(is.get(series))];
    return wanted === found ? [] : [`series ${series} has the points ${found}, not ${wanted}`];
  });
}
