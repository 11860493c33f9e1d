import { useRef, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { moved, nextSort, type Place } from './movement.ts';
import type { CellEditing, Choosing, Column, ColumnHeads, Grouping, ListRows, Sort } from './types.ts';

type Options<R> = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly columns: readonly Column<R>[];
  readonly rows: ListRows<R>;
  readonly sort: Sort;
  readonly hasFoot: boolean;
  readonly pageRows: () => number;
  readonly move: (to: Place) => void;
  readonly onSort: (sort: Sort) => void;
  readonly onResize: (key: string, width: number) => void;
  readonly onOpen: (row: R, column: string) => void;
  readonly onPeek?: ((row: R) => void) | undefined;
  readonly peeking: boolean;
  readonly onEndPeek?: (() => void) | undefined;
  readonly choosing?: Choosing<R> | undefined;
  readonly grouping?: Grouping<R> | undefined;
  readonly editing?: CellEditing<R> | undefined;
  readonly onEdit: (at: Place) => void;
  readonly heads?: ColumnHeads | undefined;
  /** Opens the menu of a column. */
  readonly onHead: (column: number) => void;
  /** F2 while rows are chosen: all of them are changed. */
  readonly onEditChosen?: ((column: string) => void) | undefined;
  readonly onCopy?: ((row: R | undefined, column: string) => void) | undefined;
};

function placeOf(event: { target: EventTarget }): Place | undefined {
  const element = event.target instanceof Element ? event.target : null;
  // an editor in a cell has its own keys
  if (element?.closest('[data-editor]') instanceof Element) return undefined;
  const cell = element?.closest('[data-column]');
  const row = cell?.closest('[data-row]');
  if (!(cell instanceof HTMLElement) || !(row instanceof HTMLElement)) return undefined;
  return { row: Number(row.dataset['row']), column: Number(cell.dataset['column']) };
}

const isCtrl = (event: { readonly ctrlKey: boolean; readonly metaKey: boolean }) => event.ctrlKey || event.metaKey;

/** What keys and clicks do in a list: move, sort, choose, peek, open, edit. */
export function useGridKeys<R>(options: Options<R>) {
  const { columns, rows, sort, move, onSort, onResize, choosing, grouping, editing } = options;
  /** Where a stretch of chosen rows begins. */
  const anchor = useRef(0);
  const isBoxColumn = (column: number) => choosing !== undefined && column === 0;

  const sortBy = (position: number, add: boolean) => {
    if (isBoxColumn(position)) return choosing?.state === 'all' ? choosing.onNone() : choosing?.onAll();
    const column = columns[position];
    if (column && column.sortable !== false) onSort(nextSort(sort, column.key, add));
  };
  const toggle = (row: R, line: number) => {
    anchor.current = line;
    choosing?.onToggle(row, line);
  };
  const stretch = (to: number) => choosing?.onStretch(anchor.current, to);
  const openAt = (row: R, column: number) =>
    grouping?.headOf(row) === undefined ? options.onOpen(row, columns[column]?.key ?? '') : grouping.onToggle(row);
  const edits = (row: R, column: number) => {
    const key = columns[column]?.key;
    return key !== undefined && grouping?.headOf(row) === undefined && editing?.canEdit(row, key) === true;
  };

  /** Keys of a column's head: its menu, its place, its width; answers whether it was one. */
  const arranges = (event: KeyboardEvent, from: Place): boolean => {
    const column = from.row < 0 && !isBoxColumn(from.column) ? columns[from.column] : undefined;
    const opens = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey) || (event.altKey && event.key === 'ArrowDown');
    if (column && opens && options.heads) {
      event.preventDefault();
      options.onHead(from.column);
      return true;
    }
    if (!event.altKey) return false;
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (way === 0 || !column) return true;
    event.preventDefault();
    if (!event.shiftKey) onResize(column.key, Math.max(56, column.width + 16 * way));
    else if (options.heads) {
      const first = isBoxColumn(0) ? 1 : 0;
      const to = Math.max(first, Math.min(columns.length - 1, from.column + way));
      options.heads.onMove(column.key, to - first);
      move({ row: -1, column: to });
    }
    return true;
  };

  /** Keys that choose rows; answers whether it was one. */
  const chooses = (event: KeyboardEvent, from: Place, row: R | undefined): boolean => {
    if (choosing === undefined) return false;
    const { key, shiftKey } = event;
    if (isCtrl(event) && key.toLowerCase() === 'a' && !shiftKey) choosing.onAll();
    else if (key === 'Escape' && choosing.state !== 'none' && !options.peeking) choosing.onNone();
    else if (row === undefined || from.row < 0) return false;
    else if (key === 'x' && !isCtrl(event)) toggle(row, from.row);
    else if (key === ' ' && (shiftKey || isCtrl(event) || isBoxColumn(from.column))) toggle(row, from.row);
    else if (key === 'Enter' && isBoxColumn(from.column) && grouping?.headOf(row) === undefined) toggle(row, from.row);
    else if (shiftKey && (key === 'ArrowDown' || key === 'ArrowUp')) {
      if (choosing.state === 'none') toggle(row, from.row);
      const to = Math.max(0, Math.min((rows.total ?? 1) - 1, from.row + (key === 'ArrowDown' ? 1 : -1)));
      stretch(to);
      move({ row: to, column: from.column });
    } else return false;
    return true;
  };

  /** Keys of a group's head; answers whether it was one. */
  const folds = (event: KeyboardEvent, row: R): boolean => {
    const head = grouping?.headOf(row);
    if (head === undefined) return false;
    const wanted = { ArrowRight: false, ArrowLeft: true, Enter: !head.closed, ' ': !head.closed }[event.key];
    if (wanted === undefined || event.ctrlKey || wanted === head.closed) return false;
    grouping?.onToggle(row);
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const from = placeOf(event);
    if (!from || arranges(event, from)) return;
    if ((event.key === 'j' || event.key === 'k') && isCtrl(event)) return;
    const row = from.row >= 0 ? rows.rowAt(from.row) : undefined;
    if (chooses(event, from, row) || (row !== undefined && folds(event, row))) return event.preventDefault();
    const extent = {
      rows: rows.total ?? 0,
      columns: columns.length,
      page: options.pageRows(),
      foot: options.hasFoot,
      home: choosing === undefined ? 0 : 1,
    };
    const next = moved(from, event.key, isCtrl(event), extent);
    if (next) {
      event.preventDefault();
      return move(next);
    }
    acts(event, from, row);
  };

  const acts = (event: KeyboardEvent, from: Place, row: R | undefined) => {
    const column = columns[from.column];
    const run = (work: (() => void) | undefined) => {
      if (work === undefined) return;
      event.preventDefault();
      work();
    };
    switch (event.key) {
      case 'Escape':
        return options.peeking ? run(options.onEndPeek) : undefined;
      case 'F2':
        if (choosing !== undefined && choosing.state !== 'none') return run(() => options.onEditChosen?.(column?.key ?? ''));
        return row !== undefined && edits(row, from.column) ? run(() => options.onEdit(from)) : undefined;
      case 'c':
        return isCtrl(event) && options.onCopy ? run(() => options.onCopy?.(row, column?.key ?? '')) : undefined;
      case 'Enter':
        if (from.row < 0) return run(() => sortBy(from.column, event.shiftKey));
        if (row === undefined) return undefined;
        return run(() => (edits(row, from.column) ? options.onEdit(from) : openAt(row, from.column)));
      case ' ':
        if (from.row < 0) return run(() => sortBy(from.column, event.shiftKey));
        if (row === undefined) return undefined;
        return run(() => (options.peeking ? options.onEndPeek?.() : options.onPeek?.(row)));
      default:
        return undefined;
    }
  };

  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented) return;
    const at = placeOf(event);
    if (!at) return;
    move(at);
    if (at.row < 0) return sortBy(at.column, event.shiftKey);
    const row = rows.rowAt(at.row);
    if (row === undefined) return;
    if (choosing !== undefined && event.shiftKey) {
      event.preventDefault();
      if (choosing.state === 'none') toggle(row, at.row);
      return stretch(at.row);
    }
    if (isBoxColumn(at.column) || (choosing !== undefined && isCtrl(event))) {
      event.preventDefault();
      return toggle(row, at.row);
    }
    if (grouping?.headOf(row) !== undefined) return grouping.onToggle(row);
    anchor.current = at.row;
  };
  const onContextMenu = (event: MouseEvent) => {
    const at = placeOf(event);
    if (at === undefined || at.row >= 0 || isBoxColumn(at.column) || options.heads === undefined) return;
    event.preventDefault();
    options.onHead(at.column);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const at = placeOf(event);
    const row = at && at.row >= 0 ? rows.rowAt(at.row) : undefined;
    if (at === undefined || row === undefined || isBoxColumn(at.column) || grouping?.headOf(row) !== undefined) return;
    if (edits(row, at.column)) options.onEdit(at);
    else options.onOpen(row, columns[at.column]?.key ?? '');
  };
  return { onKeyDown, onClick, onDoubleClick, onContextMenu };
}
