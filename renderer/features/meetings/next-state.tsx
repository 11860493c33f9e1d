import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useGuestNews } from '../../data/use-guest-news.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { Failure } from '../../ui/failure.tsx';
import { CompleteMeeting } from './complete-meeting.tsx';

type Props = { readonly row: AnyRow; readonly label: string; readonly guests: Output<'meetings.page'>['guests'] };

const STEPS: Readonly<Record<string, string>> = { draft: 'Schedule', scheduled: 'Mark as completed' };

/** The step that comes next: a draft is scheduled, a scheduled meeting completed, with its notes. */
export function NextState({ row, label, guests }: Props) {
  const { run, busy, error } = useCommand('records.update');
  const tellOf = useGuestNews();
  const [opened, setOpened] = useState(false);
  const { id } = row;
  const state = String(row['state']);
  const step = STEPS[state];
  const actions = useMemo<readonly Action[]>(
    () =>
      step === undefined
        ? []
        : [
            {
              id: 'meeting-next',
              label: `${step}: this meeting`,
              group: 'This screen',
              icon: 'check',
              keys: 'm',
              run: () => {
                if (state === 'scheduled') setOpened(true);
                else
                  run(
                    { table: 'meeting', id, patch: { state: 'scheduled' } },
                    ({ changeSetId }) => void tellOf(`Scheduled: ${label}`, changeSetId, id),
                  );
              },
            },
          ],
    [step, state, run, id, label, tellOf],
  );
  useActions(actions);
  if (step === undefined) return null;
  return (
    <>
      {error && <Failure failure={error} />}
      <Button variant="filled" loading={busy} title={`${step} (M)`} onClick={() => actions[0]?.run()}>
        {step}
      </Button>
      <CompleteMeeting opened={opened} row={row} label={label} guests={guests} onClose={() => setOpened(false)} />
    </>
  );
}
