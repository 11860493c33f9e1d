import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { useRowHeight } from '../density.ts';
import names from './data-list.module.css';
import { ListHeader } from './header.tsx';
import { moved, nextSort, type Place } from './movement.ts';
import { ListRow } from './row.tsx';
import type { Column, ListPlace, ListRows, Sort } from './types.ts';
import { usePlace } from './use-place.ts';

const HEADER = 34;
const WAITING_ROWS = 14;

type Props<R> = {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: ListRows<R>;
  readonly queryKey: string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onResize: (key: string, width: number) => void;
  readonly onOpen: (row: R) => void;
  /** Space, and every move while the peek panel is open. */
  readonly onPeek?: (row: R) => void;
  readonly peeking?: boolean;
  readonly onEndPeek?: () => void;
  /** Which row the person is on; undefined until it has arrived. */
  readonly onCurrent?: (row: R | undefined) => void;
  readonly empty: ReactNode;
  readonly recall?: (queryKey: string) => ListPlace | undefined;
  readonly remember?: (queryKey: string, place: ListPlace) => void;
};

const template = (columns: readonly Column<never>[]) =>
  columns.map(({ width }, position) => (position === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`)).join(' ');

function placeOf(event: { target: EventTarget }): Place | undefined {
  const cell = event.target instanceof Element ? event.target.closest('[data-column]') : null;
  const row = cell?.closest('[data-row]');
  if (!(cell instanceof HTMLElement) || !(row instanceof HTMLElement)) return undefined;
  return { row: Number(row.dataset['row']), column: Number(cell.dataset['column']) };
}

/**
 * A grid of any length: only the rows on screen exist, sorting and filtering are the caller's (the engine's), one tab
 * stop that the arrow keys move, Space peeks, Enter opens, Enter on a header sorts (Shift adds).
 */
export function DataList<R>(props: Props<R>) {
  const { label, columns, rows, queryKey, sort, onSort, onResize, onOpen, onPeek, peeking = false, onEndPeek, onCurrent, empty } = props;
  const { total, rowAt, onRange } = rows;
  const rowHeight = useRowHeight();
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef<'in-sight' | 'where-it-is' | undefined>(undefined);
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const [isEntered, setEntered] = useState(false);
  const count = total ?? WAITING_ROWS;
  const current = Math.min(place.row, count - 1);

  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      // the row with the focus stays, or the keyboard would lose its place when it scrolls away
      return current < 0 || shown.includes(current) ? shown : [...shown, current].toSorted((a, b) => a - b);
    },
    [current],
  );
  // oxlint-disable-next-line react/incompatible-library -- the warning is for the React Compiler, which is not used here
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: HEADER,
    overscan: 8,
    rangeExtractor,
  });
  useEffect(() => {
    virtual.measure();
  }, [virtual, rowHeight]);

  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? WAITING_ROWS;
  useEffect(() => {
    onRange(first, last);
  }, [onRange, first, last]);

  const cellAt = useCallback(
    (row: number, column: number) =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${row}"] > [data-column="${column}"]`) ?? undefined,
    [],
  );
  const goTo = useCallback((row: number, focus: boolean) => {
    // back in a list, its scroll position counts, wherever the row is
    wantsFocus.current = focus ? 'where-it-is' : undefined;
    setPlace((before) => ({ row, column: before.column }));
  }, []);
  useLayoutEffect(() => {
    if (wantsFocus.current === undefined) return;
    const cell = cellAt(current, place.column);
    if (!cell) return;
    if (wantsFocus.current === 'in-sight') cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    wantsFocus.current = undefined;
    cell.focus({ preventScroll: true });
  });
  usePlace({ scroller, queryKey, total, place, recall: props.recall, remember: props.remember, goTo });

  const currentRow = total === undefined ? undefined : rowAt(current);
  useEffect(() => {
    // until the list is entered, its first row is no one's choice
    if (isEntered) onCurrent?.(currentRow);
  }, [onCurrent, currentRow, isEntered]);
  useEffect(() => {
    if (peeking && currentRow !== undefined) onPeek?.(currentRow);
  }, [peeking, currentRow, onPeek]);

  const move = (to: Place) => {
    wantsFocus.current = 'in-sight';
    setPlace(to);
  };
  const sortBy = (position: number, add: boolean) => {
    const column = columns[position];
    if (column && column.sortable !== false) onSort(nextSort(sort, column.key, add));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const from = placeOf(event);
    if (!from) return;
    const column = columns[from.column];
    if (event.altKey) {
      const by = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
      if (by === 0 || from.row >= 0 || !column) return;
      event.preventDefault();
      onResize(column.key, Math.max(56, column.width + by));
      return;
    }
    if ((event.key === 'j' || event.key === 'k') && (event.ctrlKey || event.metaKey)) return;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 400) - HEADER) / rowHeight) - 1);
    const next = moved(from, event.key, event.ctrlKey || event.metaKey, { rows: total ?? 0, columns: columns.length, page });
    if (next) {
      event.preventDefault();
      move(next);
      return;
    }
    if (event.key === 'Escape' && peeking) {
      event.preventDefault();
      onEndPeek?.();
      return;
    }
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (from.row < 0) return sortBy(from.column, event.shiftKey);
    const row = rowAt(from.row);
    if (row === undefined) return;
    if (event.key === 'Enter') onOpen(row);
    else if (peeking) onEndPeek?.();
    else onPeek?.(row);
  };

  const onClick = (event: MouseEvent) => {
    const at = placeOf(event);
    if (!at) return;
    if (at.row < 0) sortBy(at.column, event.shiftKey);
    move(at);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const at = placeOf(event);
    const row = at && at.row >= 0 ? rowAt(at.row) : undefined;
    if (row !== undefined) onOpen(row);
  };

  // custom properties are not in CSSProperties
  const measures = {
    '--columns': template(columns),
    '--width': `${columns.reduce((sum, column) => sum + column.width, 0)}px`,
    '--header': `${HEADER}px`,
    '--first': `${columns[0]?.width ?? 0}px`,
    '--row': `${rowHeight}px`,
  } as CSSProperties;

  return (
    <div className={names.frame} style={measures}>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={total === undefined ? -1 : total + 1}
        aria-colcount={columns.length}
        aria-busy={total === undefined}
        className={names.scroller}
        onFocus={() => setEntered(true)}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
      >
        <div role="presentation" className={names.sizer} style={{ height: virtual.getTotalSize() }}>
          <ListHeader columns={columns} sort={sort} stop={current < 0 || total === 0 ? place.column : -1} onResize={onResize} />
          <div role="rowgroup">
            {virtual.getVirtualItems().map((item) => (
              <ListRow
                key={item.key}
                index={item.index}
                top={item.start}
                row={total === undefined ? undefined : rowAt(item.index)}
                columns={columns}
                stop={item.index === current ? place.column : -1}
                current={peeking && item.index === current}
              />
            ))}
          </div>
        </div>
        {total === 0 && <div className={names.empty}>{empty}</div>}
      </div>
    </div>
  );
}
