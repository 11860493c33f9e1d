import { Menu, Tooltip } from '@mantine/core';
import { memo, useRef, type PointerEvent } from 'react';
import { Icon } from '../icon.tsx';
import { ChooseBox } from './choose-box.tsx';
import { useColumnDrag } from './column-drag.ts';
import names from './data-list.module.css';
import type { Choosing, Column, ColumnHeads, Sort } from './types.ts';

type Props<R> = {
  readonly columns: readonly Column<R>[];
  readonly sort: Sort;
  readonly stop: number;
  readonly onResize: (key: string, width: number) => void;
  /** How much is chosen, where rows can be. */
  readonly choosing?: Choosing<R>['state'] | undefined;
  readonly heads?: ColumnHeads | undefined;
  /** The column whose menu is open. */
  readonly menuAt: number | undefined;
  readonly onMenu: (column: number | undefined) => void;
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

type HeadMenuProps = { readonly title: string; readonly column: string; readonly heads: ColumnHeads } & {
  readonly opened: boolean;
  readonly onOpened: (opened: boolean) => void;
};

/** What can be done with a column. */
function HeadMenu({ title, column, heads, opened, onOpened }: HeadMenuProps) {
  return (
    // the list would cut it off
    <Menu
      opened={opened}
      onChange={onOpened}
      position="bottom-end"
      width={230}
      returnFocus={false}
      withinPortal
      portalProps={{ target: 'main' }}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Column ${title}`}
          className={names.headMenu}
          data-opened={opened || undefined}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => event.preventDefault()}
        >
          <Icon name="chevronDown" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Column ${title}`}>
        {heads.actionsOf(column).map(({ label, icon, keys, isOn, run }) => (
          <Menu.Item
            key={label}
            leftSection={icon && <Icon name={icon} size={14} />}
            rightSection={isOn === true ? <Icon name="check" size={13} /> : keys && <span className={names.headKeys}>{keys}</span>}
            onClick={run}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Header<R>({ columns, sort, stop, onResize, choosing, heads, menuAt, onMenu }: Props<R>) {
  const row = useRef<HTMLDivElement>(null);
  const first = choosing === undefined ? 0 : 1;
  const cells = () => [...(row.current?.querySelectorAll<HTMLElement>('[role="columnheader"]') ?? [])].slice(first);
  const { drag, onPointerDown, onClickCapture } = useColumnDrag(heads?.onMove, cells);
  return (
    <div role="rowgroup" className={names.headerGroup}>
      <div ref={row} role="row" aria-rowindex={1} data-row={-1} className={names.headerRow} onClickCapture={onClickCapture}>
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
          const isLast = position === columns.length - 1;
          const content = <span className={names.headerText}>{column.title}</span>;
          return (
            <div
              key={column.key}
              role="columnheader"
              aria-colindex={position + 1}
              aria-label={column.spoken ?? (heads ? column.title : undefined)}
              {...(sortable ? { 'aria-sort': direction && place === 0 ? ARIA[direction] : 'none' } : {})}
              tabIndex={position === stop ? 0 : -1}
              data-column={position}
              data-align={column.align}
              data-sortable={sortable}
              data-narrow={column.width < 40 || undefined}
              data-dragged={drag?.key === column.key || undefined}
              data-drop={
                drag === undefined
                  ? undefined
                  : drag.to === position - first
                    ? 'before'
                    : isLast && drag.to > position - first
                      ? 'after'
                      : undefined
              }
              className={names.headerCell}
              onPointerDown={(event) => onPointerDown(event, column.key, position - first)}
            >
              {column.help === undefined ? content : <Tooltip label={column.help}>{content}</Tooltip>}
              {direction !== undefined && (
                <span className={names.sortMark}>
                  <Icon name={direction === 'up' ? 'arrowUp' : 'arrowDown'} size={12} />
                  {sort.length > 1 && <span aria-hidden="true">{place + 1}</span>}
                </span>
              )}
              {heads && (
                <HeadMenu
                  title={column.title}
                  column={column.key}
                  heads={heads}
                  opened={menuAt === position}
                  onOpened={(opened) => onMenu(opened ? position : undefined)}
                />
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

/** Its menus and hints cost much to draw: only when a column, the sort or the tab stop changes. */
export const ListHeader = memo(Header) as typeof Header; // memo() loses the type parameter
