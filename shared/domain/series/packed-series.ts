/**
 * Data points of one series, packed: three parallel arrays sorted by end day, at most one point per end day.
 * Days are counted from 1970-01-01 (UTC calendar day). A point covers (start, end].
 */
export type PackedSeries = { readonly start: Int32Array; readonly end: Int32Array; readonly value: Float64Array };
