import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLive } from '../../data/use-live.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './importing.module.css';
import type { Sheet } from './session-words.ts';

const PAGE = 50;
const STATUS = { create: 'New', update: 'Changed', unchanged: 'As it was', held: 'Held back' } as const;

/** The rows of a sheet with what becomes of each. */
export function Preview({ sessionId, sheet }: { sessionId: string; sheet: Sheet }) {
  const [offset, setOffset] = useState(0);
  const { data, error } = useLive('import.preview', { sessionId, sheetId: sheet.sheetId, offset, limit: PAGE });
  if (error) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading the rows" />;
  return (
    <>
      <div className={names.scroll} tabIndex={0} role="group" aria-label="Rows of the file">
        <table className={names.columns}>
          <thead>
            <tr>
              <th scope="col" data-end>
                Line
              </th>
              <th scope="col">Becomes</th>
              {sheet.columns.map((column) => (
                <th key={column.index} scope="col">
                  {column.heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.line} data-severity={row.status === 'held' ? 'error' : undefined}>
                <td data-end>{formatNumber(row.line, 0)}</td>
                <td>{STATUS[row.status]}</td>
                {sheet.columns.map((column) => (
                  <td key={column.index} className={names.cell}>
                    {row.cells[column.index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={names.pager}>
        <Button size="compact-xs" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
          Earlier
        </Button>
        <span>
          {formatNumber(Math.min(offset + 1, data.total), 0)}–{formatNumber(Math.min(offset + PAGE, data.total), 0)} of{' '}
          {formatNumber(data.total, 0)}
        </span>
        <Button size="compact-xs" disabled={offset + PAGE >= data.total} onClick={() => setOffset(offset + PAGE)}>
          Further
        </Button>
      </div>
    </>
  );
}
