import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { moneyFromDecimal } from '#shared/util/money.ts';
import type { ListName, WindowedRows } from '../../data/use-window.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { DataList } from '../../ui/data-list/data-list.tsx';
import type { CellEditing, ColumnHeads, Grouping } from '../../ui/data-list/types.ts';
import { formatMoney, formatMonth } from '../../ui/format.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { CellEditor, editableField } from './cell-editor.tsx';
import { columnActions, movedTo } from './column-actions.ts';
import type { ListLine } from './record-columns.tsx';
import names from './records.module.css';
import { SumText } from './sum-text.tsx';
import type { ListState } from './use-list-state.ts';
import type { ListWork } from './use-list-work.ts';

const MONTH = /^\d{4}-\d{2}$/;
const AMOUNT = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/;

/** The engine calls a group of amounts `1234.50 USD`. */
function amountHead(label: string): string {
  const [, amount, currency] = AMOUNT.exec(label) ?? [];
  return amount === undefined || currency === undefined ? label : formatMoney(moneyFromDecimal(amount, currency));
}

/** Rows of a list in windows; those of some lists bring more along than the record. */
export type LineRows<R extends ListLine> = Omit<WindowedRows<ListName>, 'rowAt' | 'data'> & {
  readonly rowAt: (index: number) => R | undefined;
  readonly data: { readonly count: number; readonly sums: readonly Parameters<typeof SumText>[0]['sum'][] } | undefined;
};

type Props<R extends ListLine> = {
  readonly label: string;
  readonly state: ListState;
  readonly work: ListWork;
  readonly rows: LineRows<R>;
  readonly empty: ReactNode;
  /** What stands beside the list for the row that is looked at. */
  readonly peek: (line: Extract<R, { readonly kind: 'row' }>, onClose: () => void) => ReactNode;
  readonly onCurrent?: (line: R | undefined) => void;
};

const isRow = <R extends ListLine>(line: R): line is Extract<R, { readonly kind: 'row' }> => line.kind === 'row';

/** The rows of a list, the one that is looked at, and the dialog that changes many. */
export function ListGrid<R extends ListLine>({ label, state, work, rows, empty, peek, onCurrent }: Props<R>) {
  const { table, search, set, all, columns, layout, setLayout, shown, closed, setClosed } = state;
  const [peeked, setPeeked] = useState<Extract<R, { readonly kind: 'row' }>>();
  const { can, setBulk, filterByField, grid, open, choosing, chosen, target, bulk, endBulk, said, copyFrom } = work;
  const resize = useCallback(
    (key: string, width: number) => setLayout({ ...layout, widths: { ...layout.widths, [key]: width } }),
    [layout, setLayout],
  );
  const onPeek = useCallback((line: R) => setPeeked(isRow(line) ? line : undefined), []);
  const endPeek = useCallback(() => setPeeked(undefined), []);
  const sumOf = (sums: readonly Parameters<typeof SumText>[0]['sum'][] | undefined, key: string) => {
    const column = columns.find((one) => one.key === key);
    return column && <SumText sum={sums?.find((sum) => sum?.field === column.path)} info={column.info} />;
  };

  const grouping = useMemo<Grouping<ListLine> | undefined>(() => {
    const by = all.find(({ path }) => path === shown.group);
    if (shown.group === undefined) return undefined;
    const isDay = by?.info.kind === 'date' || by?.info.kind === 'instant';
    return {
      headOf: (line) => {
        if (line.kind !== 'group') return undefined;
        const text =
          line.label === undefined
            ? `No ${(by?.title ?? 'value').toLowerCase()}`
            : isDay && MONTH.test(line.label)
              ? formatMonth(line.label)
              : by?.info.kind === 'money'
                ? amountHead(line.label)
                : line.label;
        return {
          label: text,
          count: line.count,
          closed: line.closed,
          sumOf: (key) => {
            const column = columns.find((one) => one.key === key);
            return column && <SumText sum={line.sums.find(({ field }) => field === column.path)} info={column.info} />;
          },
        };
      },
      onToggle: (line) => {
        if (line.kind !== 'group') return;
        const except = closed.except.includes(line.key) ? closed.except.filter((key) => key !== line.key) : [...closed.except, line.key];
        setClosed({ all: closed.all, except });
      },
    };
  }, [all, columns, shown.group, closed, setClosed]);

  const isLabel = (key: string) => key === state.label?.key;
  const editing = useMemo<CellEditing<ListLine>>(
    () => ({
      canEdit: (line, key) => can.update && line.kind === 'row' && key !== state.label?.key && editableField(table, key) !== undefined,
      render: (line, key, onEnd) => {
        const field = editableField(table, key);
        if (line.kind !== 'row' || field === undefined) return null;
        return <CellEditor key={`${line.row.id} ${key}`} table={table} record={line} path={key} field={field} onEnd={onEnd} />;
      },
    }),
    [table, state.label, can.update],
  );
  const heads: ColumnHeads = {
    actionsOf: (key) => {
      const column = columns.find((one) => one.key === key);
      return column === undefined ? [] : columnActions(state, column, filterByField);
    },
    onMove: (key, to) =>
      setLayout({
        ...layout,
        keys: movedTo(
          columns.map((column) => column.key),
          key,
          to,
        ),
      }),
  };
  return (
    <>
      <div className={names.work}>
        <div className={names.list} ref={grid}>
          <DataList<R>
            label={label}
            columns={columns}
            rows={rows}
            queryKey={rows.queryKey}
            sort={search.sort ?? []}
            onSort={(next) => set({ sort: next })}
            onResize={resize}
            onOpen={open}
            onPeek={onPeek}
            peeking={peeked !== undefined}
            onEndPeek={endPeek}
            {...(onCurrent === undefined ? {} : { onCurrent })}
            recall={recallPlace}
            remember={rememberPlace}
            choosing={choosing}
            grouping={grouping}
            editing={editing}
            onEditChosen={(key) => can.update && setBulk({ kind: 'set', field: isLabel(key) ? undefined : key })}
            onCopy={copyFrom}
            heads={heads}
            foot={{ title: said(rows.data?.count ?? 0), sumOf: (key) => sumOf(rows.data?.sums, key) }}
            empty={empty}
          />
        </div>
        {peeked && peek(peeked, endPeek)}
      </div>
      {bulk && (
        <BulkDialog
          table={table}
          target={target}
          count={chosen}
          action={bulk}
          onClose={endBulk}
          onDone={() => {
            endBulk();
            choosing.onNone();
          }}
        />
      )}
    </>
  );
}
