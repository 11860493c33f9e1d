import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isTableName, tableOf, type AnyRow } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { toastDone } from '../../ui/toast.ts';
import names from './importing.module.css';

const SHOWN = 20;

function problemsOf(row: AnyRow): readonly string[] {
  const problems = Array.isArray(row['problems']) ? row['problems'] : [];
  return problems.flatMap((problem: unknown) => {
    if (typeof problem === 'string') return [problem];
    return typeof problem === 'object' && problem !== null && 'message' in problem && typeof problem.message === 'string'
      ? [problem.message]
      : [];
  });
}

type Cell = { readonly heading: string; readonly value: string };

/** A row's cells in the order of the file; a repair names them by that position. */
function cellsOf(row: AnyRow): readonly Cell[] {
  const cells = Array.isArray(row['cells']) ? row['cells'] : [];
  return cells.map((cell: unknown) => {
    const parts: Readonly<Record<string, unknown>> = typeof cell === 'object' && cell !== null ? { ...cell } : {};
    const { heading, value } = parts;
    return { heading: typeof heading === 'string' ? heading : '', value: typeof value === 'string' ? value : '' };
  });
}

/** One row that waits: its cells, what is wrong, and the way in or out. */
function HeldRow({ row }: { row: AnyRow }) {
  const [cells, setCells] = useState(() => cellsOf(row));
  const repair = useCommand('import.repairHeld');
  const discard = useCommand('records.delete');
  const { toastSaved } = useUndo();
  const into = typeof row['intoTable'] === 'string' && isTableName(row['intoTable']) ? tableOf(row['intoTable']).label : 'Row';
  const failure = repair.error ?? discard.error;
  const busy = repair.busy || discard.busy;
  const take = () =>
    repair.run(
      { id: row.id, cells: Object.fromEntries(cells.map(({ value }, index) => [String(index), value])) },
      ({ takenIn, changeSetId }) => {
        if (takenIn) toastSaved(`${into} taken in`, changeSetId);
        else toastDone('Something is still wrong with this row.');
      },
    );
  return (
    <li className={names.held}>
      <p>
        <strong>
          {typeof row['file'] === 'string' ? row['file'] : ''}, line {typeof row['line'] === 'number' ? formatNumber(row['line'], 0) : ''}
        </strong>{' '}
        <span className={names.quiet}>→ {into}</span>
      </p>
      {problemsOf(row).map((problem) => (
        <p key={problem} className={names.problem}>
          {problem}
        </p>
      ))}
      {failure && <Failure failure={failure} />}
      <form
        className={names.heldCells}
        onSubmit={(event) => {
          event.preventDefault();
          take();
        }}
      >
        {cells.map(({ heading, value }, index) => (
          <TextInput
            key={heading}
            label={heading === '' ? `Column ${index + 1}` : heading}
            value={value}
            disabled={busy}
            onChange={(event) => setCells(cells.with(index, { heading, value: event.currentTarget.value }))}
          />
        ))}
        <div className={names.heldActions}>
          <Button type="submit" variant="filled" loading={repair.busy}>
            Take it in
          </Button>
          <Button
            disabled={busy}
            onClick={() => discard.run({ table: 'heldRow', id: row.id }, ({ changeSetId }) => toastSaved('Row discarded', changeSetId))}
          >
            Discard
          </Button>
        </div>
      </form>
    </li>
  );
}

/** Rows that earlier imports held back (ONB-04): nothing else waits for them, and they are not forgotten. */
export function HeldRows() {
  const { data } = useLive('records.list', { table: 'heldRow', window: { offset: 0, limit: SHOWN } });
  if (!data || data.total === 0) return null;
  return (
    <Section title="Held back" note={`${plural(data.total, 'row')}${data.total > SHOWN ? `, the first ${SHOWN} shown` : ''}`}>
      <ul className={names.heldList}>
        {data.rows.map(({ row }) => (
          <HeldRow key={`${row.id} ${row.rev}`} row={row} />
        ))}
      </ul>
    </Section>
  );
}
