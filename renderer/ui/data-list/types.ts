import type { ReactNode } from 'react';
import type { IconName } from '../icon-paths.ts';

/** A column of a list. `key` is also what the list is sorted by. */
export type Column<R> = {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  readonly align?: 'end' | undefined;
  readonly sortable?: boolean | undefined;
  readonly help?: string | undefined;
  /** What the head is called aloud where its title is short. */
  readonly spoken?: string | undefined;
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
  /** Where rows arrive without the caller being drawn again: told of it, and a number that is another one then. */
  readonly subscribe?: (listener: () => void) => () => void;
  readonly version?: () => number;
};

/** What others may do with a list. */
export type ListHandle = {
  /** Takes the keyboard to a column of the row that it is on. */
  readonly toColumn: (key: string) => void;
  /** Takes it to another row, for what follows a record that moves; the list stays where it is scrolled to. */
  readonly toRow: (row: number) => void;
};

/** Where a person left a list. */
export type ListPlace = { readonly scrollTop: number; readonly row: number; readonly hadFocus: boolean };

/** Which columns are shown, in which order and how wide. */
export type ColumnLayout = {
  readonly keys?: readonly string[] | undefined;
  readonly widths?: Readonly<Record<string, number>> | undefined;
};

/** Which rows are chosen, and how that changes. Lines are counted from the top of the whole list. */
export type Choosing<R> = {
  readonly isChosen: (row: R) => boolean;
  /** How much of the whole list is chosen. */
  readonly state: 'none' | 'some' | 'all';
  /** Names the row for its checkbox. */
  readonly labelOf: (row: R) => string;
  readonly onToggle: (row: R, line: number) => void;
  /** Adds the lines between the two to what was chosen before; the first is where the stretch began. */
  readonly onStretch: (from: number, to: number) => void;
  readonly onAll: () => void;
  readonly onNone: () => void;
};

/** The head of a group of rows, drawn as a line of its own. */
export type GroupHead = {
  readonly label: string;
  readonly count: number;
  readonly closed: boolean;
  /** What a column comes to in this group. */
  readonly sumOf: (column: string) => ReactNode;
};
export type Grouping<R> = { readonly headOf: (row: R) => GroupHead | undefined; readonly onToggle: (row: R) => void };

/** Where the focus goes after a cell was edited; `leave`: it has gone elsewhere already. */
export type EditEnd = 'stay' | 'next' | 'before' | 'leave';
/** Cells that are edited in their place. */
export type CellEditing<R> = {
  readonly canEdit: (row: R, column: string) => boolean;
  readonly render: (row: R, column: string, onEnd: (end: EditEnd) => void) => ReactNode;
};

/** One thing that the head of a column offers. */
export type ColumnAction = {
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string;
  /** It is so already. */
  readonly isOn?: boolean;
  readonly run: () => void;
};
/** What heads of columns offer, and where they are moved to. */
export type ColumnHeads = {
  readonly actionsOf: (column: string) => readonly ColumnAction[];
  /** `to`: its place among the columns once it is moved. */
  readonly onMove: (column: string, to: number) => void;
};

/** The columns of a layout: its own order, its own widths, unknown keys left out; all of `columns` where it names none. */
export function laidOut<R>(columns: readonly Column<R>[], layout: ColumnLayout, byDefault?: readonly string[]): readonly Column<R>[] {
  const keys = layout.keys ?? byDefault ?? columns.map((column) => column.key);
  const chosen = keys.map((key) => columns.find((column) => column.key === key)).filter((column) => column !== undefined);
  const shown = chosen.length > 0 ? chosen : columns;
  return shown.map((column) => ({ ...column, width: layout.widths?.[column.key] ?? column.width }));
}
