import { Button, Progress } from '@mantine/core';
import type { AddingFile } from '../../state/adding-files.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import names from './attachments.module.css';

type Props = { readonly adding: AddingFile; readonly onCancel: () => void; readonly onRetry: () => void };

function stateOf({ state, sent, file }: AddingFile): string {
  if (state === 'waiting') return `Waiting · ${formatBytes(file.size)}`;
  return state === 'failed' ? 'Not added' : `${formatBytes(sent)} of ${formatBytes(file.size)}`;
}

/** A file on its way: how far it is, and the way to stop it; or why it did not arrive. */
export function AddingLine({ adding, onCancel, onRetry }: Props) {
  const { file, sent, state, failure } = adding;
  return (
    <li className={names.line}>
      <Icon name="file" />
      <div className={names.words}>
        <div className={names.plainName}>{file.name}</div>
        <div className={names.facts}>{stateOf(adding)}</div>
      </div>
      <div className={names.actions}>
        {state === 'failed' && (
          <Button size="compact-xs" onClick={onRetry}>
            Try again
          </Button>
        )}
        <IconButton
          icon="close"
          size={24}
          label={state === 'failed' ? `Put ${file.name} away` : `Stop adding ${file.name}`}
          onClick={onCancel}
        />
      </div>
      <div className={names.wide}>
        {failure && <Failure failure={failure} />}
        {state === 'sending' && (
          <Progress size="sm" value={file.size === 0 ? 100 : (100 * sent) / file.size} aria-label={`Adding ${file.name}`} />
        )}
      </div>
    </li>
  );
}
