import type { NewValues, TableName } from '../../model/dictionary.ts';
import type { PackedSeries } from '../series/packed-series.ts';

/** A record of the demo portfolio, to be created under this ID. `closes`: closed afterwards, with code and notes. */
export type DemoRow = {
  [T in TableName]: {
    readonly table: T;
    readonly id: string;
    readonly values: NewValues<T>;
    readonly closes?: { readonly code: string; readonly notes: string };
  };
}[TableName];

export type DemoSeries = { readonly series: string; readonly points: PackedSeries };

/** Records in an order in which each comes after those it refers to, and the points of their series. */
export type DemoData = { readonly rows: readonly DemoRow[]; readonly series: readonly DemoSeries[] };

/** Where an engagement's records are put. */
export type DemoSink = {
  readonly add: <T extends TableName>(table: T, values: NewValues<T>, closes?: { readonly code: string; readonly notes: string }) => string;
  readonly points: (series: string, points: PackedSeries) => void;
};
