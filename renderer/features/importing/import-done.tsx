import { Button } from '@mantine/core';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import type { Purpose } from './import-purpose.tsx';
import names from './importing.module.css';
import { totals, type Session } from './session-words.ts';

type Props = { readonly session: Session; readonly purpose: Purpose | undefined; readonly onAgain: () => void };

/** What went in, and the ways on: look at it, take all of it back, repair what waits, go on with the playbook that it was for. */
export function Done({ session, purpose, onAgain }: Props) {
  const { undo } = useUndo();
  const undoable = useLive('records.undoable', {}).data;
  const { goIn, held, unchanged } = totals(session);
  const canUndo = undoable?.undo?.toLowerCase().includes('import') === true;
  return (
    <EmptyState
      icon="check"
      title={`${plural(goIn, 'record')} went in`}
      actions={
        <>
          {purpose ? (
            <Button component="a" href={purpose.address} variant="filled">
              Back to {purpose.record}
            </Button>
          ) : (
            <Button component="a" href="#/portfolio" variant="filled">
              Open the portfolio
            </Button>
          )}
          {canUndo && <Button onClick={() => void undo()}>Undo the import</Button>}
          <Button onClick={onAgain}>Import more</Button>
        </>
      }
    >
      <ul className={names.doneCounts}>
        {session.counts.map((count) => (
          <li key={count.table}>
            {count.label}: {formatNumber(count.create, 0)} new, {formatNumber(count.update, 0)} changed
          </li>
        ))}
      </ul>
      {purpose && (
        <p>{purpose.state === 'done' ? `“${purpose.label}” is done.` : `“${purpose.label}” waits for the rows that were held back.`}</p>
      )}
      {unchanged > 0 && <p>{plural(unchanged, 'row')} brought nothing new.</p>}
      {held > 0 && <p>{plural(held, 'row')} wait to be repaired.</p>}
    </EmptyState>
  );
}
