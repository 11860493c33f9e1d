import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useLive } from '../../data/use-live.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './importing.module.css';
import { sheetTitle, type Session } from './session-words.ts';

type Problem = Output<'import.problems'>['problems'][number];
type Repair = { readonly line: number; readonly column: number; readonly value: string };
type Props = { readonly session: Session; readonly busy: boolean; readonly onRepair: (sheetId: string, repair: Repair) => void };

const PAGE = 100;

function Line({ problem, session, busy, onRepair }: Props & { problem: Problem }) {
  const sheet = session.sheets.find((each) => each.sheetId === problem.sheetId);
  const column = sheet?.columns.find((each) => each.heading === problem.column);
  const [value, setValue] = useState(problem.value ?? '');
  return (
    <tr data-severity={problem.severity}>
      <td>{sheet ? sheetTitle(sheet) : ''}</td>
      <td data-end>{formatNumber(problem.line, 0)}</td>
      <td>{problem.column}</td>
      <td>
        <span className={names.severity}>{problem.severity === 'error' ? 'Held back' : 'Note'}</span> {problem.message}
      </td>
      <td>
        {column && (
          <form
            className={names.repair}
            onSubmit={(event) => {
              event.preventDefault();
              onRepair(problem.sheetId, { line: problem.line, column: column.index, value });
            }}
          >
            <TextInput
              aria-label={`Value in line ${problem.line}, ${column.heading}`}
              value={value}
              disabled={busy}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
            <Button type="submit" size="compact-xs" disabled={busy || value === problem.value}>
              Repair
            </Button>
          </form>
        )}
      </td>
    </tr>
  );
}

/** Every problem at its row and cell, repaired in place (ONB-05). */
export function Problems(props: Props) {
  const { session } = props;
  const [offset, setOffset] = useState(0);
  const { data, error } = useLive('import.problems', { sessionId: session.sessionId, offset, limit: PAGE });
  if (error) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading the problems" />;
  if (data.total === 0)
    return (
      <EmptyState icon="check" title="No problems">
        Every row can go in.
      </EmptyState>
    );
  return (
    <>
      <p className={names.hint}>
        {plural(session.problems.errors, 'value')} must be repaired for its row to go in; the others are notes. Rows with an error are held
        back and wait under Import, nothing else waits for them.
      </p>
      <div className={names.scroll} tabIndex={0} role="group" aria-label="Problems">
        <table className={names.columns}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col" data-end>
                Line
              </th>
              <th scope="col">Column</th>
              <th scope="col">What is wrong</th>
              <th scope="col">Repair</th>
            </tr>
          </thead>
          <tbody>
            {data.problems.map((problem) => (
              <Line key={`${problem.sheetId} ${problem.line} ${problem.column ?? ''} ${problem.message}`} {...props} problem={problem} />
            ))}
          </tbody>
        </table>
      </div>
      {data.total > PAGE && (
        <div className={names.pager}>
          <Button size="compact-xs" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            Earlier
          </Button>
          <span>
            {formatNumber(offset + 1, 0)}–{formatNumber(Math.min(offset + PAGE, data.total), 0)} of {formatNumber(data.total, 0)}
          </span>
          <Button size="compact-xs" disabled={offset + PAGE >= data.total} onClick={() => setOffset(offset + PAGE)}>
            Further
          </Button>
        </div>
      )}
    </>
  );
}
