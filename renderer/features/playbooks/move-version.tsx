import { Button } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { STATE_WORDS } from './activity-words.ts';
import names from './player.module.css';

type Props = { readonly run: string; readonly newer: { readonly id: string; readonly version: number } };

/** Moves a run to a newer version of its playbook, having shown what comes and what goes (PLY-10). */
export function MoveVersion({ run, newer }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const { data } = useLive('playbooks.migration', isAsking ? { run, version: newer.id } : undefined);
  const moving = useCommand('playbooks.migrate');
  const { toastSaved } = useUndo();
  const close = () => setIsAsking(false);
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>Move to version {newer.version}</Button>
      <Confirm
        opened={isAsking}
        title={`Move to version ${newer.version}`}
        verb="Move"
        busy={moving.busy}
        disabled={data === undefined}
        onClose={close}
        onConfirm={() =>
          moving.run({ run, version: newer.id }, ({ changeSetId }) => {
            toastSaved(`It goes on with version ${newer.version}`, changeSetId);
            close();
          })
        }
      >
        {moving.error && <Failure failure={moving.error} />}
        {data && (
          <>
            <p>
              What is done stays done
              {data.lost === 0
                ? '.'
                : `; ${plural(data.lost, 'activity', 'activities')} that the new version does not have stay in the log alone.`}
            </p>
            <ul className={names.entries}>
              {data.changes.map(({ key, label, before, after }) => (
                <li key={key}>
                  <span>{label}</span>
                  <span className={names.quiet}>
                    {before === undefined ? 'new' : STATE_WORDS[before].label.toLowerCase()} →{' '}
                    {after === undefined ? 'gone' : STATE_WORDS[after].label.toLowerCase()}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Confirm>
    </>
  );
}
