import { memo } from 'react';
import { Bone } from '../skeleton.tsx';
import names from './data-list.module.css';
import type { Column } from './types.ts';

type Props<R> = {
  readonly row: R | undefined;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly Column<R>[];
  /** Column that holds the grid's one tab stop; −1 when it is in another row. */
  readonly stop: number;
  readonly current: boolean;
};

function Row<R>({ row, index, top, columns, stop, current }: Props<R>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={current}
      data-row={index}
      className={names.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, position) => (
        <div
          key={column.key}
          role="gridcell"
          aria-colindex={position + 1}
          tabIndex={position === stop ? 0 : -1}
          data-column={position}
          data-align={column.align}
          className={names.cell}
        >
          {row === undefined ? <Bone width={`${45 + ((index * 7 + position * 13) % 40)}%`} /> : column.render(row)}
        </div>
      ))}
    </div>
  );
}

/** Rows are drawn again only when their own content, place or focus changes: scrolling stays at 60 frames. */
export const ListRow = memo(Row) as typeof Row; // memo() loses the type parameter
