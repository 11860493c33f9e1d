import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { firstAt, packPoints, slicePoints } from './points.ts';

/** One stored piece of a series: the points whose end lies in one calendar year. */
export type SegmentRow = { readonly series: string; readonly year: number; readonly bytes: Uint8Array };

const DAY_MS = 86_400_000;
/** The calendar year (UTC) of a day counted from 1970-01-01. */
export function yearOfDay(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** The first day of a year, counted from 1970-01-01. */
export function firstDayOf(year: number): number {
  return Math.round(Date.UTC(year, 0, 1) / DAY_MS);
}

/** The segments of a series for the given years; a year without points is answered in `empty`. */
export function segmentsOf(
  series: string,
  points: PackedSeries,
  years: Iterable<number>,
): { readonly put: SegmentRow[]; readonly empty: (readonly [string, number])[] } {
  const put: SegmentRow[] = [];
  const empty: (readonly [string, number])[] = [];
  for (const year of years) {
    const run = slicePoints(points, firstAt(points, firstDayOf(year)), firstAt(points, firstDayOf(year + 1)));
    if (run.end.length === 0) empty.push([series, year]);
    else put.push({ series, year, bytes: packPoints(run) });
  }
  return { put, empty };
}

/** The years in which a change of points falls. */
export function yearsOf(...ends: readonly Int32Array[]): Set<number> {
  const years = new Set<number>();
  for (const days of ends) {
    let from = 0;
    let to = -1;
    for (const day of days) {
      if (day >= from && day < to) continue;
      const year = yearOfDay(day);
      years.add(year);
      from = firstDayOf(year);
      to = firstDayOf(year + 1);
    }
  }
  return years;
}
