import type { ReactNode } from 'react';

/** A column of a list. `key` is also what the list is sorted by. */
export type Column<R> = {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  readonly align?: 'end' | undefined;
  readonly sortable?: boolean | undefined;
  readonly help?: string | undefined;
  readonly render: (row: R) => ReactNode;
};

export type SortKey = { readonly field: string; readonly direction: 'up' | 'down' };
export type Sort = readonly SortKey[];

/** Rows that arrive in windows: `total` is undefined until the first answer, `rowAt` until its window is there. */
export type ListRows<R> = {
  readonly total: number | undefined;
  readonly rowAt: (index: number) => R | undefined;
  /** The rows on screen, inclusive; asks for what is missing. */
  readonly onRange: (first: number, last: number) => void;
};

/** Where a person left a list. */
export type ListPlace = { readonly scrollTop: number; readonly row: number; readonly hadFocus: boolean };

/** Which columns are shown, in which order and how wide. */
export type ColumnLayout = {
  readonly keys?: readonly string[] | undefined;
  readonly widths?: Readonly<Record<string, number>> | undefined;
};

/** The columns of a layout: its own order, its own widths, unknown keys left out; all of `columns` where it names none. */
export function laidOut<R>(columns: readonly Column<R>[], layout: ColumnLayout, byDefault?: readonly string[]): readonly Column<R>[] {
  const keys = layout.keys ?? byDefault ?? columns.map((column) => column.key);
  const chosen = keys.map((key) => columns.find((column) => column.key === key)).filter((column) => column !== undefined);
  const shown = chosen.length > 0 ? chosen : columns;
  return shown.map((column) => ({ ...column, width: layout.widths?.[column.key] ?? column.width }));
}
