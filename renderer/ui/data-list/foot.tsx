import type { ReactNode } from 'react';
import names from './data-list.module.css';
import type { Column } from './types.ts';

type Props<R> = {
  readonly columns: readonly Column<R>[];
  readonly index: number;
  readonly sumOf: (column: string) => ReactNode;
  /** Stands in the first column with words. */
  readonly title: ReactNode;
  readonly titleAt: number;
  readonly stop: number;
};

/** What the columns come to, under the list. */
export function ListFoot<R>({ columns, index, sumOf, title, titleAt, stop }: Props<R>) {
  return (
    <div role="rowgroup" className={names.footGroup}>
      <div role="row" aria-rowindex={index + 2} data-row={index} data-foot className={names.footRow}>
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
            {position === titleAt ? title : <span className={names.sum}>{sumOf(column.key)}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
