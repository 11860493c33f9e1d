import { Tooltip } from '@mantine/core';
import type { PointerEvent } from 'react';
import { Icon } from '../icon.tsx';
import { ChooseBox } from './choose-box.tsx';
import names from './data-list.module.css';
import type { Choosing, Column, Sort } from './types.ts';

type Props<R> = {
  readonly columns: readonly Column<R>[];
  readonly sort: Sort;
  readonly stop: number;
  readonly onResize: (key: string, width: number) => void;
  /** How much is chosen, where rows can be. */
  readonly choosing?: Choosing<R>['state'] | undefined;
};

const ARIA = { up: 'ascending', down: 'descending' } as const;

/** Follows the pointer from the edge of a header; the keyboard does the same with Alt and the arrow keys. */
function startResize(event: PointerEvent<HTMLSpanElement>, width: number, onWidth: (width: number) => void) {
  event.preventDefault();
  event.stopPropagation();
  const handle = event.currentTarget;
  const from = event.clientX;
  handle.setPointerCapture(event.pointerId);
  const move = (next: globalThis.PointerEvent) => onWidth(Math.max(56, Math.round(width + next.clientX - from)));
  const end = () => {
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('pointerup', end);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', end);
}

export function ListHeader<R>({ columns, sort, stop, onResize, choosing }: Props<R>) {
  return (
    <div role="rowgroup" className={names.headerGroup}>
      <div role="row" aria-rowindex={1} data-row={-1} className={names.headerRow}>
        {columns.map((column, position) => {
          if (choosing !== undefined && position === 0) {
            return (
              <div
                key={column.key}
                role="columnheader"
                aria-colindex={1}
                tabIndex={position === stop ? 0 : -1}
                data-column={0}
                data-sortable
                className={names.headerCell}
              >
                <ChooseBox state={choosing} label="Choose all rows" />
              </div>
            );
          }
          const place = sort.findIndex((key) => key.field === column.key);
          const direction = sort[place]?.direction;
          const sortable = column.sortable !== false;
          const content = <span className={names.headerText}>{column.title}</span>;
          return (
            <div
              key={column.key}
              role="columnheader"
              aria-colindex={position + 1}
              {...(sortable ? { 'aria-sort': direction && place === 0 ? ARIA[direction] : 'none' } : {})}
              tabIndex={position === stop ? 0 : -1}
              data-column={position}
              data-align={column.align}
              data-sortable={sortable}
              className={names.headerCell}
            >
              {column.help === undefined ? content : <Tooltip label={column.help}>{content}</Tooltip>}
              {direction !== undefined && (
                <span className={names.sortMark}>
                  <Icon name={direction === 'up' ? 'arrowUp' : 'arrowDown'} size={12} />
                  {sort.length > 1 && <span aria-hidden="true">{place + 1}</span>}
                </span>
              )}
              <span
                aria-hidden="true"
                className={names.resizer}
                onPointerDown={(event) => startResize(event, column.width, (width) => onResize(column.key, width))}
                onClick={(event) => event.stopPropagation()}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
