import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { asAppError, useCommand } from '../../data/use-command.ts';
import { canOpenFiles, useFileContent } from '../../data/use-file-content.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatBytes, formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { toastFailure } from '../../ui/toast.ts';
import names from './attachments.module.css';
import { fileKind } from './file-words.ts';
import { PictureDialog } from './picture-dialog.tsx';

type Attachment = Output<'attachments.list'>['attachments'][number];

function Rename({ file, onDone }: { file: Attachment; onDone: () => void }) {
  const [name, setName] = useState(file.name);
  const update = useCommand('records.update');
  const { toastSaved } = useUndo();
  const submit = () => {
    if (name.trim() === '' || name.trim() === file.name) return onDone();
    update.run({ table: 'attachment', id: file.id, patch: { name: name.trim() }, baseRev: file.rev }, ({ changeSetId }) => {
      toastSaved(`Renamed to ${name.trim()}`, changeSetId);
      onDone();
    });
  };
  return (
    <form
      className={names.wide}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {update.error && <Failure failure={update.error} />}
      <Group gap="xs" wrap="nowrap" align="end">
        <TextInput
          style={{ flex: 1 }}
          label="New name"
          maxLength={200}
          value={name}
          autoFocus
          onFocus={(event) => event.currentTarget.setSelectionRange(0, Math.max(0, name.lastIndexOf('.')) || name.length)}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            onDone();
          }}
        />
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="filled" loading={update.busy} disabled={name.trim() === ''}>
          Rename
        </Button>
      </Group>
    </form>
  );
}

/** One attached file: what it is, and what can be done with it. */
export function AttachmentLine({ file, timeZone }: { file: Attachment; timeZone: string }) {
  const content = useFileContent();
  const remove = useCommand('records.delete');
  const update = useCommand('records.update');
  const { toastSaved } = useUndo();
  const [renaming, setRenaming] = useState(false);
  const [showing, setShowing] = useState(false);
  const [busy, setBusy] = useState<string>();

  const during = async (words: string, work: () => Promise<unknown>) => {
    setBusy(words);
    try {
      await work();
    } catch (thrown) {
      toastFailure(asAppError(thrown));
    }
    setBusy(undefined);
  };
  const save = () =>
    during('Saving', () =>
      content.save(file, {
        signal: new AbortController().signal,
        onProgress: (done) => setBusy(`Saving · ${formatBytes(done)} of ${formatBytes(file.size)}`),
      }),
    );
  const opens = file.opens && canOpenFiles();
  const act = () => {
    if (file.picture) setShowing(true);
    else if (opens) void during('Opening', () => content.open(file));
    else void save();
  };
  const verb = file.picture ? 'Show' : opens ? 'Open' : 'Save';
  const by = file.addedBy === '' ? '' : ` by ${file.addedBy}`;
  return (
    <li className={names.line}>
      <Icon name={file.picture ? 'picture' : 'file'} />
      <div className={names.words}>
        <button type="button" className={names.name} title={file.name} aria-label={`${verb} ${file.name}`} onClick={act}>
          {file.name}
        </button>
        <div className={names.facts}>
          {busy ??
            `${fileKind(file.name)} · ${formatBytes(file.size)} · added ${formatInstant(file.addedAt, timeZone)}${by}${file.visibleToCustomer ? ' · visible to the customer' : ''}`}
        </div>
      </div>
      <div className={names.actions}>
        {file.picture && opens && (
          <IconButton
            icon="external"
            size={24}
            label={`Open ${file.name}`}
            onClick={() => void during('Opening', () => content.open(file))}
          />
        )}
        <IconButton icon="save" size={24} label={`Save ${file.name}`} onClick={() => void save()} />
        <IconButton
          icon="eye"
          size={24}
          pressed={file.visibleToCustomer}
          label={`Visible to the customer: ${file.name}`}
          onClick={() =>
            update.run(
              { table: 'attachment', id: file.id, patch: { visibleToCustomer: !file.visibleToCustomer }, baseRev: file.rev },
              ({ changeSetId }) =>
                toastSaved(`${file.name} is ${file.visibleToCustomer ? 'internal again' : 'visible to the customer'}`, changeSetId),
            )
          }
        />
        <IconButton icon="pencil" size={24} label={`Rename ${file.name}`} onClick={() => setRenaming(true)} />
        <IconButton
          icon="trash"
          size={24}
          label={`Delete ${file.name}`}
          onClick={() =>
            remove.run({ table: 'attachment', id: file.id }, ({ changeSetId }) => toastSaved(`${file.name} deleted`, changeSetId))
          }
        />
      </div>
      {update.error && (
        <div className={names.wide}>
          <Failure failure={update.error} />
        </div>
      )}
      {remove.error && (
        <div className={names.wide}>
          <Failure failure={remove.error} />
        </div>
      )}
      {renaming && <Rename file={file} onDone={() => setRenaming(false)} />}
      {showing && <PictureDialog file={file} onClose={() => setShowing(false)} />}
    </li>
  );
}
