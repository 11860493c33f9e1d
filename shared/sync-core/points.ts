/*
 * Data points on their way between devices and the central store. A series goes in segments, one for each calendar year (UTC) in which
 * points end, as the engine keeps them: rows of their own in a pull, with a version and the scope of their series, so that pages,
 * checksums, forgetting and deletions are those of any record. Points merge one by one, by their end day: the one that arrives last counts.
 */

/** Name of the segments' table in pulls; no type of the dictionary is called so. */
export const POINTS_TABLE = '~points';

/** Points in plain arrays of the same length, sorted by end day, one for each; days since 1970-01-01, a point covers (start, end]. */
export type Points = { readonly start: readonly number[]; readonly end: readonly number[]; readonly value: readonly number[] };
/** Values of a segment's row. */
export type SegmentValues = Points & { readonly series: string; readonly year: number };

/** Days that a point may have: the years 1900 to 2199. */
export const DAY_RANGE = { from: -25_567, to: 84_005 } as const;
const DAY_MS = 86_400_000;

/** The ID of a segment's row. */
export function segmentId(series: string, year: number): string {
  return `${series}/${year}`;
}

/** The series and the year of a segment's ID; undefined where it is none. */
export function readSegmentId(id: string): { readonly series: string; readonly year: number } | undefined {
  const [, series, year] = /^(.+)\/(\d{4})$/.exec(id) ?? [];
  return series === undefined ? undefined : { series, year: Number(year) };
}

/** The calendar year (UTC) of a day since 1970-01-01. */
export function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** Whether points are as {@link Points} says: whole days in range, starts before ends, finite values. */
export function areSound({ start, end, value }: Points): boolean {
  if (start.length !== end.length || value.length !== end.length) return false;
  const isDay = (day: number): boolean => Number.isInteger(day) && day >= DAY_RANGE.from && day <= DAY_RANGE.to;
  return end.every((day, at) => {
    const from = start[at] ?? Number.NaN;
    return isDay(day) && isDay(from) && from <= day && Number.isFinite(value[at]) && (at === 0 || (end[at - 1] ?? day) < day);
  });
}

export type PointsChange = {
  /** These points replace those of the same end day, and are added to the others. */
  readonly set: Points;
  /** End days whose points go. */
  readonly remove: readonly number[];
};

/** The years that a change touches. */
export function yearsOfChange({ set, remove }: PointsChange): readonly number[] {
  return [...new Set([...set.end, ...remove].map(yearOf))].toSorted((a, b) => a - b);
}

/** A segment's points (none: undefined) after a change, as far as that falls into its year. */
export function changedSegment(points: Points | undefined, { set, remove }: PointsChange, year: number): Points {
  const byEnd = new Map<number, readonly [start: number, value: number]>();
  const put = ({ start, end, value }: Points, of: (day: number) => boolean): void =>
    end.forEach((day, at) => {
      if (of(day)) byEnd.set(day, [start[at] ?? day, value[at] ?? 0]);
    });
  if (points !== undefined) put(points, () => true);
  for (const day of remove) byEnd.delete(day);
  put(set, (day) => yearOf(day) === year);
  const sorted = [...byEnd].toSorted(([a], [b]) => a - b);
  return { start: sorted.map(([, [start]]) => start), end: sorted.map(([end]) => end), value: sorted.map(([, [, value]]) => value) };
}
