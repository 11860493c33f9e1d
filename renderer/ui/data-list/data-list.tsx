import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type RefObject,
} from 'react';
import { useRowHeight } from '../density.ts';
import { ListBody, type FocusWish } from './body.tsx';
import { CHOOSE_COLUMN } from './choose-box.tsx';
import names from './data-list.module.css';
import { ListFoot } from './foot.tsx';
import { ListHeader } from './header.tsx';
import type { Place } from './movement.ts';
import type { CellEditing, Choosing, Column, ColumnHeads, EditEnd, Grouping, ListHandle, ListPlace, ListRows, Sort } from './types.ts';
import { useAside } from './use-aside.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { usePlace } from './use-place.ts';
import { useRowAt } from './use-row-at.ts';

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
  /** Enter and a double click, with the column that they were made in. */
  readonly onOpen: (row: R, column: string) => void;
  /** Space, and every move while the peek panel is open. */
  readonly onPeek?: (row: R) => void;
  readonly peeking?: boolean;
  readonly onEndPeek?: () => void;
  /** Which row the person is on; undefined until it has arrived. */
  readonly onCurrent?: (row: R | undefined) => void;
  readonly empty: ReactNode;
  /** Takes the keyboard to a cell, for what follows a record that moves. */
  readonly handle?: RefObject<ListHandle | null> | undefined;
  readonly recall?: (queryKey: string) => ListPlace | undefined;
  readonly remember?: (queryKey: string, place: ListPlace) => void;
  /** Rows can be chosen: a box before each, Ctrl+A, Shift and the arrow keys. */
  readonly choosing?: Choosing<R> | undefined;
  readonly grouping?: Grouping<R> | undefined;
  readonly editing?: CellEditing<R> | undefined;
  readonly onEditChosen?: ((column: string) => void) | undefined;
  readonly onCopy?: ((row: R | undefined, column: string) => void) | undefined;
  /** Heads of columns have a menu and can be moved. */
  readonly heads?: ColumnHeads | undefined;
  /** What the columns come to, in a row of its own under the list. */
  readonly foot?: { readonly title: ReactNode; readonly sumOf: (column: string) => ReactNode } | undefined;
};

const template = (columns: readonly Column<never>[]) =>
  columns.map(({ width }, position) => (position === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`)).join(' ');

/**
 * A grid of any length: only the rows on screen exist, sorting and filtering are the caller's (the engine's), one tab
 * stop that the arrow keys move, Space peeks, Enter opens or edits, Enter on a header sorts (Shift adds), X and Shift with
 * the arrow keys choose rows; Alt with an arrow key widens, moves (with Shift) or opens the menu of a column.
 */
export function DataList<R>(props: Props<R>) {
  const { label, rows, queryKey, sort, onPeek, peeking = false, onCurrent, empty, choosing, grouping, editing, foot, heads } = props;
  const { total, rowAt } = rows;
  const isChoosing = choosing !== undefined;
  const columns = useMemo<readonly Column<R>[]>(
    () => (isChoosing ? [CHOOSE_COLUMN, ...props.columns] : props.columns),
    [isChoosing, props.columns],
  );
  const rowHeight = useRowHeight();
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef<FocusWish>(undefined);
  const [place, setPlace] = useState<Place>({ row: 0, column: isChoosing ? 1 : 0 });
  const [isEntered, setEntered] = useState(false);
  const [edited, setEdited] = useState<Place>();
  /** The column whose menu is open. */
  const [menuAt, setMenuAt] = useState<number>();
  const count = total ?? WAITING_ROWS;
  const hasFoot = foot !== undefined && total !== undefined && total > 0;
  const current = Math.min(place.row, count - 1 + (hasFoot ? 1 : 0));
  const footHeight = hasFoot ? rowHeight : 0;

  const goTo = useCallback((row: number, focus: boolean) => {
    // back in a list, its scroll position counts, wherever the row is
    wantsFocus.current = focus ? 'where-it-is' : undefined;
    setPlace((before) => ({ row, column: before.column }));
  }, []);
  useAside(frame, scroller);
  usePlace({ scroller, queryKey, total, place, recall: props.recall, remember: props.remember, goTo });

  const currentRow = useRowAt(rows, total === undefined || current >= total ? -1 : current);
  useEffect(() => {
    // until the list is entered, its first row is no one's choice
    if (isEntered) onCurrent?.(currentRow);
  }, [onCurrent, currentRow, isEntered]);
  useEffect(() => {
    if (peeking && currentRow !== undefined && grouping?.headOf(currentRow) === undefined) onPeek?.(currentRow);
  }, [peeking, currentRow, onPeek, grouping]);

  const move = useCallback((to: Place) => {
    wantsFocus.current = 'in-sight';
    setPlace(to);
  }, []);
  useImperativeHandle(props.handle, () => ({
    toColumn: (key) => {
      const column = columns.findIndex((one) => one.key === key);
      if (column >= 0 && current >= 0) move({ row: current, column });
    },
    toRow: (row) => {
      if (current < 0 || row === current) return;
      const isHere = scroller.current?.contains(document.activeElement) === true;
      goTo(row, isHere);
    },
  }));
  const focusWish = useCallback(() => wantsFocus.current, []);
  const onFocusGiven = useCallback(() => {
    wantsFocus.current = undefined;
  }, []);
  const onMenu = useCallback(
    (at: number | undefined) => {
      setMenuAt(at);
      // the menu leaves the focus where it was opened from
      if (at === undefined && menuAt !== undefined) move({ row: -1, column: menuAt });
    },
    [menuAt, move],
  );
  /** The next cell of the row that can be edited, or the one before. */
  const besides = ({ row, column }: Place, by: 1 | -1): Place | undefined => {
    const line = rowAt(row);
    if (line === undefined || editing === undefined) return undefined;
    for (let at = column + by; at >= 0 && at < columns.length; at += by)
      if (editing.canEdit(line, columns[at]?.key ?? '')) return { row, column: at };
    return undefined;
  };
  const endEdit = (at: Place) => (end: EditEnd) => {
    const next = end === 'next' ? besides(at, 1) : end === 'before' ? besides(at, -1) : undefined;
    setEdited(next);
    if (next !== undefined) setPlace(next);
    else if (end !== 'leave') move(at);
  };
  const { onKeyDown, onClick, onDoubleClick, onContextMenu } = useGridKeys<R>({
    ...props,
    peeking,
    columns,
    scroller,
    hasFoot,
    pageRows: () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 400) - HEADER - footHeight) / rowHeight) - 1),
    move,
    onHead: setMenuAt,
    onEdit: (at) => {
      setPlace(at);
      setEdited(at);
    },
  });

  // custom properties are not in CSSProperties
  const measures = {
    '--columns': template(columns),
    '--width': `${columns.reduce((sum, column) => sum + column.width, 0)}px`,
    '--header': `${HEADER}px`,
    '--first': `${(columns[0]?.width ?? 0) + (isChoosing ? (columns[1]?.width ?? 0) : 0)}px`,
    '--foot': `${footHeight}px`,
    '--row': `${rowHeight}px`,
  } as CSSProperties;

  return (
    <div ref={frame} className={names.frame} style={measures} data-choosing={isChoosing || undefined}>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={total === undefined ? -1 : total + 1 + (hasFoot ? 1 : 0)}
        aria-colcount={columns.length}
        aria-busy={total === undefined}
        {...(isChoosing ? { 'aria-multiselectable': true } : {})}
        className={names.scroller}
        onFocus={() => setEntered(true)}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenu={onContextMenu}
      >
        <div role="presentation" className={names.sizer} style={{ height: HEADER + count * rowHeight + footHeight }}>
          <ListHeader
            columns={columns}
            sort={sort}
            stop={current < 0 || total === 0 ? place.column : -1}
            onResize={props.onResize}
            choosing={choosing?.state}
            heads={heads}
            menuAt={menuAt}
            onMenu={onMenu}
          />
          <ListBody
            scroller={scroller}
            rows={rows}
            count={count}
            columns={columns}
            rowHeight={rowHeight}
            header={HEADER}
            current={current}
            column={place.column}
            peeking={peeking}
            focusWish={focusWish}
            onFocusGiven={onFocusGiven}
            edited={edited}
            onEditEnd={endEdit}
            choosing={choosing}
            grouping={grouping}
            editing={editing}
          />
          {hasFoot && (
            <ListFoot
              columns={columns}
              index={count}
              sumOf={foot.sumOf}
              title={foot.title}
              titleAt={isChoosing ? 1 : 0}
              stop={current === count ? place.column : -1}
            />
          )}
        </div>
        {total === 0 && <div className={names.empty}>{empty}</div>}
      </div>
    </div>
  );
}
