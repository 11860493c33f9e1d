import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import names from './importing.module.css';
import { asTarget, DATE_ORDER_WORDS, fieldChoices, TARGETS, type Change, type Sheet, type SheetColumn } from './session-words.ts';

type Props = { readonly sheet: Sheet; readonly busy: boolean; readonly onChange: (change: Change) => void };
type DateOrder = NonNullable<SheetColumn['dateOrder']>;

const asDateOrder = (value: string): DateOrder | undefined =>
  Object.keys(DATE_ORDER_WORDS).find((order): order is DateOrder => order === value);

function DateOrders({ column, busy, onChange }: { column: SheetColumn; busy: boolean; onChange: (change: Change) => void }) {
  if (column.dateOrder === undefined) return null;
  const possible = column.dateOrders ?? [column.dateOrder];
  if (possible.length < 2) return <span className={names.quiet}>{DATE_ORDER_WORDS[column.dateOrder]}</span>;
  return (
    <NativeSelect
      aria-label={`Order of the dates in ${column.heading}`}
      value={column.dateOrder}
      disabled={busy}
      data={possible.map((order) => ({ value: order, label: DATE_ORDER_WORDS[order] }))}
      onChange={(event) => {
        const dateOrder = asDateOrder(event.currentTarget.value);
        if (dateOrder) onChange({ column: column.index, dateOrder });
      }}
    />
  );
}

/** What the sheet's rows become, and the field that each column goes to; why it was recognised so stands beside it. */
export function Columns({ sheet, busy, onChange }: Props) {
  const target = asTarget(sheet.into ?? '');
  const choices = useMemo(() => (target === undefined ? [] : fieldChoices(target)), [target]);
  return (
    <>
      <div className={names.target}>
        <NativeSelect
          label="Rows become"
          value={sheet.into ?? ''}
          disabled={busy}
          data={[...TARGETS]}
          onChange={(event) => onChange({ into: asTarget(event.currentTarget.value) ?? null })}
        />
        <span className={names.quiet}>
          {[
            sheet.encoding,
            sheet.delimiter && `separated by ${sheet.delimiter === '\t' ? 'tabs' : sheet.delimiter}`,
            sheet.also.length > 0 && 'these rows make further records too',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div className={names.scroll} tabIndex={0} role="group" aria-label="Columns of the file">
        <table className={names.columns}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Goes to</th>
              <th scope="col">Dates</th>
              <th scope="col">Examples</th>
            </tr>
          </thead>
          <tbody>
            {sheet.columns.map((column) => (
              <tr key={column.index} data-out={column.field === undefined || undefined}>
                <th scope="row">{column.heading === '' ? `Column ${column.index + 1}` : column.heading}</th>
                <td>
                  <NativeSelect
                    aria-label={`Field for ${column.heading}`}
                    value={column.field ?? ''}
                    disabled={busy || target === undefined}
                    data={[...choices]}
                    onChange={(event) =>
                      onChange({ column: column.index, field: event.currentTarget.value === '' ? null : event.currentTarget.value })
                    }
                  />
                  {column.reason !== undefined && <span className={names.reason}>{column.reason}</span>}
                </td>
                <td>
                  <DateOrders column={column} busy={busy} onChange={onChange} />
                </td>
                <td className={names.samples}>{column.samples.slice(0, 3).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
