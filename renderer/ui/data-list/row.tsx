import { memo, useState, type ReactNode } from 'react';
import { Icon } from '../icon.tsx';
import { formatNumber } from '../format.ts';
import { Bone } from '../skeleton.tsx';
import { ChooseBox } from './choose-box.tsx';
import names from './data-list.module.css';
import type { Column, GroupHead } from './types.ts';

type Props<R> = {
  readonly row: R | undefined;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly Column<R>[];
  /** The list rushes by: a row that is new only shows what it is. */
  readonly light: boolean;
  /** Column that holds the grid's one tab stop; −1 when it is in another row. */
  readonly stop: number;
  readonly current: boolean;
  /** Undefined: rows of this list are not chosen. */
  readonly chosen?: boolean | undefined;
  readonly chooseLabel?: string | undefined;
  readonly head?: GroupHead | undefined;
  /** The column that is edited, and its editor. */
  readonly editing?: number | undefined;
  readonly editor?: ReactNode;
};

function GroupRow<R>({ index, top, columns, stop, head, chosen }: Props<R> & { readonly head: GroupHead }) {
  const first = chosen === undefined ? 0 : 1;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      data-group
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
          {...(position === first ? { 'aria-expanded': !head.closed } : {})}
        >
          {position === first ? (
            <span className={names.groupHead}>
              <Icon name={head.closed ? 'chevronRight' : 'chevronDown'} size={13} />
              <span className={names.groupLabel}>{head.label}</span>
              <span className={names.groupCount}>{formatNumber(head.count, 0)}</span>
            </span>
          ) : (
            position > first && <span className={names.sum}>{head.sumOf(column.key)}</span>
          )}
        </div>
      ))}
    </div>
  );
}

function Row<R>(props: Props<R>) {
  const { index, top, columns, light, stop, current, chosen, head, editing } = props;
  // once drawn whole it stays so, until the element shows another line
  const [wholeLine, setWholeLine] = useState(light ? undefined : index);
  if (!light && wholeLine !== index) setWholeLine(index);
  const isWhole = !light || wholeLine === index || stop >= 0;
  const drawn = isWhole ? columns : columns.slice(0, chosen === undefined ? 1 : 2);
  if (head !== undefined) return <GroupRow {...props} head={head} />;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen ?? current}
      data-row={index}
      data-current={current || undefined}
      data-editing={editing !== undefined || undefined}
      className={names.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      {drawn.map((column, position) => (
        <div
          key={column.key}
          role="gridcell"
          aria-colindex={position + 1}
          tabIndex={position === stop ? 0 : -1}
          data-column={position}
          data-align={column.align}
          data-edited={position === editing || undefined}
          className={names.cell}
        >
          {cellContent(props, column, position)}
        </div>
      ))}
    </div>
  );
}

function cellContent<R>({ row, index, chosen, chooseLabel, editing, editor }: Props<R>, column: Column<R>, position: number): ReactNode {
  if (chosen !== undefined && position === 0) return <ChooseBox state={chosen ? 'all' : 'none'} label={chooseLabel ?? 'Choose the row'} />;
  if (row === undefined) return <Bone width={`${45 + ((index * 7 + position * 13) % 40)}%`} />;
  return position === editing ? <div data-editor>{editor}</div> : column.render(row);
}

// every property, as the type of the record sees to
const NAMES = Object.keys({
  row: 0,
  index: 0,
  top: 0,
  columns: 0,
  light: 0,
  stop: 0,
  current: 0,
  chosen: 0,
  chooseLabel: 0,
  head: 0,
  editing: 0,
  editor: 0,
} satisfies Record<keyof Props<never>, 0>) as readonly (keyof Props<never>)[]; // Object.keys loses the literal type of a constant object's keys

/** Whether nothing changed that the row shows; that the list begins to rush leaves a row that is drawn as it is. */
function looksSame<R>(before: Props<R>, after: Props<R>): boolean {
  for (const name of NAMES) if (!Object.is(before[name], after[name]) && !(name === 'light' && after.light)) return false;
  return true;
}

/** Rows are drawn again only when their own content, place or focus changes: scrolling stays at 60 frames. */
export const ListRow = memo(Row, looksSame) as typeof Row; // memo() loses the type parameter
