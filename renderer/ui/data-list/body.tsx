import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { isInDialog } from '../dialog.tsx';
import type { Place } from './movement.ts';
import { ListRow } from './row.tsx';
import { slotted, type Slots } from './slots.ts';
import type { CellEditing, Choosing, Column, EditEnd, Grouping, ListRows } from './types.ts';
import { useLostFocus } from './use-lost-focus.ts';
import { useInSight } from './use-in-sight.ts';
import { useArrivals } from './use-row-at.ts';
import { useRush } from './use-rush.ts';

/** Rows drawn beyond those in sight; while the list rushes by, what lies beyond is gone before it could be seen. */
const BEYOND = 8;
const BEYOND_RUSHING = 1;

/** Where the focus is wanted once the cell is there; `where-it-is`: the list does not scroll for it. */
export type FocusWish = 'in-sight' | 'where-it-is' | undefined;

type Props<R> = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: ListRows<R>;
  /** Lines there are, or those that stand for them until the first answer. */
  readonly count: number;
  readonly columns: readonly Column<R>[];
  readonly rowHeight: number;
  readonly header: number;
  /** The line and the column that hold the grid's tab stop. */
  readonly current: number;
  readonly column: number;
  readonly peeking: boolean;
  readonly focusWish: () => FocusWish;
  /** The cell that the focus was wanted in has it. */
  readonly onFocusGiven: () => void;
  readonly edited: Place | undefined;
  readonly onEditEnd: (at: Place) => (end: EditEnd) => void;
  readonly choosing: Choosing<R> | undefined;
  readonly grouping: Grouping<R> | undefined;
  readonly editing: CellEditing<R> | undefined;
};

const NOWHERE = { lines: '', slots: new Map<number, number>() } as const;

/** The lines from one to another, and the one with the focus: without it the keyboard would lose its place when that line scrolls away. */
function linesShown(from: number, to: number, focused: number): readonly number[] {
  const lines = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  if (focused < 0 || (focused >= from && focused <= to)) return lines;
  return focused < from ? [focused, ...lines] : [...lines, focused];
}

/** The lines in sight. Scrolling draws this anew and nothing around it. */
export function ListBody<R>(props: Props<R>) {
  const { scroller, rows, count, columns, rowHeight, header, current, column, peeking, focusWish, onFocusGiven } = props;
  const { edited, onEditEnd, choosing, grouping, editing } = props;
  const { total, rowAt, onRange } = rows;
  useArrivals(rows);
  const whole = useRush(scroller);
  const group = useRef<HTMLDivElement>(null);
  const { first, last } = useInSight(group, count, { rowHeight, header });
  const beyond = whole === Infinity ? BEYOND : BEYOND_RUSHING;
  const shown = linesShown(Math.max(0, first - beyond), Math.min(count - 1, last + beyond), current < count ? current : -1);
  useEffect(() => {
    if (last >= first) onRange(first, last);
  }, [onRange, first, last]);

  const hasLostFocus = useLostFocus(scroller);
  useLayoutEffect(() => {
    const wish = focusWish() ?? (hasLostFocus() ? 'where-it-is' : undefined);
    if (wish === undefined) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-row="${current}"] > [data-column="${column}"]`);
    if (!cell) return;
    onFocusGiven();
    const isComingBack = wish === 'where-it-is';
    if (!isComingBack) cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (!isComingBack || !isInDialog()) cell.focus({ preventScroll: true });
  });

  const lines = shown.join(' ');
  const [placed, setPlaced] = useState<{ readonly lines: string; readonly slots: Slots }>(NOWHERE);
  let { slots } = placed;
  if (placed.lines !== lines) {
    slots = slotted(slots, shown);
    setPlaced({ lines, slots });
  }
  return (
    <div ref={group} role="rowgroup">
      {shown.map((index) => {
        const row = total === undefined ? undefined : rowAt(index);
        const head = row === undefined ? undefined : grouping?.headOf(row);
        const at = edited?.row === index ? edited : undefined;
        const key = columns[at?.column ?? -1]?.key;
        return (
          <ListRow
            key={slots.get(index)}
            index={index}
            top={header + index * rowHeight}
            row={row}
            columns={columns}
            light={total === undefined || whole === 0 || index - first >= whole}
            stop={index === current ? column : -1}
            current={peeking && index === current}
            head={head}
            chosen={choosing && (row !== undefined && head === undefined ? choosing.isChosen(row) : false)}
            chooseLabel={row === undefined || head !== undefined ? undefined : choosing?.labelOf(row)}
            editing={at?.column}
            editor={at !== undefined && row !== undefined && key !== undefined ? editing?.render(row, key, onEditEnd(at)) : undefined}
          />
        );
      })}
    </div>
  );
}
