import { Button } from '@mantine/core';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { saveBytes } from '../../data/save-bytes.ts';
import { asAppError, useCommand } from '../../data/use-command.ts';
import { useJob } from '../../data/use-job.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { isLater } from './mail-line.tsx';
import { toastFailure } from '../../ui/toast.ts';

type Props = {
  readonly row: Pick<AnyRow, 'id'> & Readonly<Record<string, unknown>>;
  readonly way: Output<'mails.outbox'>['way'] | undefined;
  /** Another device is to send it. */
  readonly isElsewhere: boolean;
};

const WAITS: ReadonlySet<unknown> = new Set(['queued', 'failed']);
const OPEN: ReadonlySet<unknown> = new Set(['queued', 'failed', 'uncertain']);

/** What can be done with a mail that has not gone for certain, and the mail as a file. */
export function MailActions({ row, way, isElsewhere }: Props) {
  const { id, state } = { id: row.id, state: row['state'] };
  const takeBack = useCommand('mails.takeBack');
  const settle = useCommand('mails.settle');
  const update = useCommand('records.update');
  const file = useJob('mails.file');
  const { toastSaved } = useUndo();
  const busy = takeBack.busy || settle.busy || update.busy;
  const isUncertain = state === 'uncertain';
  const save = () =>
    file.start({ id }, ({ fileName, bytes }) => {
      saveBytes(fileName, bytes).catch((thrown: unknown) => toastFailure(asAppError(thrown)));
    });
  const failure = takeBack.error ?? settle.error ?? update.error ?? (file.state.kind === 'failed' ? file.state.error : undefined);
  return (
    <>
      {failure && <Failure failure={failure} />}
      {WAITS.has(state) && (
        <Button
          disabled={busy}
          onClick={() => takeBack.run({ id }, ({ changeSetId }) => toastSaved('Taken back: it is a draft', changeSetId))}
        >
          Take back
        </Button>
      )}
      {isLater(row) && (
        <Button
          disabled={busy}
          onClick={() =>
            update.run({ table: 'email', id, patch: { sendAt: null } }, ({ changeSetId }) => toastSaved('It goes at once', changeSetId))
          }
        >
          Send at once
        </Button>
      )}
      {(OPEN.has(state) || isElsewhere) && (way !== 'ready' || isUncertain || isElsewhere) && (
        <Button
          disabled={busy}
          onClick={() => settle.run({ id, as: 'sent' }, ({ changeSetId }) => toastSaved('Marked as sent', changeSetId))}
        >
          {isUncertain ? 'It arrived' : 'I have sent it'}
        </Button>
      )}
      {(isUncertain || state === 'failed') && way === 'ready' && (
        <Button
          disabled={busy}
          onClick={() => settle.run({ id, as: 'again' }, ({ changeSetId }) => toastSaved('It is sent again', changeSetId))}
        >
          Send again
        </Button>
      )}
      {isElsewhere && (state === 'queued' || state === 'sending') && (
        <Button
          disabled={busy}
          onClick={() => settle.run({ id, as: 'here' }, ({ changeSetId }) => toastSaved('It is sent from here', changeSetId))}
        >
          Send from here
        </Button>
      )}
      <Button disabled={file.state.kind === 'running'} onClick={save}>
        Save as file (.eml)
      </Button>
    </>
  );
}
